import type { Flaw, NodePath } from './mistake.js';
import { describe } from './schema-flaws.js';

/** New values by dotted path: `{ 'clocks.first-response.within': '2h', 'pause.longest': null }`. */
export type Lines = Readonly<Record<string, unknown>>;

/** A document with lines set, and the node at which each line changed it, or the lines that make no sense. */
export type SetResult =
  | { readonly document: unknown; readonly places: ReadonlyMap<string, NodePath>; readonly flaws: readonly [] }
  | { readonly document?: undefined; readonly places?: undefined; readonly flaws: readonly Flaw[] };

/**
 * Sets lines of a document by dotted path, one after the other (spec §6): a number addresses a list element from 0
 * (the list's length adds one), a value replaces the whole node, `null` removes it. Maps on the way that are missing
 * are made. The document given stays as it is. Flaws have the line's own path, with one part.
 */
export function setPaths(document: unknown, lines: Lines): SetResult {
  const changed: unknown = structuredClone(document);
  const places = new Map<string, NodePath>();
  const flaws: Flaw[] = [];
  for (const [line, value] of Object.entries(lines)) {
    const outcome = setLine(changed, line, value);
    if (typeof outcome === 'string') flaws.push({ path: [line], message: outcome, atKey: true });
    else places.set(line, outcome);
  }
  return flaws.length === 0 ? { document: changed, places, flaws: [] } : { flaws };
}

/** Sets one line; gives the path it stands for, or why it makes no sense. */
function setLine(root: unknown, line: string, value: unknown): NodePath | string {
  const parts = line.split('.');
  if (parts.some((part) => part === '' || part === '__proto__')) {
    return `"${line}" is no path; write keys and list positions with dots between`;
  }
  const path: (string | number)[] = [];
  let node = root;
  while (parts.length > 0) {
    const step = takeStep(node, parts, path, value === null);
    if (typeof step === 'string') return step;
    path.push(step.key);
    if (parts.length === 0) replace(step.container, step.key, value);
    else node = enter(step.container, step.key, value === null);
    if (node === undefined) return `there is no ${path.join('.')}, so there is nothing to remove below it`;
  }
  return path;
}

interface Step {
  readonly container: Record<string, unknown> | unknown[];
  readonly key: string | number;
}

/** Takes as many parts as the next key has: a key of the document may itself contain dots. */
function takeStep(node: unknown, parts: string[], path: NodePath, isRemoval: boolean): Step | string {
  if (Array.isArray(node)) return takePosition(node, parts.shift()!, path, isRemoval);
  if (typeof node !== 'object' || node === null) {
    return `${path.join('.')} is ${describe(node)} and has no "${parts[0]}" below it`;
  }
  const map = node as Record<string, unknown>;
  const keys = parts.map((_, index) => parts.slice(0, index + 1).join('.'));
  const key = keys.findLast((candidate) => Object.hasOwn(map, candidate)) ?? keys[0]!;
  parts.splice(0, key.split('.').length);
  return { container: map, key };
}

function takePosition(list: unknown[], part: string, path: NodePath, isRemoval: boolean): Step | string {
  const index = /^\d+$/.test(part) ? Number(part) : Infinity;
  if (index < list.length || (index === list.length && !isRemoval)) return { container: list, key: index };
  return `${path.join('.')} is a list of ${list.length}; "${part}" is no position in it, they count from 0`;
}

function enter(container: Step['container'], key: string | number, isRemoval: boolean): unknown {
  const slots = container as Record<string | number, unknown>;
  if (!Object.hasOwn(slots, key) && !isRemoval) slots[key] = {};
  return Object.hasOwn(slots, key) ? slots[key] : undefined;
}

function replace(container: Step['container'], key: string | number, value: unknown): void {
  if (value !== null) Object.assign(container, { [key]: structuredClone(value) });
  else if (Array.isArray(container)) container.splice(Number(key), 1);
  else Reflect.deleteProperty(container, key);
}
