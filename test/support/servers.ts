// Here live the real parts that tests run against, and the builders that several folders of tests share.
// No test lives here, and nothing here stands in for code of ours.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import pg from 'pg';
import { startInbox as startInboxOn, type Inbox, type InboxOptions } from '../../src/embedded/inbox.js';
import { findFreePort } from '../../src/embedded/ports.js';
import { startPostgres } from '../../src/embedded/postgres.js';
import { findTemporalCli } from '../../src/embedded/temporal-cli.js';
import { startTemporal } from '../../src/embedded/temporal-server.js';
import { ensureSearchAttributes } from '../../src/temporal/search-attributes.js';
import { migrateDeploy } from '../../prisma/engine/migrate-deploy.js';

export interface TestServers {
  /** A migrated database that nobody connects to: `freshDatabase` copies it. */
  readonly templateUrl: string;
  readonly temporalAddress: string;
  /** For files of this run of tests; `stop` removes it. */
  readonly folder: string;
  readonly stop: () => Promise<void>;
}

const TEMPLATE_VARIABLE = 'HANDOFF_TEST_TEMPLATE_URL';
const TEMPORAL_VARIABLE = 'HANDOFF_TEST_TEMPORAL_ADDRESS';
const FOLDER_VARIABLE = 'HANDOFF_TEST_FOLDER';

/**
 * Starts PostgreSQL and Temporal for one run of tests, in a folder of their own that `stop` removes.
 * @param options.areDurable both write to disk, as under `npm start`; for benchmarks
 */
export async function startTestServers({ areDurable = false } = {}): Promise<TestServers> {
  const folder = mkdtempSync(join(tmpdir(), 'handoff-test-'));
  chmodSync(folder, 0o755); // PostgreSQL runs as another user where we are root
  const [postgres, temporal] = await Promise.all([
    startTestPostgres(folder, areDurable),
    startTestTemporal(folder, areDurable),
  ]);
  const stop = async () => {
    await Promise.all([postgres.stop(), temporal.stop()]);
    rmSync(folder, { recursive: true, force: true });
  };
  return { templateUrl: postgres.url, temporalAddress: temporal.address, folder, stop };
}

async function startTestPostgres(dataDir: string, isDurable: boolean) {
  const port = await findFreePort();
  const logFile = join(dataDir, 'postgres.log');
  const postgres = await startPostgres({ dataDir, port, logFile, isDisposable: !isDurable });
  await migrateDeploy(postgres.url);
  return postgres;
}

async function startTestTemporal(dataDir: string, isDurable: boolean) {
  const cli = await findTemporalCli({ env: process.env, dataDir, say: console.log });
  const logFile = join(dataDir, 'temporal.log');
  const server = await startTemporal({ cli, port: await findFreePort(), logFile, ...(isDurable && { dataDir }) });
  const connection = await Connection.connect({ address: server.address });
  await ensureSearchAttributes(connection, 'default');
  await connection.close();
  return server;
}

/** Lets the test processes find the servers. */
export function announce(servers: TestServers): void {
  process.env[TEMPLATE_VARIABLE] = servers.templateUrl;
  process.env[TEMPORAL_VARIABLE] = servers.temporalAddress;
  process.env[FOLDER_VARIABLE] = servers.folder;
}

/** Host and port of the Temporal server of this run; its namespace `default` has our search attributes and can skip time. */
export const temporalAddress = (): string => requireVariable(TEMPORAL_VARIABLE);

/** Where files lie that the test files of this run share, each made along with the shared database of its name. */
export const sharedFolder = (): string => requireVariable(FOLDER_VARIABLE);

function requireVariable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run this test in the project "integration"`);
  return value;
}

export interface FreshDatabase {
  readonly url: string;
  /** Also ends the connections that are still open. */
  readonly drop: () => Promise<void>;
}

/** A migrated, empty database of the caller's own. */
export function freshDatabase(): Promise<FreshDatabase> {
  const template = templateUrl();
  return copyOf(template.pathname.slice(1), template);
}

/**
 * A copy of the database `name`, which whoever asks first in a run of tests makes from an empty one, while others wait;
 * what the owner of a copy does to it nobody else sees.
 * @param make must have ended its connections when it returns; if it fails, the next one to ask makes it
 */
export async function sharedDatabase(name: string, make: (url: string) => Promise<void>): Promise<FreshDatabase> {
  const template = templateUrl();
  await asAdministrator(template, async (client) => {
    await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [name]); // until the connection ends
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await makeShared(client, name, make);
  });
  return copyOf(name, template);
}

/** Under its name a database is whole. */
async function makeShared(client: pg.Client, name: string, make: (url: string) => Promise<void>): Promise<void> {
  const { url, drop } = await freshDatabase();
  try {
    await make(url);
    await client.query(`ALTER DATABASE ${new URL(url).pathname.slice(1)} RENAME TO ${name}`);
  } finally {
    await drop();
  }
}

const templateUrl = (): URL => new URL(requireVariable(TEMPLATE_VARIABLE));

async function copyOf(original: string, template: URL): Promise<FreshDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const administer = (sql: string) => asAdministrator(template, (client) => client.query(sql));
  await administer(`CREATE DATABASE ${name} TEMPLATE ${original} STRATEGY FILE_COPY`);
  const drop = async () => void (await administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  return { url: withDatabase(template, name), drop };
}

const withDatabase = (url: URL, name: string): string => Object.assign(new URL(url), { pathname: `/${name}` }).href;

async function asAdministrator<T>(template: URL, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: withDatabase(template, 'postgres') });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A mail server of the caller's own on free ports, its mails in memory; end it with `stop`. */
export const startInbox = (options: Pick<InboxOptions, 'refuseRecipient'> = {}): Promise<Inbox> =>
  startInboxOn({ smtpPort: 0, webPort: 0, ...options });
