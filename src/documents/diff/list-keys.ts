import { spoken } from '../../domain/notices/words.js';
import { conditionsText, subjectText } from '../agreement-words.js';
import type { WrittenCondition } from '../agreement-schema.js';
import type { NodePath } from '../mistake.js';
import { valueAt } from '../schema-flaws.js';
import { placePattern } from './places.js';

/** By what an entry of a list is known again in another document. */
type KeyOf = (entry: unknown, index: number) => string;

const byText: KeyOf = (entry) => (typeof entry === 'string' ? entry : JSON.stringify(entry));
const by =
  (name: string): KeyOf =>
  (entry, index) => {
    const value = valueAt(entry, [name]);
    return value === undefined ? `number ${index + 1}` : byText(value, index);
  };
const byConditions: KeyOf = (entry) => conditionsText((valueAt(entry, ['when']) ?? []) as WrittenCondition[]);
const bySubject: KeyOf = (entry) => subjectText(entry as WrittenCondition);
const byStep: KeyOf = (entry) => `day ${String(valueAt(entry, ['day']))}, ${String(valueAt(entry, ['channel']))}`;
const byRule: KeyOf = (entry) => {
  const when = (valueAt(entry, ['when']) ?? []) as WrittenCondition[];
  const name = spoken(String(valueAt(entry, ['rule'])));
  return when.length === 0 ? name : `${name} for ${conditionsText(when)}`;
};
const byTier: KeyOf = (_, index) => `tier ${index + 1}`;

/** Lists whose entries are compared one by one; any other is compared as a whole. */
const keyOfEntry: Readonly<Record<string, KeyOf>> = {
  'calendars.*.closed': byText,
  segments: by('name'),
  'segments.*.when': bySubject,
  'qualification.mql.fit': bySubject,
  'qualification.mql.engagement': bySubject,
  'qualification.mql.exclude': bySubject,
  'qualification.highPriority': bySubject,
  'qualification.requiredFields': byText,
  'qualification.enrichedFields': byText,
  'qualification.salesQualified.bant': byText,
  'qualification.salesQualified.orIntent': byText,
  'clocks.*.overrides': byConditions,
  'clocks.*.warn': byText,
  'ladders.*': byTier,
  'reasons.*': by('id'),
  cadence: byStep,
  routing: byRule,
  deliverables: by('name'),
  'attribution.marketing': byText,
  'reviews.*.agenda': byText,
};
const lists = Object.entries(keyOfEntry).map(([pattern, keyOf]) => ({ matches: placePattern(pattern), keyOf }));

/** An entry of a list with what it is known by; the same key a second time gets its number. */
export interface KeyedEntry {
  readonly key: string;
  readonly index: number;
  readonly value: unknown;
}

/** The entries of the list at a place; `undefined` where the list is one value. */
export function keyedEntries(keys: NodePath, list: readonly unknown[]): readonly KeyedEntry[] | undefined {
  const known = lists.find(({ matches }) => matches(keys));
  if (known === undefined) return undefined;
  const seenCount = new Map<string, number>();
  return list.map((value, index) => {
    const plain = known.keyOf(value, index);
    const count = (seenCount.get(plain) ?? 0) + 1;
    seenCount.set(plain, count);
    return { key: count === 1 ? plain : `${plain} (${count})`, index, value };
  });
}
