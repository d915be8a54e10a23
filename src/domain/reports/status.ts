import type { TargetAmount } from '../agreement/index.js';
import type { DurationMs, Instant } from '../business-time/index.js';
import type { FigureStatus } from './document.js';

/** What is to be reached, and from which side. */
export type Goal = { readonly atLeast: number } | { readonly atMost: number };

/** A target's amount as figures write theirs: a share of 1, a count, milliseconds, hundredths of a currency. */
export function goalValue(amount: TargetAmount): number {
  switch (amount.kind) {
    case 'count':
      return amount.count;
    case 'share':
      return amount.ppm / 1_000_000;
    case 'time':
      return amount.ms;
    case 'money':
      return amount.minor;
  }
}

/** What of a figure and its period decides how it stands. */
export interface Standing {
  /** Compared unrounded; null: no leads. */
  readonly value: number | null;
  readonly goal: Goal | null;
  readonly asOf: Instant;
  /** From then on nothing can change any more: the period's end, for conversions with their window (R3, R7). */
  readonly matureAt: Instant;
  /** Of a volume, which grows with the days: what may be expected of it by `asOf`; absent for shares and times. */
  readonly expected?: number;
}

/** How a figure stands against its goal (R5). */
export function statusOf({ value, goal, asOf, matureAt, expected }: Standing): FigureStatus {
  if (value === null) return 'no-leads';
  if (goal === null) return 'no-target';
  if (asOf >= matureAt) return reaches(value, goal) ? 'met' : 'missed';
  const isOnTrack = expected === undefined ? reaches(value, goal) : value >= expected;
  return isOnTrack ? 'on-track' : 'at-risk';
}

const reaches = (value: number, goal: Goal): boolean =>
  'atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost;

/** A cohort is mature so long after its period's end, unless a figure has a window of its own (R3). */
export const MATURE_AFTER_MS: DurationMs = 30 * 86_400_000;
