import { setTimeout as delay } from 'node:timers/promises';
import { migrateDeploy } from '../../../prisma/engine/migrate-deploy.js';
import { startInbox } from '../../embedded/inbox.js';
import { describeExit, type Exit, type LeashedProcess } from '../../embedded/leashed-process.js';
import { endLeftoverPostgres, startPostgres } from '../../embedded/postgres.js';
import { findTemporalCli } from '../../embedded/temporal-cli.js';
import { endLeftoverTemporal, startTemporal } from '../../embedded/temporal-server.js';
import { prepareTemporal } from '../prepare-temporal.js';
import { claimDataFolder, type DataFolder } from './data-folder.js';
import { requireFreePorts } from './free-ports.js';
import { keepRunning, type Kept, type Running } from './keep-running.js';
import { launch, launchUntilReady, type OwnProgram } from './own-program.js';
import { isApiReady, isPolling } from './readiness.js';
import type { Reporter } from './reporter.js';
import type { Settings } from './settings.js';
import type { ThingName, ThingsToStop } from './things-to-stop.js';
import { renderWelcome } from './welcome.js';

/** The files of our own programs. */
export interface Programs {
  readonly api: string;
  readonly worker: string;
  readonly demo: string;
}

export interface Supervision {
  readonly settings: Settings;
  readonly programs: Programs;
  readonly reporter: Reporter;
  /** Gets each thing as soon as it runs, so that a start broken off midway leaves nothing either. */
  readonly running: ThingsToStop;
}

/** How long after a kill the programs of the killed start may still be ending. */
const ABANDONED_PATIENCE_MS = 12_000;
const API_GRACE_MS = 2_000;
const WORKER_GRACE_MS = 4_000;
const DEMO_GRACE_MS = 500;
/** Normally it is through by then; if not, there is no reason to wait with the rest. */
const DEMO_PATIENCE_MS = 20_000;

/**
 * Starts everything, what does not need each other side by side, and returns once it is ready; what dies later is
 * started again.
 * @throws StepError for the first step that fails
 */
export async function supervise(supervision: Supervision): Promise<void> {
  const { settings, reporter, running } = supervision;
  const folder = claimDataFolder(settings.dataDir);
  running.add('data folder', () => Promise.resolve(folder.release()));
  await clearTheWay(settings, folder);
  const [databaseUrl, temporal, inbox] = await Promise.all([
    prepareDatabase(supervision, folder),
    prepareWorkflows(supervision, folder),
    settings.smtpUrl === undefined ? runInbox(supervision) : undefined,
  ]);
  const env = environmentFor(settings, folder, {
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporal.address,
    SMTP_URL: settings.smtpUrl ?? inbox?.smtpUrl,
  });
  await Promise.all([runWorker(supervision, folder, env), runApi(supervision, folder, env)]);
  if (settings.isDemoOn) await runDemo(supervision, folder, env);
  const welcome = {
    apiUrl: apiUrlOf(settings),
    inboxUrl: inbox?.webUrl,
    temporalUiUrl: temporal.uiUrl,
    adminKey: env.HANDOFF_ADMIN_KEY ?? '',
    keyFile: `${folder.path}/${ADMIN_KEY}`,
    isDemoOn: settings.isDemoOn,
  };
  reporter.say(renderWelcome(welcome));
}

const ADMIN_KEY = 'admin-key';
const LINK_SECRET = 'link-secret';

const apiUrlOf = ({ ports }: Settings): string => `http://127.0.0.1:${ports.api}`;

async function clearTheWay(settings: Settings, folder: DataFolder): Promise<void> {
  if (folder.wasAbandoned) await Promise.all([endLeftoverPostgres(folder.path), endLeftoverTemporal(folder.path)]);
  await requireFreePorts(settings, folder.wasAbandoned ? ABANDONED_PATIENCE_MS : 0);
}

async function prepareDatabase(supervision: Supervision, folder: DataFolder): Promise<string> {
  const given = supervision.settings.databaseUrl;
  if (given !== undefined) supervision.reporter.say(`  ✓ PostgreSQL     that of DATABASE_URL, ${new URL(given).host}`);
  const databaseUrl = given ?? (await runPostgres(supervision, folder));
  await migrate(supervision.reporter, databaseUrl);
  return databaseUrl;
}

async function runPostgres(supervision: Supervision, folder: DataFolder): Promise<string> {
  const port = supervision.settings.ports.postgres;
  const { url } = await supervision.reporter.step('PostgreSQL', async (say) => {
    const logFile = folder.logFile('postgres');
    const start = () => startPostgres({ dataDir: folder.path, port, logFile, say });
    return { result: await keep(supervision, 'PostgreSQL', start), summary: `127.0.0.1:${port}` };
  });
  return url;
}

const migrate = (reporter: Reporter, databaseUrl: string): Promise<unknown> =>
  reporter.step('migrations', async (say) => {
    const { length } = await migrateDeploy(databaseUrl, { say });
    return { result: length, summary: length === 0 ? 'up to date' : `${length} applied` };
  });

async function prepareWorkflows(supervision: Supervision, folder: DataFolder): Promise<TemporalInUse> {
  const temporal = await runTemporal(supervision, folder);
  await registerSearchAttributes(supervision.reporter, temporal.address, supervision.settings.temporalNamespace);
  return temporal;
}

interface TemporalInUse {
  readonly address: string;
  readonly uiUrl: string | undefined;
}

