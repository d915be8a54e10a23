/** What Prometheus reads: `# TYPE name kind` for each metric, then its series, `name{label="value",…} number`. */

export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export const kindsIn = (text: string): ReadonlyMap<string, string> =>
  new Map([...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, kind]) => [name!, kind!]));

export const samplesIn = (text: string): readonly Sample[] =>
  [...text.matchAll(/^(\w+)(?:\{(.*)\})? (\S+)$/gm)].map(([, name, labels = '', value]) => ({
    name: name!,
    labels: Object.fromEntries([...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, label, word]) => [label!, word!])),
    value: Number(value),
  }));

/** The series with just these labels; undefined where there is none. */
export const valueOf = (text: string, name: string, labels: Sample['labels'] = {}): number | undefined =>
  samplesIn(text).find((sample) => sample.name === name && isSame(sample.labels, labels))?.value;

const isSame = (a: Sample['labels'], b: Sample['labels']): boolean =>
  Object.keys(a).length === Object.keys(b).length && Object.entries(a).every(([label, word]) => b[label] === word);
