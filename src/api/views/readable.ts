import { iso } from './iso.js';

/** Instants as people and machines read them elsewhere in the API: by the names that all of them have. */
export function readable(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((element) => readable(element, name));
  if (typeof value === 'number') return isInstantName(name) ? iso(value) : value;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, element]) => [key, keptAsSaid.has(key) ? element : readable(element, key)]),
  );
}

/** What people and systems sent, whose names are theirs. */
const keptAsSaid: ReadonlySet<string> = new Set(['fields']);

const isInstantName = (name: string): boolean =>
  /[a-z]At$/.test(name) || name === 'at' || name === 'from' || name.endsWith('Until');
