/** How the leads of a past period fared: what a promise is held against before anybody signs it. */
import type { DurationMs, Instant } from '../business-time/index.js';
import type { Priority } from './terms.js';

/** One clock of a past lead that was not cancelled. */
export interface PastClock {
  readonly clock: string;
  readonly startedAt: Instant;
  /** When its milestone came; null: not by the end of the period. */
  readonly completedAt: Instant | null;
  readonly segment: string | null;
  readonly priority: Priority | null;
}

export interface PastLeads {
  readonly leadCount: number;
  /** Elapsed time from hand-off to closing, of leads that closed; null: none has. */
  readonly medianOpenMs: DurationMs | null;
  readonly clocks: readonly PastClock[];
}

/** Reads how the leads of one agreement fared that were handed off in `[from, until)`. */
export interface PastLeadsReader {
  read(agreementName: string, from: Instant, until: Instant): Promise<PastLeads>;
}
