/**
 * How long a caller waits for `POST /v1/leads`, and how many leads a second get a workflow, against bare starts of the
 * same workflow type with the same input on the same server in the same run; no worker runs. With 1 and 50 callers at
 * a time, the caller's p50 is at most that of a bare start, and the rate until every workflow has started is at least
 * 0.7 of it. Rounds alternate, and medians are compared, because the machine has other things to do as well.
 * Both are warm: their code has run some thousand times, and the tables have statistics, as after their first minutes.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { Agent, request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import pg from 'pg';
import { migrateDeploy } from '../prisma/engine/migrate-deploy.js';
import { seed } from '../src/bin/demo/seed.js';
import { openDatabase, type Database } from '../src/db/index.js';
import type { LeadStart } from '../src/domain/ports.js';
import { findFreePort } from '../src/embedded/ports.js';
import { startPostgres } from '../src/embedded/postgres.js';
import { findTemporalCli } from '../src/embedded/temporal-cli.js';
import { startTemporal } from '../src/embedded/temporal-server.js';
import { ensureSearchAttributes } from '../src/temporal/search-attributes.js';
import { leadLifecycleType, taskQueue } from '../workflows/messages.js';

const loads = [
  { callerCount: 1, leadCount: 150, roundCount: 11 },
  { callerCount: 50, leadCount: 600, roundCount: 5 },
] as const;
const RATE_SHARE_MIN = 0.7;
const WORKSPACE = 'default';
const ADMIN_KEY = 'admin-key-of-the-benchmark';

const warmUp = { callerCount: 20, leadCount: 3_000 };

interface Load {
  readonly callerCount: number;
  readonly leadCount: number;
}

interface Round {
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Leads a second, until every workflow had started. */
  readonly rate: number;
}

/** Does `work` so many times, so many at a time, and says how long each took and all until `finished`. */
async function round(
  { callerCount, leadCount }: Load,
  work: () => Promise<void>,
  finished: () => Promise<void>,
): Promise<Round> {
  const waitsMs: number[] = [];
  let left = leadCount;
  const beganAt = performance.now();
  const caller = async () => {
    while (left-- > 0) {
      const from = performance.now();
      await work();
      waitsMs.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: callerCount }, caller));
  await finished();
  const rate = (leadCount / (performance.now() - beganAt)) * 1_000;
  return { p50Ms: quantile(waitsMs, 0.5), p99Ms: quantile(waitsMs, 0.99), rate };
}

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((one, other) => one - other)[Math.floor(share * (values.length - 1))] ?? Number.NaN;

const median = (rounds: readonly Round[], figure: keyof Round): number =>
  quantile(
    rounds.map((one) => one[figure]),
    0.5,
  );

/** One caller's connection is kept, as marketing automation keeps its own. */
const agent = new Agent({ keepAlive: true, maxSockets: 50 });
let postedCount = 0;

/** Hands one lead over and waits for the answer. */
async function post(apiPort: number): Promise<void> {
  postedCount += 1;
  const sent = request({
    agent,
    port: apiPort,
    host: '127.0.0.1',
    path: '/v1/leads',
    method: 'POST',
    headers: { Authorization: `Bearer ${ADMIN_KEY}`, 'Content-Type': 'application/json' },
  });
  sent.end(JSON.stringify(leadNumber(postedCount)));
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  response.resume();
  await once(response, 'end');
  if (response.statusCode !== 201) throw new Error(`a lead was answered with ${response.statusCode}`);
}

const leadNumber = (number: number) => ({
  source: 'benchmark',
  externalId: `lead-${number}`,
  fields: {
    email: `lead-${number}@acme.example`,
    firstName: 'Ada',
    lastName: 'Byron',
    company: 'Acme',
    jobTitle: 'Director of Operations',
    jobLevel: 'director',
    country: 'US',
    employees: 120,
    source: 'webinar',
    score: 82,
    industry: 'software',
    annualRevenue: 12_000_000,
  },
  signals: [{ action: 'content-download', at: '2026-11-20T10:00:00Z' }],
});

/** Returns once no lead waits for its workflow. */
async function allStarted({ intake }: Database): Promise<void> {
  while ((await intake.listUnstarted(0, 1)).length > 0) await delay(10);
}

let startedCount = 0;

/** Starts one workflow as the API does, and nothing else. */
async function bareStart(client: Client, start: LeadStart): Promise<void> {
  startedCount += 1;
  const leadId = `bare-${startedCount}`;
  await client.workflow.start(leadLifecycleType, {
    taskQueue,
    workflowId: `lead:${leadId}`,
    args: [{ ...start, leadId }],
    staticSummary: 'Acme · Ada Byron',
    memo: { lead: 'Acme · Ada Byron' },
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    workflowIdConflictPolicy: 'USE_EXISTING',
  });
}

interface Parts {
  readonly database: Database;
  readonly client: Client;
  readonly apiPort: number;
  readonly start: LeadStart;
}

const bareRound = (load: Load, { client, start }: Parts): Promise<Round> =>
  round(
    load,
    () => bareStart(client, start),
    () => Promise.resolve(),
  );

