/** What the auditor needs of the outside: interfaces only, implemented by `src/db`, `src/temporal` and `src/channels`. */
import type { Instant } from '../business-time/index.js';
import type { LeadEvent } from '../lifecycle/events.js';
import type { AuditedLead } from './gaps.js';

export interface AuditReader {
  /**
   * Leads whose course goes on, by id from the one after `after`: those that wait for anything, and those that
   * something was recorded of during the last day.
   */
  page(after: string | undefined, limit: number): Promise<readonly AuditedLead[]>;
}

/** What a lead's workflow is reminded of. */
export interface Reminder {
  /** Events of its ledger whose notices nobody has got. */
  readonly unsent: readonly LeadEvent[];
}

/** `nudged`: the workflow runs and was reminded; `restarted`: there was none, one was begun from the ledger. */
export const repairs = ['nudged', 'restarted'] as const;
export type Repair = (typeof repairs)[number];

/** A sign of life for a monitor outside; one that cannot be given is told in the log, and stops nothing. */
export interface Heartbeat {
  beat(sign: Readonly<Record<string, unknown>>, at: Instant): Promise<void>;
}
