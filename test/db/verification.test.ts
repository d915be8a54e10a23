/** Promise: what is made of the ledger is found wherever it differs from it, and can be made anew; the ledger never is. */
import pg from 'pg';
import { verifyLedger } from '../../src/bin/handoff/verify-ledger.js';
import type { LedgerDifference } from '../../src/cli/index.js';
import { LeadWorld, type LiveLead } from '../workflows/lead-world.js';

let world: LeadWorld;
let lead: LiveLead;

beforeAll(async () => {
  world = await LeadWorld.open();
  lead = await world.handOff();
  await lead.untilRecorded('notified');
  await lead.say('touch', { channel: 'phone', outcome: 'no-answer' });
  await lead.say('pause', { reason: 'fair' });
  await lead.say('resume', {});
  await lead.say('dispute', { reason: 'a student' });
  await lead.say('resolve-dispute', { decision: 'denied' });
}, 60_000);
afterAll(() => world.close());

async function verify(isToRepair = false) {
  const differences: LedgerDifference[] = [];
  const deps = { database: world.database, client: world.client, now: Date.now };
  const tell = (difference: LedgerDifference) => void differences.push(difference);
  const tally = await verifyLedger(deps, { isToRepair, tell });
  return { ...tally, differences };
}

async function run(sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: world.environment['DATABASE_URL'] });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows as readonly Record<string, unknown>[];
}

const allRows = async () =>
  Promise.all(
    ['lead', 'sla_clock', 'touch', 'escalation', 'disposition', 'dispute', 'routing_load'].map(async (table) =>
      (await run(`SELECT to_json(one)::text AS row FROM ${table} AS one ORDER BY 1`)).map(({ row }) => row),
    ),
  );

test('nothing differs after a lead has been worked', async () => {
  expect(await verify()).toEqual({
    leadCount: 1,
    differenceCount: 0,
    mendedCount: 0,
    unaskedCount: 0,
    differences: [],
  });
});

test.each([
  { table: 'lead', spoil: `UPDATE lead SET stage = 'nurture'` },
  { table: 'sla_clock', spoil: `UPDATE sla_clock SET due_at = due_at + interval '1 ms' WHERE clock = 'acceptance'` },
  { table: 'sla_clock', spoil: `DELETE FROM sla_clock WHERE superseded_at IS NOT NULL` },
  { table: 'sla_clock', spoil: `UPDATE sla_clock SET superseded_at = clock_timestamp() WHERE superseded_at IS NULL` },
  { table: 'touch', spoil: `UPDATE touch SET outcome = 'reached'` },
  { table: 'dispute', spoil: `DELETE FROM dispute` },
  { table: 'routing_load', spoil: `UPDATE routing_load SET open_lead_count = 7` },
])('$table differs after: $spoil; it is told, and mended to the last microsecond', async ({ table, spoil }) => {
  const before = await allRows();
  await run(spoil);
  const found = await verify();
  expect(found).toMatchObject({ mendedCount: 0 });
  expect(found.differences.map(({ where }) => where)).toContain(table);
  if (table === 'lead') expect(found.differences[0]!.what).toBe(`${lead.id}: stage is "nurture", should be "sal"`);
  const mended = await verify(true);
  expect(mended.mendedCount).toBe(mended.differenceCount);
  expect(await allRows()).toEqual(before);
  expect(await verify()).toMatchObject({ differenceCount: 0 });
});

test('a workflow that is lost is told, and is not for this command to mend', async () => {
  const other = await world.handOff();
  await other.untilRecorded('notified');
  await other.handle.terminate('lost, says the test');
  expect(await verify(true)).toMatchObject({
    mendedCount: 0,
    differences: [{ leadId: other.id, where: 'workflow', what: expect.stringContaining('terminated') }],
  });
});
