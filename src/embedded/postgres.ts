import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { describeExit, lastLines, startForeign, type Exit, type LeashedProcess } from './leashed-process.js';
import { endLeftover } from './leftover.js';
import { findPostgresHome, preparePostgresPlace, type PostgresPlace } from './postgres-place.js';

export interface PostgresOptions {
  /** The data folder; the cluster goes below it and is kept between starts. */
  readonly dataDir: string;
  readonly port: number;
  readonly logFile?: string;
  /** Hears of whatever takes long or is unusual, a line at a time. */
  readonly say?: (line: string) => void;
  /** For tests: forgets to flush, so that a power failure, but no crash of the program, loses data. */
  readonly isDisposable?: boolean;
}

export interface EmbeddedPostgres {
  /** Connects as owner of the database `handoff`. */
  readonly url: string;
  readonly ended: Promise<Exit>;
  readonly stop: () => Promise<void>;
}

const OWNER = 'handoff';
const DATABASE = 'handoff';
const READY_WITHIN_MS = 60_000;
const GRACE_MS = 3_000;
/** The fast shutdown: open transactions are rolled back, nothing waits for clients. */
const STOP_SIGNAL = 'SIGINT';
const START_ATTEMPTS = 5;

/**
 * Starts the PostgreSQL of the data folder, made on the first start, and waits until it answers.
 * A server or lock file that a killed start left behind is ended and removed; the cluster recovers by itself.
 * @throws if it does not come up; the message holds the end of its log
 */
export async function startPostgres(options: PostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir);
  const place = preparePostgresPlace(dataDir, options.say ?? (() => undefined));
  const cluster = clusterOf(place.home);
  if (!existsSync(join(cluster, 'PG_VERSION'))) await createCluster(place, cluster, options.isDisposable === true);
  await endLeftoverServer(place.home);
  const url = urlOf(place, options.port);
  const server = await startServer(place, cluster, options, url);
  try {
    await createDatabase(url);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { url, ended: server.ended, stop: server.stop };
}

/** Ends the server that a killed start of this data folder left running, if there is one. */
export const endLeftoverPostgres = (dataDir: string): Promise<void> =>
  endLeftoverServer(findPostgresHome(resolve(dataDir)));

const clusterOf = (home: string): string => join(home, 'data');

const endLeftoverServer = (home: string): Promise<void> =>
  endLeftover({
    pidFile: join(clusterOf(home), 'postmaster.pid'),
    mark: clusterOf(home),
    stopSignal: STOP_SIGNAL,
  });

/** Made beside its final name, so that an interrupted first start leaves nothing half made. */
async function createCluster(place: PostgresPlace, cluster: string, isDisposable: boolean): Promise<void> {
  const unfinished = `${cluster}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  const passwordFile = writePassword(place);
  const flags = ['--encoding=UTF8', '--locale=C', '--auth=scram-sha-256', '--no-instructions'];
  if (isDisposable) flags.push('--no-sync');
  await promisify(execFile)(
    join(place.binDir, 'initdb'),
    [`--pgdata=${unfinished}`, `--username=${OWNER}`, `--pwfile=${passwordFile}`, ...flags],
    { ...(place.user && { uid: place.user.uid, gid: place.user.gid }), cwd: place.home },
  );
  renameSync(unfinished, cluster);
}

const passwordFileOf = (place: Pick<PostgresPlace, 'home'>): string => join(place.home, 'password');

/** Kept beside the cluster it belongs to, readable only by the server's user (and root). */
function writePassword(place: PostgresPlace): string {
  const file = passwordFileOf(place);
  writeFileSync(file, `${randomBytes(18).toString('hex')}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
  if (place.user) chownSync(file, place.user.uid, place.user.gid);
  return file;
}

/**
 * Where the PostgreSQL of a data folder answers while it runs.
 * @throws Error if nothing was ever started from that folder
 */
export function embeddedPostgresUrl(dataDir: string, port: number): string {
  const home = findPostgresHome(dataDir);
  if (existsSync(passwordFileOf({ home }))) return urlOf({ home }, port);
  throw new Error(`${dataDir} has no PostgreSQL: run npm start there first, or set DATABASE_URL`);
}

function urlOf(place: Pick<PostgresPlace, 'home'>, port: number, database = DATABASE): string {
  const password = readFileSync(passwordFileOf(place), 'utf8').trim();
  return `postgresql://${OWNER}:${password}@127.0.0.1:${port}/${database}`;
}

/** Tries again while the shared memory of a killed server is still in use; its last processes end within moments. */
async function startServer(
  place: PostgresPlace,
  cluster: string,
  options: PostgresOptions,
  url: string,
): Promise<LeashedProcess> {
  for (let attempt = 1; ; attempt += 1) {
    const logStart = sizeOf(options.logFile);
    const server = spawnServer(place, cluster, options);
    if (await isReady(server, url)) return server;
    const log = options.logFile === undefined ? '' : readFileSync(options.logFile, 'utf8').slice(logStart);
    if (attempt === START_ATTEMPTS || !log.includes('shared memory block')) throw await startFailure(server, options);
    await delay(500);
  }
}

const sizeOf = (file: string | undefined): number => (file && existsSync(file) ? statSync(file).size : 0);

async function startFailure(server: LeashedProcess, { port, logFile }: PostgresOptions): Promise<Error> {
  const how = describeExit(await server.ended);
  const log = lastLines(logFile, 5);
  return new Error(`PostgreSQL did not start on port ${port} (${how})${log && `; the end of its log:\n${log}`}`);
}

function spawnServer(place: PostgresPlace, cluster: string, options: PostgresOptions): LeashedProcess {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    max_connections: 200,
    ...(options.isDisposable && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return startForeign({
    command: join(place.binDir, 'postgres'),
    args: ['-D', cluster, '-p', String(options.port), ...flags],
    stopSignal: STOP_SIGNAL,
    graceMs: GRACE_MS,
    uid: place.user?.uid,
    gid: place.user?.gid,
    cwd: place.home,
    logFile: options.logFile,
  });
}

/** Whether the server answers; false once its process has ended. */
async function isReady(server: LeashedProcess, url: string): Promise<boolean> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!server.hasEnded()) {
    if (await answers(maintenanceUrl(url))) return true;
    if (Date.now() > deadline) await server.stop();
    await delay(50);
  }
  return false;
}

const maintenanceUrl = (url: string): string => Object.assign(new URL(url), { pathname: '/postgres' }).href;

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: maintenanceUrl(url) });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(DATABASE)}`);
  } finally {
    await client.end();
  }
}
