import type { Instant } from '../business-time/index.js';

/** Something the prospect did, or that was seen of them: a score, an action, or a named signal with a value. */
export interface Signal {
  readonly at: Instant;
  readonly score?: number;
  readonly action?: string;
  readonly signal?: string;
  readonly value?: number;
}
