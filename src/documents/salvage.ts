import type * as z from 'zod';
import type { Flaw, NodePath } from './mistake.js';
import { checkValue, valueAt } from './schema-flaws.js';

const ROUNDS_MAX = 8;

/**
 * What is left of a document when every part with a flaw is taken out, so that the sound parts can be checked further
 * and all mistakes be told at once. Whole keys go, never list entries, so that paths into lists stay true.
 * @returns `undefined` if nothing sound is left
 */
export function salvage<T>(schema: z.ZodType<T>, value: unknown, flaws: readonly Flaw[]): T | undefined {
  const rest: unknown = structuredClone(value);
  let open = flaws;
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const doomed = open.map(({ path }) => lowestKey(rest, path));
    if (doomed.includes(undefined)) return undefined;
    for (const found of doomed) Reflect.deleteProperty(found!.map, found!.key);
    const checked = checkValue(schema, rest);
    if (checked.value !== undefined) return checked.value;
    open = checked.flaws;
  }
  return undefined;
}

/** The lowest key on the path that is there and belongs to a map. */
function lowestKey(root: unknown, path: NodePath): { map: object; key: string | number } | undefined {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const map = valueAt(root, path.slice(0, depth - 1));
    const key = path[depth - 1]!;
    if (typeof map === 'object' && map !== null && !Array.isArray(map) && key in map) return { map, key };
  }
  return undefined;
}
