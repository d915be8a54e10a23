import type { Client } from '@temporalio/client';
import { DefaultLogger, Runtime, type LogEntry } from '@temporalio/worker';
import pino from 'pino';
import { createActivities } from '../../activities/index.js';
import { createAgreementActivities } from '../../activities/agreements.js';
import { createAuditing } from '../../activities/auditing.js';
import { createNotices } from '../../activities/notices.js';
import { createReviewActivities } from '../../activities/reviews.js';
import { createCorrectionActivities } from '../../activities/corrections.js';
import { createRollouts } from '../../activities/rollouts.js';
import { createHeartbeat, createSmtpMailer, hashOfToken, signingToken, signLink } from '../channels/index.js';
import { openDatabase, type Database } from '../db/index.js';
import type { Mailer } from '../domain/notices/index.js';
import { createWorkerMetrics } from '../metrics/index.js';
import {
  createLeadWorkflows,
  createReminders,
  createReviewWorkflows,
  ensureAuditSchedule,
  temporalClient,
} from '../temporal/index.js';
import { connectWorker, createWorker, hashOfWorkflows } from '../temporal/worker.js';
import { formatLocal } from '../zones/index.js';
import { serveMetrics } from './serve-metrics.js';
import { reviewPorts } from './review-ports.js';
import { stepGuide } from './step-guide.js';
import { createWhatIfTrials } from './what-if/answer-what-if.js';
import { changesBetween } from './agreement-changes.js';
import { answerFromCalendar } from './calendar-ports.js';
import { ConfigurationError, readConfiguration, type LogLevel, type WorkerConfiguration } from './configuration.js';

/** Works for the leads until it is told to end; then it lets what is under way finish, for a few seconds. */
async function work(): Promise<void> {
  const configuration = readConfiguration(process.env, 'worker');
  logByPino(configuration.logLevel);
  const database = openDatabase(configuration.databaseUrl, { workspace: configuration.workspace });
  const mailer = createSmtpMailer({ url: configuration.smtpUrl, from: configuration.mailFrom });
  const { metrics, ...measure } = createWorkerMetrics({ now: Date.now });
  const scraping = await serveMetrics(metrics, configuration.metricsPlace);
  try {
    await workWith(configuration, measured(database, measure), measure.measureMailer(mailer));
  } finally {
    mailer.close();
    await Promise.all([database.close(), scraping.stop()]);
  }
}

type Measure = Omit<ReturnType<typeof createWorkerMetrics>, 'metrics'>;

/** The same database, with what is recorded, sent and held counted, in whichever workspace. */
const measured = (database: Database, { measureLedger, measureNotices, measureHeld }: Measure): Database => ({
  ...database,
  inWorkspace: (workspace) => {
    const stores = database.inWorkspace(workspace);
    return {
      ...stores,
      ledger: measureLedger(stores.ledger),
      notices: measureNotices(stores.notices),
      noticeHolds: { ...stores.noticeHolds, ...measureHeld(stores.noticeHolds) },
    };
  },
});

async function workWith(configuration: WorkerConfiguration, database: Database, mailer: Mailer): Promise<void> {
  const place = { address: configuration.temporalAddress, namespace: configuration.temporalNamespace };
  const connection = await connectWorker(place);
  const client = temporalClient(place);
  try {
    const auditing = auditingOf(configuration, database, mailer, client);
    const rollouts = createRollouts(leadToLead(database, client));
    const activities = {
      ...activitiesOf(configuration, database, mailer),
      ...agreementActivitiesOf(configuration, database, mailer),
      ...createReviewActivities({ ...reviewPortsOf(configuration, database), ...configuration, mailer }),
      ...auditing,
      ...rollouts,
      ...createCorrectionActivities(leadToLead(database, client)),
    };
    await beginAudits(client, configuration.workspace);
    await beginReviews(client, database);
    const worker = await createWorker({
      connection,
      namespace: place.namespace,
      activities,
      ...buildOf(configuration),
    });
    // The SDK ends the run on SIGINT and SIGTERM.
    await worker.run();
  } finally {
    await Promise.all([connection.close(), client.connection.close()]);
  }
}

