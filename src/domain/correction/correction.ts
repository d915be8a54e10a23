import type { Instant } from '../business-time/index.js';

/**
 * `listing`: the verdicts that would change are looked for; `draft`: they are listed, and somebody may approve;
 * `approved`: leads are judged anew, one after the other.
 */
export const correctionStatuses = ['listing', 'draft', 'approved', 'done', 'withdrawn'] as const;
export type CorrectionStatus = (typeof correctionStatuses)[number];

/** Standings in which an agreement takes no other correction: each is made upon the ones before. */
export const standingsUnderWay = ['listing', 'draft', 'approved'] as const satisfies readonly CorrectionStatus[];

/** What people may say about a correction, in which standing, and where it leads. */
export const correctionOrders = ['approve', 'withdraw'] as const;
export type CorrectionOrder = (typeof correctionOrders)[number];

export const correctionOrdersIn: Readonly<
  Record<CorrectionStatus, Readonly<Partial<Record<CorrectionOrder, CorrectionStatus>>>>
> = {
  listing: { withdraw: 'withdrawn' },
  draft: { approve: 'approved', withdraw: 'withdrawn' },
  approved: {},
  done: {},
  withdrawn: {},
};

/** `listed`: some clock would be judged otherwise; `unjudged`: it cannot be, and the lead stays as it is. */
export const correctionLeadStatuses = ['waiting', 'listed', 'unchanged', 'rejudged', 'unjudged'] as const;
export type CorrectionLeadStatus = (typeof correctionLeadStatuses)[number];
export type CorrectionCounts = Readonly<Record<CorrectionLeadStatus, number>>;

/** A calendar of some versions of an agreement that had the wrong hours on some days. */
export interface CalendarSubject {
  readonly agreement: string;
  readonly versions: readonly number[];
  readonly calendar: string;
  /** The hours that should have held, by date (`YYYY-MM-DD`); none: it should have been closed. */
  readonly days: Readonly<Record<string, readonly string[]>>;
}

/** A touch of a lead that happened at another instant than was said. */
export interface TouchSubject {
  /** The lead's own. */
  readonly agreement: string;
  readonly leadId: string;
  /** Its sequence in the ledger. */
  readonly touch: number;
  readonly touchedAt: Instant;
}

export type CorrectionSubject = CalendarSubject | TouchSubject;

/** The touch that a correction moves; undefined for one of a calendar. */
export const touchOf = (subject: CorrectionSubject): TouchSubject | undefined =>
  'touch' in subject ? subject : undefined;

export interface CorrectionToMake {
  readonly id: string;
  readonly subject: CorrectionSubject;
  readonly reason: string;
  /** The key of the terms that should have held, by that of those that did; empty where a fact was wrong. */
  readonly termsInstead: Readonly<Record<string, string>>;
  /** Only clocks that ran within `[coversFrom, coversUntil)` can be judged otherwise. */
  readonly coversFrom: Instant;
  readonly coversUntil: Instant;
  readonly createdAt: Instant;
}

export interface Correction extends CorrectionToMake {
  readonly status: CorrectionStatus;
  readonly statusSince: Instant;
  readonly createdBy: string;
  readonly approvedBy: string | null;
  readonly approvedAt: Instant | null;
  readonly counts: CorrectionCounts;
}
