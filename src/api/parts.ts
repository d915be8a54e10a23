/**
 * Everything that routes work with, put together once in `src/bin/api.ts`.
 */
import type { AuditEntryReader } from '../domain/access/audit-entry.js';
import type { VersionStore } from '../domain/agreement/ports.js';
import type { CalendarKeys } from '../documents/index.js';
import type { CostStore, OpportunityStore } from '../domain/attribution/ports.js';
import type { AuditReader } from '../domain/audit/ports.js';
import type { AgreementStore, DirectoryStore, LeadLedger, LeadReader } from '../domain/ports.js';
import type { Instant } from '../domain/business-time/index.js';
import type { StepGuide } from '../domain/cadence/index.js';
import type { NoticeHolds } from '../domain/notices/holds.js';
import type { ShadowStore } from '../domain/shadow/ports.js';
import type { AgreementDesk } from './agreements/agreement-desk.js';
import type { BaselineStore, ReportDesk, ReportPress } from '../domain/reports/index.js';
import type { AgreementPapers } from './agreements/agreement-papers.js';
import type { ChangedAgreements } from './commands/changed-agreements.js';
import type { CommandDesk } from './commands/command-desk.js';
import type { Intake } from './intake/intake.js';
import type { Explanations } from './explanations.js';
import type { KeyDesk } from './keys/key-desk.js';
import type { CorrectionStore } from '../domain/correction/index.js';
import type { CorrectionDesk } from './corrections/correction-desk.js';
import type { RolloutStore } from '../domain/rollout/ports.js';
import type { Previews } from './rollouts/previews.js';
import type { ReviewStore } from '../domain/reviews/index.js';
import type { ReviewDesk } from './reviews/review-desk.js';
import type { RolloutDesk } from './rollouts/rollout-desk.js';
import type { HistoryImports } from './history-imports.js';
import type { ReportPages } from '../console/reports/report-pages.js';
import type { Sessions } from './sessions/sessions.js';
import type { CommandStore } from './ports.js';
import type { WhatIfs } from './what-ifs.js';

/** A part that the API stands on, and how to ask whether it is there. */
export interface ReadinessCheck {
  readonly part: string;
  /** Without it no lead can be taken; the others only delay what follows. */
  readonly isRequired: boolean;
  /** What is missing, in words that tell what to do; undefined: nothing. */
  readonly missing: () => Promise<string | undefined>;
}

/** The page behind the link in a notice. */
export interface LeadPages {
  /** The lead's page for a token of ours; a page that says so, with 404 or 410, for others. */
  readonly show: (token: string, at: Instant) => Promise<{ readonly status: number; readonly html: string }>;
}

/** The page behind a signing link: what is to be signed, and a button that signs it. */
export interface SigningPages {
  /** Shows the page and signs nothing. */
  readonly show: (token: string, at: Instant) => Promise<{ readonly status: number; readonly html: string }>;
  /** Signs, once, and says what came of it. */
  readonly sign: (token: string, at: Instant) => Promise<{ readonly status: number; readonly html: string }>;
}

export interface ApiParts {
  readonly reviews: ReviewStore;
  readonly reviewDesk: ReviewDesk;
  /** The instant at which a date begins in a zone, by the pinned zone data. */
  readonly dateStart: (timeZone: string, date: string) => Instant;
  readonly intake: Intake;
  readonly commands: CommandDesk;
  readonly commandStore: Pick<CommandStore, 'find'>;
  readonly changedAgreements: ChangedAgreements;
  readonly leads: LeadReader;
  readonly ledger: Pick<LeadLedger, 'read'>;
  readonly directory: DirectoryStore;
  readonly agreements: Pick<AgreementStore, 'findTerms'>;
  readonly previews: Previews;
  readonly corrections: CorrectionStore;
  readonly correctionDesk: CorrectionDesk;
  readonly rollouts: RolloutStore;
  readonly rolloutDesk: RolloutDesk;
  readonly audits: AuditReader;
  readonly auditEntries: AuditEntryReader;
  readonly baselines: BaselineStore;
  readonly keyDesk: KeyDesk;
  readonly explanations: Explanations;
  readonly noticeHolds: NoticeHolds;
  readonly agreementPapers: AgreementPapers;
  readonly shadows: ShadowStore;
  readonly whatIfs: WhatIfs;
  readonly historyImports: HistoryImports;
  readonly opportunities: OpportunityStore;
  readonly costs: CostStore;
  readonly reports: ReportDesk;
  readonly reportPress: ReportPress;
  readonly reportPages: ReportPages;
  readonly sessions: Sessions;
  readonly formatLocal: (timeZone: string, at: Instant) => string;
  readonly guide: StepGuide;
  readonly leadPages: LeadPages;
  readonly signingPages: SigningPages;
  readonly versions: VersionStore;
  readonly agreementDesk: AgreementDesk;
  readonly calendars: CalendarKeys;
  readonly readiness: readonly ReadinessCheck[];
}