async function runTemporal(supervision: Supervision, folder: DataFolder): Promise<TemporalInUse> {
  const { temporalAddress, temporalNamespace, ports } = supervision.settings;
  if (temporalAddress !== undefined) {
    supervision.reporter.say(`  ✓ Temporal       that of TEMPORAL_ADDRESS, ${temporalAddress}`);
    return { address: temporalAddress, uiUrl: undefined };
  }
  return supervision.reporter.step('Temporal', async (say) => {
    const cli = await findTemporalCli({ env: process.env, dataDir: folder.path, say });
    const options = { cli, port: ports.temporal, uiPort: ports.temporalUi, namespace: temporalNamespace };
    const logFile = folder.logFile('temporal');
    const start = () => startTemporal({ ...options, dataDir: folder.path, logFile });
    const server = await keep(supervision, 'Temporal', start);
    return { result: server, summary: `${server.address}, ${cli.version}, from ${cli.origin}` };
  });
}

const registerSearchAttributes = (reporter: Reporter, address: string, namespace: string): Promise<unknown> =>
  reporter.step('search fields', async () => {
    await prepareTemporal(address, namespace);
    return { result: undefined, summary: 'registered in Temporal' };
  });

const runInbox = ({ settings, reporter, running }: Supervision) =>
  reporter.step('inbox', async () => {
    const { smtp, inbox } = settings.ports;
    const result = await startInbox({ smtpPort: smtp, webPort: inbox, dataDir: settings.dataDir });
    running.add('inbox', result.stop);
    return { result, summary: `takes mail at 127.0.0.1:${smtp}` };
  });

async function runWorker(supervision: Supervision, folder: DataFolder, env: NodeJS.ProcessEnv): Promise<void> {
  const { settings, programs, reporter } = supervision;
  const program = ownProgram('worker', programs.worker, WORKER_GRACE_MS, folder, env);
  const isReady = ({ pid }: LeashedProcess) =>
    isPolling(env.TEMPORAL_ADDRESS ?? '', settings.temporalNamespace, (identity) => identity.startsWith(`${pid}@`));
  await reporter.step('worker', async () => {
    const onLaunched = stoppableAtOnce(supervision, 'worker');
    const worker = await keep(supervision, 'worker', () => launchUntilReady(program, isReady, onLaunched));
    return { result: worker, summary: 'asks for work' };
  });
}

async function runApi(supervision: Supervision, folder: DataFolder, env: NodeJS.ProcessEnv): Promise<void> {
  const { settings, programs, reporter } = supervision;
  const program = ownProgram('API', programs.api, API_GRACE_MS, folder, env);
  await reporter.step('API', async () => {
    const isReady = () => isApiReady(apiUrlOf(settings));
    const onLaunched = stoppableAtOnce(supervision, 'API');
    const api = await keep(supervision, 'API', () => launchUntilReady(program, isReady, onLaunched));
    return { result: api, summary: `answers at ${apiUrlOf(settings)}` };
  });
}

/** A program that is interrupted before it is ready is stopped like one that is; once it is kept, its keeper stops it. */
function stoppableAtOnce({ running }: Supervision, name: ThingName): (launched: Running) => void {
  let isFirst = true;
  return ({ stop }) => {
    if (isFirst) running.add(name, stop);
    isFirst = false;
  };
}

/** The demo ends by itself, and nothing else depends on it; a failure is told and changes nothing. */
async function runDemo(supervision: Supervision, folder: DataFolder, env: NodeJS.ProcessEnv): Promise<void> {
  const { programs, reporter, running } = supervision;
  const program = ownProgram('demo', programs.demo, DEMO_GRACE_MS, folder, env);
  const demo = launch(program);
  running.add('demo', demo.stop);
  const told = demo.ended.then((exit) => reporter.say(`  ${demoLine(exit, program)}`));
  await Promise.race([told, delay(DEMO_PATIENCE_MS)]);
}

const demoLine = (exit: Exit, { logFile }: OwnProgram): string =>
  exit.code === 0
    ? '✓ demo           its leads are handed over'
    : `✗ demo           ended (${describeExit(exit)}); see ${logFile}`;

function ownProgram(
  name: string,
  file: string,
  graceMs: number,
  folder: DataFolder,
  env: NodeJS.ProcessEnv,
): OwnProgram {
  return { name, file, env, graceMs, logFile: folder.logFile(name.toLowerCase()) };
}

async function keep<Program extends Running>(
  { reporter, running }: Supervision,
  name: ThingName,
  start: () => Promise<Program>,
): Promise<Program> {
  const kept: Kept<Program> = await keepRunning(name, start, (line) => reporter.say(`  ! ${line}`));
  running.add(name, kept.stop);
  return kept.first;
}

/** What our own programs read; the rest of the environment is passed on. */
function environmentFor(
  settings: Settings,
  folder: DataFolder,
  servers: Readonly<Record<'DATABASE_URL' | 'TEMPORAL_ADDRESS' | 'SMTP_URL', string | undefined>>,
): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ...servers,
    TEMPORAL_NAMESPACE: settings.temporalNamespace,
    HANDOFF_API_PORT: String(settings.ports.api),
    HANDOFF_PUBLIC_URL: process.env.HANDOFF_PUBLIC_URL ?? apiUrlOf(settings),
    HANDOFF_ADMIN_KEY: process.env.HANDOFF_ADMIN_KEY ?? folder.secret(ADMIN_KEY, 'handoff_'),
    HANDOFF_LINK_SECRET: process.env.HANDOFF_LINK_SECRET ?? folder.secret(LINK_SECRET),
    HANDOFF_MAIL_FROM: settings.mailFrom,
    HANDOFF_OPS_EMAIL: settings.opsEmail,
    HANDOFF_AUDITOR_HEARTBEAT: process.env.HANDOFF_AUDITOR_HEARTBEAT ?? `${folder.path}/auditor-heartbeat.json`,
    HANDOFF_WORKSPACE: settings.workspace,
  };
}
