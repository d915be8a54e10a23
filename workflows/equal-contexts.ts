import type { LeadInput } from './messages.js';

/**
 * The only thing that the workflows of one worker share: what they start from by value, and what is the same for most of
 * them, agreements and windows. Frozen, and found by its whole text, so no workflow can tell whether it has its own.
 */
const known = new Map<string, unknown>();
/** The oldest are forgotten first; whoever uses one keeps it. */
const KNOWN_COUNT_MAX = 100;

/**
 * Exchanges the input's agreements and windows for those that all workflows of this worker have in common. Within the
 * input itself: the SDK holds on to it for as long as the workflow runs.
 */
export function shareContext(input: LeadInput): void {
  const { agreements, windows } = input.context;
  Object.assign(input, { context: { agreements: sharedValues(agreements), windows: sharedValues(windows) } });
}

const sharedValues = <T>(values: Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, shared(value)]));

function shared<T>(value: T): T {
  const text = JSON.stringify(value);
  if (!known.has(text)) remember(text, frozen(JSON.parse(text)));
  return known.get(text) as T;
}

function remember(text: string, value: unknown): void {
  const [oldest] = known.keys();
  if (known.size >= KNOWN_COUNT_MAX && oldest !== undefined) known.delete(oldest);
  known.set(text, value);
}

function frozen(value: unknown): unknown {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}
