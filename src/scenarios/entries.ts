import { formatInstant } from '../documents/index.js';
import { formatDuration } from '../domain/business-time/index.js';

/** One entry of a list of a scenario: named values, instants and durations still as numbers. */
export type Entry = Readonly<Record<string, unknown>>;

/** Fields that hold a duration; those that hold an instant end in `at` or `At`. */
const durations: readonly string[] = ['overshoot'];

/** Whether everything that `expected` lists is in `actual` by value; `null` says that there is no value. */
export function matches(expected: Entry, actual: Entry): boolean {
  return Object.entries(expected).every(([field, value]) => isSame(value, actual[field]));
}

/** Equality by value, lists in order; a value that is absent equals `null`. */
export function isSame(expected: unknown, actual: unknown): boolean {
  if (!Array.isArray(expected) || !Array.isArray(actual)) return (expected ?? null) === (actual ?? null);
  return expected.length === actual.length && expected.every((part, index) => isSame(part, actual[index]));
}

/** An entry as a scenario file writes it, so that it can be copied there. */
export function entryText(entry: Entry): string {
  const fields = Object.entries(entry).filter(([field, value]) => value !== undefined && !isDefault(field, value));
  return `{ ${fields.map(([field, value]) => `${field}: ${valueText(field, value)}`).join(', ')} }`;
}

/** A field's value as a scenario file writes it. */
export function valueText(field: string, value: unknown): string {
  if (value === undefined || value === null) return 'null';
  if (Array.isArray(value)) return `[${value.join(', ')}]`;
  if (typeof value !== 'number') return typeof value === 'string' ? value : JSON.stringify(value);
  if (durations.includes(field)) return formatDuration(value);
  return field === 'at' || field.endsWith('At') ? formatInstant(value) : String(value);
}

function isDefault(field: string, value: unknown): boolean {
  return (field === 'cycle' && value === 1) || ((field === 'skipped' || field === 'corrected') && value === false);
}

/** The pairs of a list with what stands beside each entry in the other list, as few apart as can be. */
export function aligned(
  expected: readonly Entry[],
  actual: readonly Entry[],
): [Entry | undefined, Entry | undefined][] {
  const lengths = commonLengths(expected, actual);
  const rows: [Entry | undefined, Entry | undefined][] = [];
  let [left, right] = [0, 0];
  while (left < expected.length || right < actual.length) {
    const [one, other] = [expected[left], actual[right]];
    const isPair =
      one !== undefined && other !== undefined && (matches(one, other) || staysAsLong(lengths, left, right));
    if (isPair || one === undefined || other === undefined) {
      rows.push([one, other]);
      left += one === undefined ? 0 : 1;
      right += other === undefined ? 0 : 1;
    } else if (lengths[left + 1]![right]! >= lengths[left]![right + 1]!) {
      rows.push([one, undefined]);
      left += 1;
    } else {
      rows.push([undefined, other]);
      right += 1;
    }
  }
  return rows;
}

/** Whether two entries that differ may stand side by side without parting any that match further down. */
function staysAsLong(lengths: readonly (readonly number[])[], left: number, right: number): boolean {
  return lengths[left + 1]![right + 1] === lengths[left]![right];
}

/** For each pair of positions, how many entries from there on match in order. */
function commonLengths(expected: readonly Entry[], actual: readonly Entry[]): number[][] {
  const lengths = Array.from({ length: expected.length + 1 }, () => Array.from({ length: actual.length + 1 }, () => 0));
  for (let left = expected.length - 1; left >= 0; left -= 1) {
    for (let right = actual.length - 1; right >= 0; right -= 1) {
      lengths[left]![right] = matches(expected[left]!, actual[right]!)
        ? lengths[left + 1]![right + 1]! + 1
        : Math.max(lengths[left + 1]![right]!, lengths[left]![right + 1]!);
    }
  }
  return lengths;
}
