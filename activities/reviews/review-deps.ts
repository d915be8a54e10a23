import type { AgreementTerms, Governance } from '../../src/domain/agreement/index.js';
import type { VersionReader } from '../../src/domain/agreement/ports.js';
import type { DurationMs, Instant } from '../../src/domain/business-time/index.js';
import type { Mailer, NoticeStore } from '../../src/domain/notices/index.js';
import type { DirectoryStore } from '../../src/domain/ports.js';
import type { ReportDesk, ReportPress } from '../../src/domain/reports/index.js';
import type { DraftedChange, ReviewCalendar, ReviewStore, TargetSide } from '../../src/domain/reviews/index.js';
import type { WhatIfTrials } from '../../src/domain/what-if/ports.js';

/** What of an agreement was in force at an instant. */
export interface InForce {
  readonly agreement: AgreementTerms;
  readonly governance: Governance;
}

/** Where one workspace keeps what its reviews need. */
export interface ReviewStores {
  readonly reviews: ReviewStore;
  readonly versions: VersionReader;
  readonly directory: DirectoryStore;
  readonly notices: NoticeStore;
  readonly reports: ReportDesk;
  /** Undefined: no version was ever active. */
  readonly findInForce: (agreement: string, at: Instant) => Promise<InForce | undefined>;
  readonly tryOnPastLeads: WhatIfTrials;
}

/** How a stored document, in its canonical form, could read; undefined: it could not, or would read as it does. */
export interface Drafting {
  /** A clock with so many times its time. */
  withTime(canonical: string, clock: string, factor: number): DraftedChange | undefined;
  /** A target with about that amount, and the amounts before and after as figures write them. */
  withAmount(
    canonical: string,
    target: string,
    side: TargetSide,
    value: number,
  ): (DraftedChange & { readonly goal: number; readonly goalNow: number }) | undefined;
}

export interface ReviewDeps {
  readonly storesOf: (workspace: string) => ReviewStores;
  readonly zones: Pick<ReviewCalendar, 'dateOf' | 'dateStart' | 'instantOf'>;
  /** The instant at which so much open time of a calendar of the agreement has passed. */
  readonly addOpenTime: (agreement: AgreementTerms, calendar: string, from: Instant, ms: DurationMs) => Instant;
  /** One text for all values that say the same, and the SHA-256 of a text in hex. */
  readonly canonical: (value: unknown) => string;
  readonly sha256: (text: string) => string;
  /** What the later of two documents, in their canonical form, says otherwise; one sentence each. */
  readonly changesBetween: (former: string, later: string) => readonly string[];
  readonly drafting: Drafting;
  /** An instant as a reader in that zone says it. */
  readonly formatLocal: (timeZone: string, at: Instant) => string;
  /** A letter that brings reports along. */
  readonly reportMail: ReportPress['mail'];
  readonly mailer: Mailer;
  readonly mailFrom: string;
  readonly opsEmail: string;
  readonly publicUrl: string;
  readonly now: () => Instant;
}
