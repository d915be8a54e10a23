import type { Instant } from '../business-time/index.js';

/** Every change that is noted: what was done, in the past tense. A lead's own story is its ledger and not noted here. */
export const auditActions = [
  // Who may, and who there is.
  'key-created',
  'key-revoked',
  'directory-saved',
  // What leaves.
  'notices-held',
  'notices-released',
  // What other systems say of their past.
  'history-imported',
  // What deals are worth, and what leads cost.
  'opportunity-recorded',
  'cost-recorded',
  // What running leads follow.
  'rollout-started',
  'rollout-paused',
  'rollout-resumed',
  'rollout-aborted',
  'rollout-reverted',
  'shadow-set',
  'went-live',
  'version-installed',
  'version-drafted',
  'version-edited',
  'version-submitted',
  'version-commented',
  'version-signed',
  'version-returned',
  'version-published',
  'version-activated',
  'version-superseded',
  'version-overdue',
  // What turned out wrong.
  'correction-drafted',
  'correction-approved',
  'correction-withdrawn',
  // What its figures are compared with.
  'baseline-entered',
  // What becomes of reviews.
  'review-opened',
  'review-word-given',
  'review-lesson-noted',
  'review-commitment-answered',
  'review-deliverable-confirmed',
  'review-decision-made',
  'review-decision-settled',
  'review-proposal-answered',
  'review-draft-opened',
  'review-escalated',
  'review-closed',
] as const;
export type AuditAction = (typeof auditActions)[number];

/** Who makes a change. */
export interface Actor {
  /** A person of the directory, `admin` for the environment's key, or `system`. */
  readonly by: string;
  /** The key that spoke: `admin`, `key:<id>`, or `system`. */
  readonly principal: string;
}

/** What the program does by itself. */
export const SYSTEM: Actor = { by: 'system', principal: 'system' };

/** One change, appended in the transaction that makes it. */
export interface AuditEntry extends Actor {
  readonly action: AuditAction;
  /** What was changed, as `kind:id`: `key:k_…`, `agreement:inbound-saas@7`, `directory`. */
  readonly subject: string;
  /** JSON as a reader is to see it, instants as ISO 8601, never a secret; null: it was not there. */
  readonly before: unknown;
  /** The same after the change; null: it is gone. */
  readonly after: unknown;
}

export interface RecordedAuditEntry extends AuditEntry {
  /** Grows with each entry. */
  readonly id: number;
  readonly recordedAt: Instant;
}

export interface AuditFilter {
  /** That subject and what is under it: `agreement` also finds `agreement:inbound-saas`, and that `…@7`. */
  readonly subject?: string | undefined;
  readonly by?: string | undefined;
  /** Recorded in `[from, to)`. */
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
  /** Only what was recorded by then, included. */
  readonly asOf?: Instant | undefined;
  /** Only entries with a smaller id. */
  readonly before?: number | undefined;
  readonly limit: number;
}

export interface AuditEntryReader {
  /** Newest first. */
  list(filter: AuditFilter): Promise<readonly RecordedAuditEntry[]>;
}
