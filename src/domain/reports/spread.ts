import type { DurationMs } from '../business-time/index.js';
import { percentile } from './compliance.js';

/** How elapsed times spread, by nearest rank; the sum gives the mean and adds up over groups. */
export interface Spread {
  readonly count: number;
  readonly sumMs: DurationMs;
  /** Null: none. */
  readonly medianMs: DurationMs | null;
  readonly p90Ms: DurationMs | null;
}

export const emptySpread: Spread = { count: 0, sumMs: 0, medianMs: null, p90Ms: null };

export function spreadOf(times: readonly DurationMs[]): Spread {
  const ascending = times.toSorted((a, b) => a - b);
  const rank = (share: number): DurationMs | null => percentile(ascending, share) as DurationMs | null;
  const sumMs = times.reduce((sum, ms) => sum + ms, 0);
  return { count: times.length, sumMs, medianMs: rank(0.5), p90Ms: rank(0.9) };
}

/** Null where there is none. */
export const meanMsOf = ({ count, sumMs }: Spread): DurationMs | null => (count === 0 ? null : sumMs / count);
