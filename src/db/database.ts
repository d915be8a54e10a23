import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import type { AuditEntryReader } from '../domain/access/audit-entry.js';
import type { VersionStore } from '../domain/agreement/ports.js';
import type { CostStore, OpportunityStore } from '../domain/attribution/ports.js';
import type { AuditReader } from '../domain/audit/ports.js';
import type { LeadLedger, QuestionStore } from '../domain/ports.js';
import type { HeldNotices, NoticeHolds } from '../domain/notices/holds.js';
import type { BaselineStore } from '../domain/reports/index.js';
import type { ReviewStore } from '../domain/reviews/index.js';
import type { CorrectionBook, CorrectionStore } from '../domain/correction/index.js';
import type { RolloutBook, RolloutStore, RunningLeads } from '../domain/rollout/ports.js';
import type { NoticeStore } from '../domain/notices/ports.js';
import type { HistoryStore } from '../domain/what-if/ports.js';
import type { ShadowedNotices, ShadowStore } from '../domain/shadow/ports.js';
import { PrismaClient } from '../generated/prisma/client.js';
import { createAgreements, type Agreements } from './agreements.js';
import { createApiKeys, type ApiKeys } from './api-keys.js';
import { createCommands, type CommandStore } from './commands.js';
import { createAuditEntries } from './audit-entries.js';
import { createAudits } from './audits.js';
import { createBaselines } from './baselines.js';
import { createBacklog, type BacklogReader } from './backlog.js';
import { createPool } from './connections.js';
import { createDirectory, type DirectoryKeeper } from './directory.js';
import type { IntakeStore } from './intake-shapes.js';
import { createHistory } from './history.js';
import { createIntake } from './intake.js';
import { createLeads, type Leads } from './leads.js';
import { createLedger } from './ledger.js';
import { createNoticeHolds } from './notice-holds.js';
import { createNotices } from './notices.js';
import { createCosts } from './costs.js';
import { createOpportunities } from './opportunities.js';
import { createReportStore, type ReportStore } from './report-store.js';
import { createQuestions } from './questions.js';
import { createReviews } from './reviews.js';
import { createCorrectionBook } from './correction-book.js';
import { createCorrections } from './corrections.js';
import { createRolloutBook } from './rollout-book.js';
import { createRollouts } from './rollouts.js';
import { createRunningLeads } from './running-leads.js';
import { createSettledStates, type SettledStates } from './settled-states.js';
import { createVerification, type Verification } from './verification.js';
import { createShadows } from './shadows.js';
import { createStoryKeeper, type StoryKeeper } from './story-keeper.js';
import type { PastLeadsReader } from '../domain/agreement/index.js';
import { createPastLeads } from './past-leads.js';
import { createVersions } from './versions.js';

/** All that one workspace keeps. */
export interface Stores {
  readonly workspace: string;
  readonly ledger: LeadLedger;
  readonly leads: Leads;
  readonly agreements: Agreements;
  readonly versions: VersionStore;
  readonly pastLeads: PastLeadsReader;
  readonly questions: QuestionStore;
  readonly directory: Pick<DirectoryKeeper, 'read' | 'saveDirectory'>;
  readonly intake: IntakeStore;
  readonly commands: CommandStore;
  readonly notices: NoticeStore;
  readonly shadows: ShadowStore & ShadowedNotices;
  readonly noticeHolds: NoticeHolds & HeldNotices;
  readonly settledStates: SettledStates;
  readonly apiKeys: ApiKeys;
  readonly auditEntries: AuditEntryReader;
  readonly audits: AuditReader;
  readonly backlog: BacklogReader;
  readonly baselines: BaselineStore;
  readonly verification: Verification;
  readonly rollouts: RolloutStore;
  readonly rolloutBook: RolloutBook;
  readonly runningLeads: RunningLeads;
  readonly corrections: CorrectionStore;
  readonly correctionBook: CorrectionBook;
  readonly history: HistoryStore;
  readonly storyKeeper: StoryKeeper;
  readonly opportunities: OpportunityStore;
  readonly costs: CostStore;
  readonly reportStore: ReportStore;
  readonly reviews: ReviewStore;
}

export interface DatabaseOptions {
  readonly workspace: string;
  /** Default 10. */
  readonly connectionCountMax?: number;
}

export interface Database extends Stores {
  /** The stores of another workspace, over the same connections. */
  inWorkspace(workspace: string): Stores;
  /**
   * Whether the database answers and can be worked with.
   * @throws Error that says what is missing
   */
  check(): Promise<void>;
  /** Waits for what is under way. */
  close(): Promise<void>;
}

/** `transaction_timeout`, which keeps recordings under 5 s, came with it. */
const SERVER_VERSION_MIN = 17;

/** Opens nothing yet: connections are made when they are needed, and again when the server was away. */
export function openDatabase(url: string, { workspace, connectionCountMax = 10 }: DatabaseOptions): Database {
  const pool = createPool({ url, connectionCountMax });
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const opened = new Map<string, Stores>();
  const inWorkspace = (name: string): Stores => {
    const stores = opened.get(name) ?? storesOf(pool, prisma, name);
    opened.set(name, stores);
    return stores;
  };
  return {
    ...inWorkspace(workspace),
    inWorkspace,
    check: () => check(pool),
    close: async () => {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

function storesOf(pool: pg.Pool, prisma: PrismaClient, workspace: string): Stores {
  const directory = createDirectory(pool, workspace);
  return {
    workspace,
    directory,
    ledger: createLedger(pool, workspace),
    leads: createLeads(pool, workspace),
    agreements: createAgreements(prisma, workspace),
    versions: createVersions(prisma, workspace),
    pastLeads: createPastLeads(prisma, workspace),
    questions: createQuestions(pool, workspace, directory),
    intake: createIntake(pool, workspace, directory),
    commands: createCommands(pool, workspace),
    notices: createNotices(prisma, workspace),
    shadows: createShadows(pool, workspace),
    noticeHolds: createNoticeHolds(pool, workspace),
    settledStates: createSettledStates(prisma, workspace),
    apiKeys: createApiKeys(pool, workspace),
    auditEntries: createAuditEntries(pool, workspace),
    audits: createAudits(pool, workspace),
    backlog: createBacklog(pool, workspace),
    baselines: createBaselines(pool, workspace),
    verification: createVerification(pool, workspace),
    rollouts: createRollouts(pool, workspace),
    rolloutBook: createRolloutBook(pool, workspace),
    runningLeads: createRunningLeads(pool, workspace),
    corrections: createCorrections(pool, workspace),
    correctionBook: createCorrectionBook(pool, workspace),
    history: createHistory(pool, workspace),
    storyKeeper: createStoryKeeper(pool, workspace),
    reviews: createReviews(pool, workspace),
    opportunities: createOpportunities(pool, workspace),
    costs: createCosts(pool, workspace),
    reportStore: createReportStore(pool, workspace, createAgreements(prisma, workspace)),
  };
}

async function check(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ version: string; is_migrated: boolean }>(
    `SELECT current_setting('server_version_num') AS version, to_regclass('lead_event') IS NOT NULL AS is_migrated`,
  );
  const version = Math.floor(Number(rows[0]?.version) / 10_000);
  if (version < SERVER_VERSION_MIN) {
    throw new Error(`PostgreSQL ${version} is too old: point DATABASE_URL to ${SERVER_VERSION_MIN} or newer`);
  }
  if (rows[0]?.is_migrated !== true) throw new Error('the database has no tables yet: run npm run start:migrate');
}