const intakeRound = (load: Load, { database, apiPort }: Parts): Promise<Round> =>
  round(
    load,
    () => post(apiPort),
    () => allStarted(database),
  );

/** Runs both paths for a while, then gathers the statistics that the database would gather within a minute. */
async function warm(parts: Parts, databaseUrl: string): Promise<void> {
  await bareRound(warmUp, parts);
  await intakeRound(warmUp, parts);
  const connection = new pg.Client({ connectionString: databaseUrl });
  await connection.connect();
  await connection.query('ANALYZE');
  await connection.end();
}

async function compare(load: (typeof loads)[number], parts: Parts): Promise<boolean> {
  const bare: Round[] = [];
  const intake: Round[] = [];
  for (let done = 0; done < load.roundCount; done += 1) {
    bare.push(await bareRound(load, parts));
    intake.push(await intakeRound(load, parts));
  }
  print(load.callerCount, 'bare start', bare);
  print(load.callerCount, 'POST /v1/leads', intake);
  const p50Share = median(intake, 'p50Ms') / median(bare, 'p50Ms');
  const rateShare = median(intake, 'rate') / median(bare, 'rate');
  const isKept = p50Share <= 1 && rateShare >= RATE_SHARE_MIN;
  console.log(`     intake / bare   p50 ${p50Share.toFixed(2)}   rate ${rateShare.toFixed(2)}\n`);
  return isKept;
}

function print(callerCount: number, what: string, rounds: readonly Round[]): void {
  const figures = (['p50Ms', 'p99Ms', 'rate'] as const).map((figure) => median(rounds, figure).toFixed(1).padStart(8));
  const [p50, p99, rate] = figures;
  console.log(`${String(callerCount).padStart(3)}  ${what.padEnd(15)} p50 ${p50} ms   p99 ${p99} ms   ${rate} leads/s`);
}

/** The API as a program of its own, as it runs in production. */
async function startApi(databaseUrl: string, temporalAddress: string): Promise<{ port: number; child: ChildProcess }> {
  const port = await findFreePort();
  const child = spawn(process.execPath, ['--import', './src/bin/one-module.mjs', 'src/bin/api.ts'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      TEMPORAL_ADDRESS: temporalAddress,
      HANDOFF_API_PORT: String(port),
      HANDOFF_ADMIN_KEY: ADMIN_KEY,
      HANDOFF_LINK_SECRET: 'link-secret-of-the-benchmark',
    },
  });
  while (!(await isReady(port))) await delay(100);
  return { port, child };
}

const isReady = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );

/** The input that intake gives a workflow, taken from a lead that it took. */
async function sampleStart(client: Client, database: Database, apiPort: number): Promise<LeadStart> {
  await post(apiPort);
  await allStarted(database);
  const lead = await database.leads.find(`benchmark:lead-${postedCount}`);
  const history = await client.workflow.getHandle(`lead:${lead?.leadId}`).fetchHistory();
  const input = history.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0]?.data;
  return JSON.parse(Buffer.from(input ?? '').toString()) as LeadStart;
}

const folder = mkdtempSync(join(tmpdir(), 'handoff-bench-'));
chmodSync(folder, 0o755); // PostgreSQL runs as another user where we are root
const toEnd: (() => Promise<unknown> | void)[] = [() => rmSync(folder, { recursive: true, force: true })];
try {
  const postgres = await startPostgres({
    dataDir: folder,
    port: await findFreePort(),
    logFile: join(folder, 'pg.log'),
  });
  toEnd.push(postgres.stop);
  await migrateDeploy(postgres.url);
  const cli = await findTemporalCli({ env: process.env, dataDir: folder, say: console.log });
  const temporal = await startTemporal({ cli, port: await findFreePort(), dataDir: folder });
  toEnd.push(temporal.stop);
  const database = openDatabase(postgres.url, { workspace: WORKSPACE, connectionCountMax: 2 });
  toEnd.push(database.close);
  await seed(database);
  const connection = await Connection.connect({ address: temporal.address });
  toEnd.push(() => connection.close());
  await ensureSearchAttributes(connection, 'default');
  const client = new Client({ connection });
  const { port: apiPort, child } = await startApi(postgres.url, temporal.address);
  toEnd.push(async () => {
    child.kill('SIGTERM');
    await once(child, 'exit');
  });
  const parts: Parts = { database, client, apiPort, start: await sampleStart(client, database, apiPort) };
  console.log(
    `workflow input: ${JSON.stringify(parts.start).length} bytes; medians of ${loads.map(({ roundCount }) => roundCount).join(' and ')} rounds\n`,
  );
  await warm(parts, postgres.url);
  const kept: boolean[] = [];
  for (const load of loads) kept.push(await compare(load, parts));
  console.log(kept.includes(false) ? 'slower than promised' : 'as fast as promised');
  if (kept.includes(false)) process.exitCode = 1;
} finally {
  agent.destroy();
  for (const end of toEnd.toReversed()) await end();
}