function buildOf({ deployment }: WorkerConfiguration) {
  if (deployment === undefined) return {};
  const { deploymentName, buildId = hashOfWorkflows() } = deployment;
  return { build: { deploymentName, buildId } };
}

const activitiesOf = (configuration: WorkerConfiguration, database: Database, mailer: Mailer) =>
  createActivities({
    storesOf: database.inWorkspace,
    calendar: answerFromCalendar,
    ...createNotices({
      storesOf: database.inWorkspace,
      guideOf: (workspace) => stepGuide(database.inWorkspace(workspace)),
      mailer,
      formatLocal,
      linkTo: ({ workspace, leadId, reader, expiresAt }) =>
        `${configuration.publicUrl}/l/${signLink({ workspace, leadId, reader, expiresAt }, configuration.linkSecret)}`,
      now: Date.now,
      mailFrom: configuration.mailFrom,
      opsEmail: configuration.opsEmail,
    }),
  });

const agreementActivitiesOf = (configuration: WorkerConfiguration, database: Database, mailer: Mailer) =>
  createAgreementActivities({
    storesOf: database.inWorkspace,
    mailer,
    mailFrom: configuration.mailFrom,
    opsEmail: configuration.opsEmail,
    signingLink: (claims) => {
      const token = signingToken(claims, configuration.linkSecret);
      return { href: `${configuration.publicUrl}/sign/${token}`, tokenHash: hashOfToken(token) };
    },
    changesBetween,
    formatLocal,
    now: Date.now,
  });

const reviewPortsOf = ({ databaseUrl }: WorkerConfiguration, { inWorkspace }: Database) =>
  reviewPorts(inWorkspace, ({ workspace, directory }) =>
    createWhatIfTrials({ databaseUrl, workspace, readDirectory: directory.read, threadCount: 1 }),
  );

const auditingOf = (configuration: WorkerConfiguration, database: Database, mailer: Mailer, client: Client) =>
  createAuditing({
    storesOf: database.inWorkspace,
    remind: createReminders({ client, now: Date.now }),
    mailer,
    opsEmail: configuration.opsEmail,
    heartbeat: createHeartbeat(configuration.auditorHeartbeat, warn),
    now: Date.now,
  });

/** What goes from lead to lead needs: a workspace's stores with its leads' workflows, and calendars. */
const leadToLead = ({ inWorkspace }: Database, client: Client) => ({
  storesOf: (workspace: string) => {
    const stores = inWorkspace(workspace);
    const workflows = createLeadWorkflows({ client, settledStates: stores.settledStates, now: Date.now });
    return { ...stores, workflows };
  },
  calendar: answerFromCalendar,
  now: Date.now,
});

const AUDIT_EVERY_MS = 5 * 60_000;

/** A server that takes no schedule has its leads worked on all the same. */
async function beginAudits(client: Client, workspace: string): Promise<void> {
  try {
    await ensureAuditSchedule(client, { workspace, everyMs: AUDIT_EVERY_MS });
  } catch (error) {
    warn(`nobody audits: the schedule could not be made (${error instanceof Error ? error.message : String(error)})`);
  }
}

/** Agreements that came into force before there were reviews have theirs from now on. */
async function beginReviews(client: Client, { workspace, versions }: Database): Promise<void> {
  const { nudgeSeries } = createReviewWorkflows({ client, workspace, now: Date.now });
  try {
    const inForce = (await versions.listAgreements()).filter(({ activeVersion }) => activeVersion !== undefined);
    for (const { name } of inForce) await nudgeSeries(name);
  } catch (error) {
    warn(`reviews begin with the next version only (${error instanceof Error ? error.message : String(error)})`);
  }
}

const warn = (message: string): void => Runtime.instance().logger.warn(message);

const pinoLevels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/** One line of JSON for each thing said, like the API's. */
function logByPino(level: LogLevel): void {
  const log = pino({ level, name: 'worker' });
  const write = ({ level: said, message, meta }: LogEntry): void => log[pinoLevels[said]](meta ?? {}, message);
  Runtime.install({ logger: new DefaultLogger('TRACE', write) });
}

try {
  await work();
} catch (error) {
  console.error(error instanceof ConfigurationError ? error.message : error);
  process.exitCode = 1;
}
