/** The API: intake, commands, reads and the relay, over PostgreSQL and Temporal; configured by its environment. */
import { pino } from 'pino';
import { createApi, listen } from '../api/index.js';
import { reportPagesIn } from '../console/reports/report-pages.js';
import { drawWhatIf } from '../console/what-if-chart.js';
import { openDatabase } from '../db/index.js';
import { createApiMetrics } from '../metrics/index.js';
import { compile, dateStart, formatLocal } from '../zones/index.js';
import {
  createLeadWorkflows,
  createReviewWorkflows,
  createCorrectionWorkflows,
  createRolloutWorkflows,
  createVersionWorkflows,
  temporalClient,
} from '../temporal/index.js';
import { agreementSheets } from './agreement-sheets.js';
import { isDatabaseAway } from './api/database-away.js';
import { keepFacts } from './api/keep-facts.js';
import { keepStories } from './api/keep-stories.js';
import { leadPages } from './api/lead-pages.js';
import { signingPages } from './api/signing-pages.js';
import { createReportDesk } from './api/report-desk.js';
import { readinessChecks } from './api/readiness.js';
import { reportPress } from './report-press.js';
import { serveMetrics } from './serve-metrics.js';
import { remindOfNotices } from './api/remind-of-notices.js';
import { answerFromCalendar, calendarKeys } from './calendar-ports.js';
import { createWhatIfAnswer } from './what-if/answer-what-if.js';
import { alsoTelling } from './api/tell-series.js';
import { stepGuide } from './step-guide.js';
import { ConfigurationError, readConfiguration, type ApiConfiguration } from './configuration.js';

/** Callers under way have this long to get their answers, what is on its way to Temporal as long again. */
const GRACE_MS = 900;

async function runApi(configuration: ApiConfiguration): Promise<void> {
  const { apiHost, apiPort, logLevel, metricsPlace } = configuration;
  const log = pino({ level: logLevel, name: 'api' }, logLines());
  const { api, metrics, close } = openApi(configuration, log);
  const scraping = await serveMetrics(metrics, metricsPlace);
  const server = await listen(api.app, apiPort, apiHost).catch(async (error: unknown) => {
    await scraping.stop();
    throw error;
  });
  api.start();
  log.info({ port: server.port }, 'the API answers');
  const stop = async (signal: string) => {
    log.info({ signal }, 'the API ends');
    api.beginDraining();
    await server.stop(GRACE_MS);
    await Promise.race([api.settle(), new Promise((resolve) => setTimeout(resolve, GRACE_MS))]);
    await Promise.all([scraping.stop(), close()]);
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(signal));
}

/** Lines are written together, at least once a second, for a line for each request costs as much as its answer. */
const logLines = () => pino.destination({ dest: 1, sync: false, minLength: 4_096, periodicFlush: 1_000 });

function openApi(configuration: ApiConfiguration, log: pino.Logger) {
  const { databaseUrl, workspace, temporalAddress, temporalNamespace, adminKey, linkSecret, publicUrl } = configuration;
  const database = openDatabase(databaseUrl, { workspace });
  const client = temporalClient({ address: temporalAddress, namespace: temporalNamespace });
  const now = () => Date.now();
  const reviewWorkflows = createReviewWorkflows({ client, workspace, now });
  const { metrics, ...measure } = createApiMetrics({ backlog: database.backlog, now });
  const api = createApi({
    ...database,
    intake: measure.measureIntake(database.intake),
    commands: measure.measureCommands(database.commands),
    adminKey,
    workflows: createLeadWorkflows({ client, settledStates: database.settledStates, now }),
    rolloutWorkflows: createRolloutWorkflows({ client, workspace, now }),
    correctionWorkflows: createCorrectionWorkflows({ client, workspace, now }),
    remindOfNotices: remindOfNotices(database, client),
    versionWorkflows: alsoTelling(createVersionWorkflows({ client, now }), reviewWorkflows),
    reviewWorkflows,
    calendars: calendarKeys,
    windowsOf: compile,
    agreementSheets,
    answerFromCalendar,
    formatLocal,
    dateStart,
    answerWhatIf: createWhatIfAnswer({ databaseUrl, workspace, readDirectory: database.directory.read }),
    drawWhatIf,
    guide: stepGuide(database),
    reports: measure.measureReports(createReportDesk(database)),
    reportPress,
    reportPages: reportPagesIn(formatLocal),
    sessionSecret: linkSecret,
    isPublicByTls: publicUrl.startsWith('https:'),
    leadPages: leadPages(database.inWorkspace, linkSecret),
    signingPagesOf: signingPages(database.versions),
    readiness: readinessChecks(database, client),
    isDatabaseAway,
    now,
    log,
  });
  const kept = [keepStories(database, log), keepFacts(database, now, log)];
  const close = async () => {
    await Promise.all(kept.map((one) => one.stop()));
    return Promise.allSettled([client.connection.close(), database.close()]);
  };
  return { api, metrics, close };
}

try {
  await runApi(readConfiguration(process.env, 'api'));
} catch (error) {
  console.error(error instanceof ConfigurationError ? error.message : error);
  process.exitCode = 1;
}
