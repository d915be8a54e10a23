// What is kept of a quiet lead is what its ledger tells, as of every instant, and it is not used once more is recorded.
import { openPastLeads } from '../../src/db/past-stories.js';
import { STORY_FORM } from '../../src/db/kept-story.js';
import type { LeadEvent } from '../../src/domain/lifecycle/events.js';
import type { PastLead } from '../../src/domain/what-if/past-lead.js';
import { aLead, pass, tell, type LeadMade } from '../builders/lead.js';
import * as say from '../builders/facts.js';
import { when } from '../builders/week.js';
import { numbered } from './numbered.js';
import { openFresh, type Opened } from './opened.js';

let opened: Opened;
beforeEach(async () => {
  opened = await openFresh();
});
afterEach(() => opened.close());

function ledgerOf(leadId: string, facts: readonly say.Fact[], made: LeadMade = {}): readonly LeadEvent[] {
  const told = facts.reduce((lead, fact) => tell(lead, fact).lead, aLead(made));
  return pass(told, '+1 fri 09:00').run.events.map((event) => ('leadId' in event ? { ...event, leadId } : event));
}

const ledgers: Readonly<Record<string, readonly LeadEvent[]>> = {
  worked: ledgerOf('worked', [say.touch('tue 11:00'), say.status('wed 10:00'), say.touch('thu 10:00')]),
  silent: ledgerOf('silent', []),
  excluded: ledgerOf('excluded', [], { fields: { employees: 5 } }),
  moved: ledgerOf('moved', [say.pause('tue 10:30'), say.resume('wed 10:30'), say.reassign('wed 11:00', 'rep-west-1')]),
};
const leadIds = Object.keys(ledgers);

const append = (leadId: string, until = Infinity): Promise<void> =>
  opened.database.ledger.append(leadId, ledgers[leadId]!.slice(0, until));
const storyKeeper = () => opened.database.storyKeeper;
const forget = () => opened.sql.query('DELETE FROM past_story');
const keptCount = async () => (await opened.sql.query('SELECT FROM past_story')).rowCount;

/** So that a story which is read as it is kept can be told from one that its ledger tells. */
const markKept = () => opened.sql.query(`UPDATE past_story SET told = jsonb_set(told::jsonb, '{4}', 'true')`);

async function keepAll(): Promise<void> {
  while ((await storyKeeper().keepPage(0)) > 0);
}

/** As they are kept, and with clocks in a fixed order, for the ledger's rows come in none. */
async function readAll(asOf: number): Promise<readonly PastLead[]> {
  const reader = openPastLeads(opened.url, 'default');
  const leads: PastLead[] = [];
  const cohort = { agreementName: 'inbound-saas', from: when('mon 00:00'), to: when('+1 mon 00:00'), asOf };
  for await (const page of reader.read(cohort, { index: 0, count: 1 })) leads.push(...page);
  await reader.close();
  return leads
    .map(numbered)
    .map((lead) => ({ ...lead, was: lead.was && { ...lead.was, clocks: lead.was.clocks.map(json).toSorted() } }))
    .toSorted((a, b) => (a.story.handOff.leadId < b.story.handOff.leadId ? -1 : 1)) as unknown as PastLead[];
}

const json = (value: unknown): string => JSON.stringify(value);
const soon = () => Date.now() + 1_000;

/** Just before and at every recording. */
async function recordings(): Promise<readonly number[]> {
  const { rows } = await opened.sql.query<{ at: Date }>(
    'SELECT DISTINCT recorded_at AS at FROM lead_event ORDER BY at',
  );
  return rows.flatMap(({ at }) => [at.getTime(), at.getTime() + 1]);
}

test('a kept story is what the ledger tells, lead by lead, as of every recording', async () => {
  for (const part of [1, 3, 8, 15, Infinity]) for (const leadId of leadIds) await append(leadId, part);
  const asOfs = await recordings();
  const told = await Promise.all(asOfs.map(readAll));
  await keepAll();
  expect(await keptCount()).toBe(leadIds.length);
  expect(told.at(-1)).toHaveLength(leadIds.length);
  for (const [index, asOf] of asOfs.entries()) expect(await readAll(asOf)).toEqual(told[index]);
});

test('a kept story is read instead of the ledger, until something more is recorded of the lead', async () => {
  await append('worked', 8);
  await keepAll();
  await markKept();
  expect((await readAll(soon()))[0]?.story.wasExcluded).toBe(true);
  await append('worked');
  const told = await readAll(soon());
  await forget();
  expect(told[0]?.story.wasExcluded).toBe(false);
  expect(told).toEqual(await readAll(soon()));
});

test('a lead that spoke again is kept anew once it is quiet again', async () => {
  await append('worked', 8);
  await append('silent');
  await keepAll();
  await append('worked');
  expect(await storyKeeper().keepPage(3_600_000)).toBe(0);
  expect(await storyKeeper().keepPage(0)).toBe(1);
  const { rows } = await opened.sql.query(`SELECT seq FROM past_story WHERE lead_id = 'worked'`);
  expect(rows).toEqual([{ seq: ledgers['worked']!.length }]);
});

test('a story of another form is not read, and is kept anew', async () => {
  await append('worked');
  await keepAll();
  await markKept();
  await opened.sql.query('UPDATE past_story SET form = form - 1; UPDATE past_story_watermark SET form = form - 1');
  expect((await readAll(soon()))[0]?.story.wasExcluded).toBe(false);
  await keepAll();
  const { rows } = await opened.sql.query('SELECT form, told FROM past_story');
  expect(rows).toEqual([{ form: STORY_FORM, told: expect.stringContaining('"worked"') }]);
  await markKept();
  expect((await readAll(soon()))[0]?.story.wasExcluded).toBe(true);
});

test('every lead is kept when many were recorded at one instant, more than a page takes', async () => {
  await append('silent');
  await opened.sql.query(`
    INSERT INTO lead SELECT (json_populate_record(lead, json_build_object('id', 'copy-' || n))).*
      FROM lead, generate_series(1, 450) AS n;
    INSERT INTO lead_event SELECT (json_populate_record(event, json_build_object('lead_id', 'copy-' || n))).*
      FROM lead_event AS event, generate_series(1, 450) AS n`);
  await keepAll();
  expect(await keptCount()).toBe(451);
});

test('two processes that keep at the same time do not keep the same page twice', async () => {
  for (const leadId of leadIds) await append(leadId);
  const counts = await Promise.all([storyKeeper().keepPage(0), storyKeeper().keepPage(0)]);
  expect(counts.toSorted()).toEqual([0, leadIds.length]);
});
