/**
 * Here two documents of an agreement are compared in the words of the agreement: what a head who signs the later one
 * would want to know. Nothing of a change is left out, and nothing that means the same is told.
 */
import type { AgreementDocument } from '../agreement-schema.js';
import { meansTheSame } from '../canonical-json.js';
import { dottedPath, type NodePath } from '../mistake.js';
import { keyedEntries, type KeyedEntry } from './list-keys.js';
import { placeText } from './places.js';
import { isOneValue, valueText } from './value-text.js';

/** One difference; null where the document has nothing there. */
export interface Change {
  /** The part of the document, its top-level key: `clocks`, `ladders`. */
  readonly part: string;
  /** What changed, in words: `first response, enterprise`. */
  readonly what: string;
  /** Where it stands, with list positions; of the later document, or of the earlier if it was taken out. */
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Everything that the later document says otherwise, in its order; what was taken out comes after what stands there. */
export function diffAgreements(before: AgreementDocument, after: AgreementDocument): readonly Change[] {
  return differences({ keys: [], path: [] }, before, after);
}

/** `first response, enterprise: 2 h → 1 h`; `new` and `taken out` where one of them has nothing. */
export function formatChange({ what, before, after }: Change): string {
  if (before === null) return `${what}: new, ${after}`;
  return after === null ? `${what}: taken out, was ${before}` : `${what}: ${before} → ${after}`;
}

/** A place by what its parts are known by, and by where they stand. */
interface Place {
  readonly keys: NodePath;
  readonly path: NodePath;
}

function differences(place: Place, before: unknown, after: unknown): readonly Change[] {
  if (meansTheSame(before, after)) return [];
  if (isMap(before) && isMap(after) && !isOneValue(place.keys)) return ofMaps(place, before, after);
  if (!Array.isArray(before) || !Array.isArray(after)) return [changeAt(place, before, after)];
  const [former, later] = [keyedEntries(place.keys, before), keyedEntries(place.keys, after)];
  if (former === undefined || later === undefined) return [changeAt(place, before, after)];
  return [...ofLists(place, former, later), ...ofOrder(place, former, later)];
}

function ofMaps(place: Place, before: Node, after: Node): readonly Change[] {
  const names = [...new Set([...Object.keys(after), ...Object.keys(before)])];
  return names.flatMap((name) => differences(below(place, name, name), before[name], after[name]));
}

function ofLists(place: Place, former: readonly KeyedEntry[], later: readonly KeyedEntry[]): readonly Change[] {
  const formerByKey = byKey(former);
  const laterByKey = byKey(later);
  const gone = former.filter(({ key }) => !laterByKey.has(key));
  return [
    ...later.flatMap(({ key, index, value }) =>
      differences(below(place, key, index), formerByKey.get(key)?.value, value),
    ),
    ...gone.flatMap(({ key, index, value }) => differences(below(place, key, index), value, undefined)),
  ];
}

/** The same entries in another order; where the first that holds decides, that is a change like any other. */
function ofOrder(place: Place, former: readonly KeyedEntry[], later: readonly KeyedEntry[]): readonly Change[] {
  const kept = keysIn(former, byKey(later));
  const keptLater = keysIn(later, byKey(former));
  if (meansTheSame(kept, keptLater)) return [];
  const what = `${placeText(place.keys)}, order`;
  return [{ ...changeAt(place, [], kept), what, before: kept.join(', '), after: keptLater.join(', ') }];
}

function changeAt({ keys, path }: Place, before: unknown, after: unknown): Change {
  return { part: String(keys[0]), what: placeText(keys), path: dottedPath(path), ...textsOf(keys, before, after) };
}

/** Both values in words; as they are written, where the words would be the same. */
function textsOf(keys: NodePath, before: unknown, after: unknown): Pick<Change, 'before' | 'after'> {
  const inWords = (value: unknown) => (value === undefined ? null : valueText(keys, value));
  const texts = { before: inWords(before), after: inWords(after) };
  return texts.before === texts.after ? { before: JSON.stringify(before), after: JSON.stringify(after) } : texts;
}

type Node = Readonly<Record<string, unknown>>;

const isMap = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);

const below = ({ keys, path }: Place, key: string, step: string | number): Place => ({
  keys: [...keys, key],
  path: [...path, step],
});

const byKey = (entries: readonly KeyedEntry[]): ReadonlyMap<string, KeyedEntry> =>
  new Map(entries.map((entry) => [entry.key, entry]));

const keysIn = (entries: readonly KeyedEntry[], others: ReadonlyMap<string, KeyedEntry>): readonly string[] =>
  entries.filter(({ key }) => others.has(key)).map(({ key }) => key);
