import { createHash } from 'node:crypto';

/** One text for all documents that say the same: JSON without spaces, the keys of every map in code-point order. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (isMap(part) ? withSortedKeys(part) : part));
}

/**
 * Names what a document means: SHA-256 of its canonical text and of the zone release its calendars are read by.
 * Both signers sign this.
 */
export function documentKey(document: unknown, zoneRelease: string): string {
  return createHash('sha256')
    .update(`${canonicalJson(document)}\n${zoneRelease}`)
    .digest('hex');
}

/** Whether two documents, or parts of them, have the same canonical text, found without writing it. */
export function meansTheSame(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((part, index) => meansTheSame(part, other[index]));
  }
  if (!isMap(one) || !isMap(other)) return one === other;
  return Object.keys({ ...one, ...other }).every((name) => meansTheSame(one[name], other[name]));
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withSortedKeys(map: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}
