/** The contract of auditing, between the auditor's workflow and the activities that it asks. Types only. */
import type { Instant } from '../src/domain/business-time/index.js';
import type { GapKind } from '../src/domain/audit/gaps.js';
import type { Repair } from '../src/domain/audit/ports.js';

export interface AuditRequest {
  readonly workspace: string;
  /** The last lead of the page before; absent: from the first lead on. */
  readonly after?: string;
}

/** A gap as ops are told of it, and what was done about it. */
export interface MendedGap {
  readonly kind: GapKind;
  readonly leadId: string;
  readonly what: string;
  readonly since: Instant;
  /** `failed`: the repair itself did not work; `reason` says why. */
  readonly repair: Repair | 'failed';
  readonly reason?: string;
}

export interface AuditTally {
  readonly leadCount: number;
  readonly gapCount: number;
  readonly nudgedCount: number;
  readonly restartedCount: number;
  readonly failedCount: number;
  /** The first ones, enough for a mail. */
  readonly gaps: readonly MendedGap[];
}

export interface AuditedPage {
  readonly tally: AuditTally;
  /** Where the next page goes on; absent after the last one. */
  readonly next?: string;
}

export interface AuditorActivities {
  /** Finds every gap of one page of leads, and repairs each through the lead's own workflow. */
  auditPage(request: AuditRequest): Promise<AuditedPage>;
  /** Mails ops what was found, each gap once a day, and gives the sign of life. */
  reportAudit(workspace: string, tally: AuditTally): Promise<void>;
}
