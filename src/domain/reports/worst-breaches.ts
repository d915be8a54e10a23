import type { DurationMs, Instant } from '../business-time/index.js';

/** A clock that ran out before what it promised was done. */
export interface WorstBreach {
  readonly leadId: string;
  readonly cycle: number;
  readonly clock: string;
  readonly n: number;
  readonly owner: string | null;
  readonly team: string | null;
  readonly dueAt: Instant;
  /** Open time after it was due; null: it has not been done yet. */
  readonly overshootMs: DurationMs | null;
}

/** Which clocks are looked at: those that ran out in `[from, to)`, as known by `asOf`. */
export interface WorstBreachesAsked {
  readonly agreement: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly asOf: Instant;
}
