/**
 * Promise: whoever is killed whenever, worker or API, no lead and no command is lost, nobody is told twice what they were
 * told, and the ledger, what is made of it and the workflows agree.
 */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { findFreePort } from '../../src/embedded/ports.js';
import { ADMIN_KEY, leadBody } from '../api/api-world.js';
import { Program } from '../support/program.js';
import { LeadWorld, until } from '../workflows/lead-world.js';
import { startWorkerProgram } from '../workflows/worker-program.js';

const LEAD_COUNT = 20;
const CALLER_COUNT = 4;
/** Every lead is handed over, every second accepted and touched, every fourth closed. */
const CALL_COUNT = LEAD_COUNT * (1 + 2 / 2 + 1 / 4);
/** Who is killed, each time after so many more answers: as if at random, and the same in every run. */
const kills = [
  { victim: 'worker', afterAnswers: 5 },
  { victim: 'api', afterAnswers: 7 },
  { victim: 'api', afterAnswers: 3 },
  { victim: 'worker', afterAnswers: 9 },
  { victim: 'worker', afterAnswers: 4 },
  { victim: 'api', afterAnswers: 6 },
] as const;
const workerKillCount = kills.filter(({ victim }) => victim === 'worker').length;

let world: LeadWorld;
let url: string;
const running: { worker?: Program; api?: Program } = {};
let answerCount = 0;

beforeAll(async () => {
  world = await LeadWorld.open({
    namespace: `killed-at-random-${randomUUID()}`,
    set: {
      'clocks.first-response.within': '10s',
      'clocks.first-response.overrides': [],
      'clocks.first-response.warn': [],
      'ladders.not-followed-up.1.after': '2s',
    },
  });
  url = `http://127.0.0.1:${await findFreePort()}`;
  await Promise.all([startWorker(), startApi()]);
}, 120_000);
afterAll(async () => {
  await Promise.all(Object.values(running).map((program) => program.end('SIGKILL')));
  await world.close();
});

async function startWorker(): Promise<void> {
  running.worker = await startWorkerProgram(world);
}

async function startApi(): Promise<void> {
  const port = new URL(url).port;
  const own = { HANDOFF_ADMIN_KEY: ADMIN_KEY, HANDOFF_API_PORT: port };
  running.api = Program.start('src/bin/api.ts', { ...world.environment, ...own });
  const isHealthy = async () => (await fetch(`${url}/healthz`).catch(() => undefined))?.ok || undefined;
  await until('the API answers', isHealthy, 90_000);
}

async function killAtRandom(): Promise<void> {
  for (const { victim, afterAnswers } of kills) {
    const from = answerCount;
    const isTime = () => answerCount >= from + afterAnswers || answerCount === CALL_COUNT || undefined;
    await until(`${afterAnswers} more answers`, isTime, 90_000);
    await running[victim]?.end('SIGKILL');
    await (victim === 'worker' ? startWorker() : startApi());
  }
}

/** Says it until somebody answers, as every caller of the API may: the same words, under the same key. */
async function insist(path: string, body: unknown, key: string): Promise<Record<string, unknown>> {
  const headers = {
    Authorization: `Bearer ${ADMIN_KEY}`,
    'Content-Type': 'application/json',
    'Idempotency-Key': key,
  };
  const say = async () => {
    const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (response.status >= 500) return undefined;
    return { ...((await response.json()) as object), httpStatus: response.status };
  };
  const answer = await until(`${path} is answered`, () => say().catch(() => undefined), 120_000);
  answerCount += 1;
  return answer;
}

/** Hands a lead over and says what is to be said of it. */
async function hand(index: number): Promise<{ leadId: string; commandIds: string[] }> {
  const { leadId } = await insist('/v1/leads', leadBody({ externalId: `lead-${index}` }), `lead-${index}`);
  const commandIds: string[] = [];
  const say = async (command: string, body: object) => {
    const answer = await insist(`/v1/leads/${String(leadId)}/commands/${command}`, body, `${index} ${command}`);
    expect([200, 202]).toContain(answer['httpStatus']);
    commandIds.push(String(answer['commandId']));
  };
  if (index % 2 === 0) {
    await say('accept', {});
    await say('touch', { channel: 'phone', outcome: 'reached' });
  }
  if (index % 4 === 0) await say('dispose', { reason: 'not-interested', notes: 'has a supplier' });
  return { leadId: String(leadId), commandIds };
}

async function handAll() {
  const handed: Awaited<ReturnType<typeof hand>>[] = [];
  let next = 0;
  const caller = async () => {
    for (let index = next++; index < LEAD_COUNT; index = next++) handed.push(await hand(index));
  };
  await Promise.all(Array.from({ length: CALLER_COUNT }, caller));
  return handed;
}

async function query<Row>(sql: string): Promise<readonly Row[]> {
  const client = new pg.Client({ connectionString: world.environment['DATABASE_URL'] });
  await client.connect();
  try {
    return (await client.query(sql)).rows as readonly Row[];
  } finally {
    await client.end();
  }
}

const countOf = async (from: string): Promise<number> =>
  Number((await query<{ count: string }>(`SELECT count(*) FROM ${from}`))[0]?.count);

async function verifyLedger() {
  const program = fileURLToPath(new URL('../../scripts/handoff.mjs', import.meta.url));
  const env = { ...process.env, NODE_OPTIONS: '', ...world.environment };
  return promisify(execFile)(process.execPath, [program, 'ledger', 'verify'], { env });
}

test('while worker and API are killed again and again, everything that was answered for is done, once', async () => {
  const [handed] = await Promise.all([handAll(), killAtRandom()]);
  const untouched = handed.filter(({ commandIds }) => commandIds.length === 0).map(({ leadId }) => `'${leadId}'`);
  const done = `command WHERE outcome->>'kind' = 'done'`;
  const commandIds = handed.flatMap((lead) => lead.commandIds);
  await until('every command is done', async () => (await countOf(done)) === commandIds.length || undefined, 60_000);
  const climbed = `escalation WHERE tier = 2 AND lead_id IN (${untouched.join()})`;
  await until('both tiers have fired', async () => (await countOf(climbed)) === untouched.length || undefined, 60_000);
  // The notices that a killed worker had under way are taken over once its silence has lasted.
  const told = `notice WHERE sent_at IS NOT NULL`;
  const owners = `${told} AND kind = 'hand-off'`;
  await until('every owner is told', async () => (await countOf(owners)) === LEAD_COUNT || undefined, 60_000);
  const untold = `escalation WHERE (lead_id, seq) NOT IN (SELECT lead_id, seq FROM ${told})`;
  await until('every tier is told', async () => (await countOf(untold)) === 0 || undefined, 60_000);

  expect(new Set(handed.map(({ leadId }) => leadId)).size).toBe(LEAD_COUNT);
  expect(await countOf('lead')).toBe(LEAD_COUNT);
  expect((await verifyLedger()).stdout.trimEnd()).toBe(`${LEAD_COUNT} leads compared: nothing differs`);

  const noticed = await query<{ message_id: string }>('SELECT message_id FROM notice');
  const mailed = world.inbox.mails().map(({ messageId }) => messageId);
  expect(new Set(mailed)).toEqual(new Set(noticed.map((notice) => notice.message_id)));
  // Each kill can hit one mail between the server's yes and the row that says so; it then goes again, under its own id.
  expect(mailed.length - noticed.length).toBeLessThanOrEqual(workerKillCount);
}, 300_000);
