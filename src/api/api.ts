/**
 * Here lives the HTTP edge: intake, commands, reads, and the relay behind them. It checks and translates, and asks the
 * core or a port for everything else; it imports neither SQL, Temporal nor workflow code, and reads no clock of its own.
 */
import type { Express } from 'express';
import type { Logger } from 'pino';
import type { AgreementSheets } from '../console/agreement-sheets.js';
import type { ReportPages } from '../console/reports/report-pages.js';
import type { CalendarKeys } from '../documents/index.js';
import type { AuditEntryReader } from '../domain/access/audit-entry.js';
import type { VersionStore, VersionWorkflows } from '../domain/agreement/ports.js';
import type { PastLeadsReader } from '../domain/agreement/index.js';
import type { CostStore, OpportunityStore } from '../domain/attribution/ports.js';
import type { AuditReader } from '../domain/audit/ports.js';
import type { CalendarDefinition, CalendarWindows, Instant } from '../domain/business-time/index.js';
import type { StepGuide } from '../domain/cadence/index.js';
import type {
  AgreementStore,
  CalendarAnswer,
  DirectoryStore,
  LeadLedger,
  LeadReader,
  LeadWorkflows,
} from '../domain/ports.js';
import type { NoticeHolds } from '../domain/notices/holds.js';
import type { ReviewStore, ReviewWorkflows } from '../domain/reviews/index.js';
import type { RolloutStore, RolloutWorkflows, RunningLeads } from '../domain/rollout/ports.js';
import type { ShadowStore } from '../domain/shadow/ports.js';
import { AgreementDesk } from './agreements/agreement-desk.js';
import { VersionTidings } from './agreements/version-tidings.js';
import type { BaselineStore, ReportDesk, ReportPress } from '../domain/reports/index.js';
import { AgreementPapers } from './agreements/agreement-papers.js';
import { createApp } from './app.js';
import { KeyRing } from './auth.js';
import { ChangedAgreements, type DocumentKeeper } from './commands/changed-agreements.js';
import { CommandDesk } from './commands/command-desk.js';
import { Deliveries } from './commands/deliveries.js';
import { ExcludedLeads } from './commands/excluded-leads.js';
import { Explanations } from './explanations.js';
import { HistoryImports, type HistoryImportDeps } from './history-imports.js';
import { HandOffRuns } from './intake/hand-off-run.js';
import { Intake } from './intake/intake.js';
import { RecentAgreements } from './intake/recent-agreements.js';
import { KeyDesk } from './keys/key-desk.js';
import { LeadStarts } from './lead-starts.js';
import { NoticeReleases, type RemindOfNotices } from './notice-releases.js';
import type { LeadPages, ReadinessCheck, SigningPages } from './parts.js';
import type { ApiKeyStore, CommandStore, IntakeStore } from './ports.js';
import { Relay, type RelayPace } from './relay.js';
import { Previews } from './rollouts/previews.js';
import { ReviewDesk } from './reviews/review-desk.js';
import type { CorrectionStore, CorrectionWorkflows } from '../domain/correction/index.js';
import { CorrectionDesk } from './corrections/correction-desk.js';
import { RolloutDesk } from './rollouts/rollout-desk.js';
import { Sessions } from './sessions/sessions.js';
import { WhatIfs, type WhatIfDeps } from './what-ifs.js';

