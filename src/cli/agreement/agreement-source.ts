import { formatMistake, parseAgreement, type AgreementDocument, type Mistake } from '../../documents/index.js';
import type { CliPorts } from '../ports.js';

/** An agreement as a command names it: a file, or a stored version as `NAME@N`. */
export interface SourceText {
  readonly source: string;
  readonly text: string;
}

/** The text of a file or of a stored version; `undefined` if there is none, which then has been told. */
export async function readSource(source: string, ports: CliPorts): Promise<SourceText | undefined> {
  const text = ports.readText(source);
  if (text !== undefined) return { source, text };
  if (versionNamed(source) !== undefined) {
    const stored = await askStored(source, '?format=yaml', ports);
    return stored === undefined ? undefined : { source, text: String(stored) };
  }
  ports.output.error(`${source}:1:1: error there is no readable file here; expected an agreement, or NAME@N`);
  return undefined;
}

/** Where the API has the stored version that `NAME@N` names; `undefined` if it names none. */
export function versionNamed(source: string): string | undefined {
  const [, name, version] = /^([\w-]+)@(\d+)$/.exec(source) ?? [];
  return name === undefined ? undefined : `/v1/agreements/${name}/versions/${version}`;
}

/** What the API answers below a stored version, or with a query to it; `undefined` if it refuses, which it has told. */
export async function askStored(
  source: string,
  what: string,
  { callApi, output }: CliPorts,
): Promise<string | Uint8Array | undefined> {
  const answer = await callApi('GET', `${versionNamed(source)}${what}`);
  if (answer.kind === 'answer' && answer.status === 200) {
    const { body } = answer;
    return typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
  }
  output.error(`${source}: ${answer.kind === 'unreachable' ? answer.reason : detailOf(answer.body)}`);
  return undefined;
}

/** What a problem of the API says to people. */
const detailOf = (body: unknown): string =>
  typeof body === 'object' && body !== null && 'detail' in body ? String(body.detail) : 'the API answered otherwise';

/** The document of a source; `undefined` if there is none or it has mistakes, which then have been told. */
export async function readDocument(source: string, ports: CliPorts): Promise<AgreementDocument | undefined> {
  const found = await readSource(source, ports);
  if (found === undefined) return undefined;
  const { document, mistakes } = parseAgreement(found.text, source, ports.calendars, { at: ports.now() });
  tell(mistakes, ports);
  return document;
}

function tell(mistakes: readonly Mistake[], { output }: CliPorts): void {
  for (const mistake of mistakes) output.error(formatMistake(mistake));
}
