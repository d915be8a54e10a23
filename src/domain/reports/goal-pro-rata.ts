import type { Goal } from './status.js';

/** What was agreed for a part of a period, and how many open days that part has. */
export interface GoalSpan {
  /** Null: nothing was to be reached then. */
  readonly goal: Goal | null;
  readonly openDayCount: number;
}

const amountOf = (goal: Goal): number => ('atLeast' in goal ? goal.atLeast : goal.atMost);

/**
 * What a period as a whole is to reach, where that changed within it: each goal by its open days (R5). Days without a
 * goal count for nothing. A goal that turned from a floor into a ceiling cannot be weighed: the last side counts.
 */
export function goalProRata(spans: readonly GoalSpan[]): Goal | null {
  const said = spans.flatMap(({ goal, openDayCount }) => (goal === null ? [] : [{ goal, openDayCount }]));
  const last = said.at(-1)?.goal;
  if (last === undefined) return null;
  const alike = said.filter(({ goal }) => 'atLeast' in goal === 'atLeast' in last);
  const dayCount = alike.reduce((sum, { openDayCount }) => sum + openDayCount, 0);
  if (dayCount === 0 || alike.every(({ goal }) => amountOf(goal) === amountOf(last))) return last;
  const amount = alike.reduce((sum, { goal, openDayCount }) => sum + amountOf(goal) * openDayCount, 0) / dayCount;
  return 'atLeast' in last ? { atLeast: amount } : { atMost: amount };
}