/** What the edge stands on; `src/bin` brings it. */
export interface ApiDeps extends WhatIfDeps, HistoryImportDeps {
  readonly workspace: string;
  readonly adminKey: string;
  readonly intake: IntakeStore;
  readonly commands: CommandStore;
  readonly apiKeys: ApiKeyStore;
  readonly agreements: AgreementStore & DocumentKeeper;
  readonly directory: DirectoryStore;
  readonly ledger: LeadLedger;
  readonly leads: LeadReader;
  readonly audits: AuditReader;
  readonly auditEntries: AuditEntryReader;
  readonly baselines: BaselineStore;
  readonly versions: VersionStore;
  readonly workflows: LeadWorkflows;
  readonly runningLeads: RunningLeads;
  readonly corrections: CorrectionStore;
  readonly correctionWorkflows: CorrectionWorkflows;
  readonly rollouts: RolloutStore;
  readonly rolloutWorkflows: RolloutWorkflows;
  readonly reviews: ReviewStore;
  readonly reviewWorkflows: Pick<ReviewWorkflows, 'nudgeReview'>;
  readonly noticeHolds: NoticeHolds;
  readonly shadows: ShadowStore;
  readonly reports: ReportDesk;
  readonly reportPress: ReportPress;
  readonly reportPages: ReportPages;
  /** Signs the cookies of whoever reads reports in a browser. */
  readonly sessionSecret: string;
  /** Browsers reach us by TLS only. */
  readonly isPublicByTls: boolean;
  readonly pastLeads: PastLeadsReader;
  readonly opportunities: OpportunityStore;
  readonly costs: CostStore;
  readonly agreementSheets: AgreementSheets;
  readonly remindOfNotices: RemindOfNotices;
  readonly versionWorkflows: VersionWorkflows;
  readonly calendars: CalendarKeys;
  readonly windowsOf: (definition: CalendarDefinition, from: Instant, until: Instant) => CalendarWindows;
  readonly answerFromCalendar: CalendarAnswer;
  /** An instant as a reader in that zone says it, by the pinned zone data. */
  readonly formatLocal: (timeZone: string, at: Instant) => string;
  /** The instant at which a date begins in a zone, by the same data. */
  readonly dateStart: (timeZone: string, date: string) => Instant;
  readonly guide: StepGuide;
  readonly leadPages: LeadPages;
  readonly signingPagesOf: (desk: AgreementDesk) => SigningPages;
  readonly readiness: readonly ReadinessCheck[];
  readonly isDatabaseAway: (error: unknown) => boolean;
  readonly now: () => Instant;
  readonly log: Logger;
  /** The relay's; the usual one unless given. */
  readonly pace?: RelayPace;
}

export interface Api {
  readonly app: Express;
  /** Starts relaying what an earlier process left. */
  readonly start: () => void;
  /** From now on each answer asks its caller to let go of the connection. */
  readonly beginDraining: () => void;
  /** Ends relaying, and resolves when nothing is on its way to Temporal any more. */
  readonly settle: () => Promise<void>;
}

/** Puts the edge together; whoever listens with `app` also starts and ends it. */
export function createApi(deps: ApiDeps): Api {
  const { agreements, intake, commands, workflows, ledger, leads, log, now } = deps;
  const starts = new LeadStarts({ workflows, store: intake, log });
  const excluded = new ExcludedLeads(ledger, agreements);
  const deliveries = new Deliveries({ workflows, store: commands, leads, agreements, excluded, starts, now, log });
  const releases = new NoticeReleases({ ...deps, holds: deps.noticeHolds });
  const rolloutDesk = new RolloutDesk({ rollouts: deps.rollouts, workflows: deps.rolloutWorkflows, log });
  const correctionDesk = new CorrectionDesk(deps);
  const reviewDesk = new ReviewDesk({ ...deps, workflows: deps.reviewWorkflows });
  const tidings = new VersionTidings({ versions: deps.versions, workflows: deps.versionWorkflows, log });
  const agreementDesk = new AgreementDesk({ ...deps, tidings });
  const relay = new Relay(
    { intake, commands, starts, deliveries, releases, rolloutDesk, correctionDesk, reviewDesk, tidings, log },
    deps.pace,
  );
  const keys = new KeyRing(deps.adminKey, deps.apiKeys, now);
  let isDraining = false;
  const app = createApp({
    ...deps,
    intake: intakeOf(deps, starts, deliveries),
    commands: new CommandDesk(commands, deliveries),
    commandStore: commands,
    changedAgreements: new ChangedAgreements(deps),
    agreementDesk,
    signingPages: deps.signingPagesOf(agreementDesk),
    explanations: new Explanations(deps),
    whatIfs: new WhatIfs(deps),
    historyImports: new HistoryImports(deps),
    agreementPapers: new AgreementPapers(deps),
    keyDesk: new KeyDesk({ keys: deps.apiKeys, directory: deps.directory }),
    previews: new Previews(deps),
    rolloutDesk,
    correctionDesk,
    reviewDesk,
    keys,
    sessions: new Sessions({ ...deps, keys, secret: deps.sessionSecret }),
    isDraining: () => isDraining,
  });
  return {
    app,
    start: () => relay.start(),
    beginDraining: () => {
      isDraining = true;
    },
    async settle() {
      await Promise.all([relay.stop(), starts.stop(), deliveries.allSettled(), tidings.settled()]);
    },
  };
}

const intakeOf = (deps: ApiDeps, starts: LeadStarts, deliveries: Deliveries): Intake =>
  new Intake({
    workspace: deps.workspace,
    store: deps.intake,
    agreements: new RecentAgreements(deps.agreements, deps.now),
    documents: deps.agreements,
    runs: new HandOffRuns(deps.answerFromCalendar),
    starts,
    deliveries,
  });
