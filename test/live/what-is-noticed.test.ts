/**
 * The promise: a live run tells what differs, keeps to its own time, and stays out of the product's way.
 */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client, Connection, WorkflowFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { calendarKeys } from '../../src/bin/calendar-ports.js';
import {
  openLiveScenarios,
  workQuietly,
  type LiveScenarios,
} from '../../src/bin/live-scenarios/open-live-scenarios.js';
import { startScenarioServers } from '../../src/bin/live-scenarios/servers.js';
import { findTemporalCli } from '../../src/embedded/temporal-cli.js';
import { testScenariosLive, type ScenarioResult } from '../../src/scenarios/index.js';
import { findSkippingObstacle } from '../../src/temporal/virtual-clock.js';
import { bundleWorkflows, connectWorker, createWorker } from '../../src/temporal/worker.js';
import { leadLifecycleType, scriptedTimeRefused, type LeadInput } from '../../workflows/messages.js';
import { freshDatabase, temporalAddress, type FreshDatabase } from '../support/servers.js';

const spec = resolve(import.meta.dirname, '../spec');
const namespace = 'default';

let database: FreshDatabase;
let live: LiveScenarios;
let connection: Connection;
beforeAll(async () => {
  workQuietly();
  database = await freshDatabase();
  const address = temporalAddress();
  live = await openLiveScenarios({ databaseUrl: database.url, temporal: { address, namespace } });
  connection = await Connection.connect({ address });
}, 180_000);
afterAll(async () => {
  await live.close();
  await connection.close();
  await database.drop();
});

/** Runs one scenario of the specification, written otherwise. */
async function run(name: string, change: (text: string) => string): Promise<ScenarioResult> {
  const file = join(spec, 'scenarios', name);
  const read = (path: string) => readFileSync(path, 'utf8');
  const sources = {
    calendars: calendarKeys,
    readText: (path: string) => (path === file ? change(read(path)) : read(path)),
  };
  const [result] = await testScenariosLive([file], { sources, ports: live.ports, tell: () => undefined });
  return result!;
}

const differencesOf = (result: ScenarioResult) => (result.kind === 'failed' ? result.differences : []);

test('an expectation that is 1 ms off is told with what really happened', async () => {
  const result = await run('01-answered-at-once.yaml', (text) =>
    text.replace('dueAt: 2026-11-16T19:00:00Z', 'dueAt: 2026-11-16T19:00:00.001Z'),
  );
  expect(differencesOf(result)).toEqual([
    { where: 'clocks first-response 1, dueAt', expected: '2026-11-16T19:00:00.001Z', actual: '2026-11-16T19:00:00Z' },
  ]);
}, 120_000);

test('a lead that settled long ago still hears what the scenario says', async () => {
  const result = await run('33-please-stop.yaml', (text) =>
    text
      .replace('until: 2026-11-20', 'until: 2027-08-01')
      .replace(
        'outcome: sent }',
        'outcome: sent }\n  - { at: 2027-07-01T00:00:00Z, do: enrich, by: intake, fields: { city: Ulm } }',
      ),
  );
  expect(result).toMatchObject({ kind: 'passed' });
}, 120_000);

test("the product's own queue refuses a lead that lives in a scenario's time", async () => {
  const client = new Client({ connection, namespace });
  const native = await connectWorker({ address: temporalAddress(), namespace });
  const workflowBundle = await bundleWorkflows();
  const worker = await createWorker({ connection: native, namespace, activities: {}, workflowBundle, graceMs: 100 });
  const input: LeadInput = {
    workspace: 'default',
    leadId: 'ld-scripted',
    events: [],
    context: { agreements: {}, windows: {} },
    clockOffsetMs: 1,
  };
  const options = { taskQueue: 'handoff', workflowId: 'lead:ld-scripted', args: [input] as [LeadInput] };
  const refused = worker.runUntil(
    client.workflow.execute<(input: LeadInput) => Promise<unknown>>(leadLifecycleType, options),
  );
  const failure = await refused.catch((error: unknown) => error);
  await native.close();
  expect(failure).toBeInstanceOf(WorkflowFailedError);
  expect((failure as WorkflowFailedError).cause).toBeInstanceOf(ApplicationFailure);
  expect((failure as WorkflowFailedError).cause).toMatchObject({ type: scriptedTimeRefused, nonRetryable: true });
}, 120_000);

test('a server that can skip time is known by its answer', async () => {
  expect(await findSkippingObstacle(new Client({ connection, namespace }))).toBeUndefined();
});

test('scenarios run on a server of their own where the configured one cannot skip time, and say so', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'handoff-live-'));
  const { path } = await findTemporalCli({ env: process.env, dataDir, say: console.log });
  const stock = await TestWorkflowEnvironment.createLocal({ server: { executable: { type: 'existing-path', path } } });
  const said: string[] = [];
  const env = { ...process.env, DATABASE_URL: database.url, TEMPORAL_ADDRESS: stock.address };
  const servers = await startScenarioServers(env, (line) => void said.push(line));
  await Promise.all([servers.stop(), stock.teardown()]);
  expect(servers.databaseUrl).toBe(database.url);
  expect(servers.temporal.address).not.toBe(stock.address);
  expect(said.join()).toMatch(/cannot skip time \(.*Time-Skipping.*own.*frontend.WorkflowTimeSkippingEnabled=true/);
}, 120_000);

test('a configured server that does not answer is named, with what to do', async () => {
  const env = { ...process.env, DATABASE_URL: database.url, TEMPORAL_ADDRESS: '127.0.0.1:1' };
  await expect(startScenarioServers(env, () => undefined)).rejects.toThrow(
    /127.0.0.1:1; start one, .*TEMPORAL_ADDRESS/,
  );
}, 60_000);
