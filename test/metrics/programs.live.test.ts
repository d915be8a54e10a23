/** Promise: what happens to leads is seen at the metrics of the API and of the worker as people run them. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { findFreePort } from '../../src/embedded/ports.js';
import { ADMIN_KEY, leadBody } from '../api/api-world.js';
import { codesIn, tableBelow } from '../docs/page-tables.js';
import { Program } from '../support/program.js';
import { LeadWorld, until } from '../workflows/lead-world.js';
import { startWorkerProgram } from '../workflows/worker-program.js';
import { samplesIn, valueOf, type Sample } from './prometheus-text.js';

let world: LeadWorld;
let url: string;
const at: Record<'api' | 'worker', string> = { api: '', worker: '' };
const running: Program[] = [];

beforeAll(async () => {
  world = await LeadWorld.open({
    namespace: `metrics-${randomUUID()}`,
    set: {
      'clocks.first-response.within': '10s',
      'clocks.first-response.overrides': [],
      'clocks.first-response.warn': [],
      'ladders.not-followed-up.1.after': '2s',
    },
  });
  const [apiPort, apiMetrics, workerMetrics] = [await findFreePort(), await findFreePort(), await findFreePort()];
  url = `http://127.0.0.1:${apiPort}`;
  at.api = `http://127.0.0.1:${apiMetrics}/metrics`;
  at.worker = `http://127.0.0.1:${workerMetrics}/metrics`;
  const metricsPorts = {
    HANDOFF_API_METRICS_PORT: String(apiMetrics),
    HANDOFF_WORKER_METRICS_PORT: String(workerMetrics),
  };
  const environment = { ...world.environment, ...metricsPorts };
  const own = { HANDOFF_ADMIN_KEY: ADMIN_KEY, HANDOFF_API_PORT: String(apiPort) };
  running.push(Program.start('src/bin/api.ts', { ...environment, ...own }));
  running.push(await startWorkerProgram({ environment, client: world.client }));
  await until('the API answers', async () => (await fetch(`${url}/healthz`).catch(() => undefined))?.ok, 90_000);
}, 180_000);
afterAll(async () => {
  await Promise.all(running.map((program) => program.end('SIGKILL')));
  await world.close();
});

const scrape = async (program: 'api' | 'worker'): Promise<string> => (await fetch(at[program])).text();

/** Waits until a series has come to a value at least. */
const untilAtLeast = (program: 'api' | 'worker', name: string, labels: Sample['labels'], least: number) =>
  until(
    `${name} ${JSON.stringify(labels)} is ${least}`,
    async () => ((valueOf(await scrape(program), name, labels) ?? 0) >= least ? true : undefined),
    60_000,
  );

async function ask(method: 'GET' | 'POST', path: string, body?: unknown) {
  const headers = { Authorization: `Bearer ${ADMIN_KEY}`, 'Content-Type': 'application/json' };
  const response = await fetch(`${url}${path}`, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Readonly<Record<string, unknown>> };
}

const hand = (body: object = leadBody()) => ask('POST', '/v1/leads', body);
const say = (leadId: unknown, command: string, body: object = {}) =>
  ask('POST', `/v1/leads/${String(leadId)}/commands/${command}`, body);

test('a lead handed over, spoken of, forgotten and reported moves the metrics of both programs', async () => {
  const forgotten = leadBody();
  await hand(forgotten);
  await hand(forgotten);
  await hand(leadBody({ fields: { score: 0, jobLevel: 'intern' } }));
  const { leadId } = (await hand()).body;
  expect((await say(leadId, 'accept')).status).toBe(200);
  expect((await say(leadId, 'resume')).status).toBe(409);
  expect((await ask('GET', '/v1/reports/compliance?period=2026-11')).status).toBe(200);

  const api = await scrape('api');
  for (const result of ['handed-off', 'redelivered', 'excluded']) {
    const expected = result === 'handed-off' ? 2 : 1;
    expect([result, valueOf(api, 'handoff_intakes_total', { result })]).toEqual([result, expected]);
  }
  expect(valueOf(api, 'handoff_intake_duration_seconds_count')).toBe(4);
  expect(valueOf(api, 'handoff_commands_total', { type: 'accept', outcome: 'done' })).toBe(1);
  expect(valueOf(api, 'handoff_commands_total', { type: 'resume', outcome: 'refused' })).toBe(1);
  expect(valueOf(api, 'handoff_command_refusals_total', { code: 'not-paused' })).toBe(1);
  expect(valueOf(api, 'handoff_report_duration_seconds_count', { report: 'compliance', result: 'made' })).toBe(1);
  expect(valueOf(api, 'handoff_leads', { stage: 'mql' })).toBe(1);
  expect(valueOf(api, 'handoff_leads', { stage: 'sal' })).toBe(1);

  await untilAtLeast('worker', 'handoff_due_point_lag_seconds_count', { point: 'breach' }, 2);
  await untilAtLeast('worker', 'handoff_due_point_lag_seconds_count', { point: 'tier' }, 2);
  await untilAtLeast('worker', 'handoff_notices_total', { result: 'sent' }, 4);
  await untilAtLeast('worker', 'handoff_mail_duration_seconds_count', { answer: 'accepted' }, 4);
  await untilAtLeast('api', 'handoff_open_clocks', { party: 'sales', verdict: 'breached' }, 2);
}, 180_000);

test('what waits is seen with its age, and is gone when it goes on', async () => {
  await ask('POST', '/v1/notices/hold', { reason: 'rehearsal' });
  const { leadId } = (await hand()).body;
  await untilAtLeast('api', 'handoff_waiting', { what: 'held-notice' }, 1);
  await untilAtLeast('worker', 'handoff_notices_total', { result: 'held' }, 1);
  await ask('POST', '/v1/notices/release', {});
  await until(
    'no notice waits',
    async () => valueOf(await scrape('api'), 'handoff_waiting', { what: 'held-notice' }) === 0 || undefined,
    60_000,
  );

  await running[1]!.end('SIGTERM');
  expect((await say(leadId, 'accept')).status).toBe(202);
  await untilAtLeast('api', 'handoff_waiting', { what: 'undelivered-command' }, 1);
  expect(
    valueOf(await scrape('api'), 'handoff_waiting_oldest_age_seconds', { what: 'undelivered-command' }),
  ).toBeGreaterThan(0);
}, 180_000);

test('every series has the labels that the operations page says, and no lead, person or address in them', async () => {
  const page = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
  const listed = tableBelow(page, 'Metrics').map(
    ([name, , , labels]) => [codesIn(name!)[0]!, codesIn(labels!)] as const,
  );
  const labelsOf = new Map(listed);
  const samples = samplesIn(await scrape('api')).filter(({ name }) => name.startsWith('handoff_'));
  expect(samples.length).toBeGreaterThan(50);
  for (const { name, labels } of samples) {
    const known = labelsOf.get(name) ?? labelsOf.get(name.replace(/_(bucket|sum|count)$/, ''));
    expect([
      name,
      Object.keys(labels)
        .filter((label) => label !== 'le')
        .sort(),
    ]).toEqual([name, [...(known ?? [])].sort()]);
    for (const word of Object.values(labels)) expect(word).toMatch(/^[a-z-]+$|^[\d.]+$|^\+Inf$/);
  }
});
