import { foldLead } from '../../domain/lifecycle/evolve.js';
import type { Difference } from '../compare.js';
import type { ScenarioOutcome } from '../outcome.js';
import type { LiveOutcome } from './run-live.js';

const ABSENT = '(none)';

/**
 * Where workflow and rules disagree: the ledger must hold the very events of the pure run, and the workflow's state
 * must be the fold of its ledger.
 */
export function disagreements(live: LiveOutcome, pure: ScenarioOutcome): readonly Difference[] {
  return [...ledgerDifferences(live, pure), ...stateDifferences(live)];
}

function ledgerDifferences({ events }: LiveOutcome, pure: ScenarioOutcome): readonly Difference[] {
  const count = Math.max(events.length, pure.events.length);
  const index = Array.from({ length: count }, (_, at) => at).find((at) => !isSame(events[at], pure.events[at]));
  // What follows the first difference follows from it.
  if (index === undefined) return [];
  return [{ where: `ledger, event ${index + 1}`, expected: textOf(pure.events[index]), actual: textOf(events[index]) }];
}

function stateDifferences({ state, ledger }: LiveOutcome): readonly Difference[] {
  if (state === undefined) return [];
  const folded = foldLead(ledger.slice(0, state.seq));
  const names = [...new Set([...Object.keys(folded), ...Object.keys(state)])] as (keyof typeof folded)[];
  return names
    .filter((name) => !isSame(folded[name], state[name]))
    .map((name) => ({
      where: `the workflow's ${name}`,
      expected: textOf(folded[name]),
      actual: textOf(state[name]),
    }));
}

const isSame = (one: unknown, other: unknown): boolean => textOf(one) === textOf(other);

/** As it travels: without what is undefined, whatever the order of its keys. */
const textOf = (value: unknown): string => (value === undefined ? ABSENT : JSON.stringify(value, withSortedKeys));

const withSortedKeys = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
