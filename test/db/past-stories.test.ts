// What-if reads of past leads what a fold of their whole ledgers would say, each lead once, as of an instant.
import { openPastLeads } from '../../src/db/past-stories.js';
import type { LeadEvent } from '../../src/domain/lifecycle/events.js';
import { consequenceTypes, storyOf } from '../../src/domain/what-if/facts.js';
import { outcomeOf, type LeadOutcome } from '../../src/domain/what-if/outcome.js';
import type { PastLead } from '../../src/domain/what-if/past-lead.js';
import type { HistoryRow } from '../../src/domain/what-if/ports.js';
import { aLead, pass, tell, type LeadMade } from '../builders/lead.js';
import * as say from '../builders/facts.js';
import { when } from '../builders/week.js';
import { openFresh, type Opened } from './opened.js';

let opened: Opened;
beforeAll(async () => {
  opened = await openFresh();
});
afterAll(() => opened.close());

function ledgerOf(leadId: string, facts: readonly say.Fact[], made: LeadMade = {}): readonly LeadEvent[] {
  const told = facts.reduce((lead, fact) => tell(lead, fact).lead, aLead(made));
  const { events } = pass(told, '+1 fri 09:00').run;
  return events.map((event) => ('leadId' in event ? { ...event, leadId } : event));
}

const ledgers: Readonly<Record<string, readonly LeadEvent[]>> = {
  'lead-a': ledgerOf('lead-a', [say.touch('tue 11:00'), say.status('wed 10:00')]),
  'lead-b': ledgerOf('lead-b', []),
  'lead-c': ledgerOf('lead-c', [say.reject('tue 12:00', 'not-icp', 'a student')]),
  'lead-d': ledgerOf('lead-d', [], { fields: { employees: 5 } }),
  'lead-e': ledgerOf('lead-e', [
    say.pause('tue 10:30'),
    say.resume('wed 10:30'),
    say.reassign('wed 11:00', 'rep-west-1'),
  ]),
  'lead-f': ledgerOf('lead-f', [], { at: '2026-10-06 10:00' }),
};

const cohort = { agreementName: 'inbound-saas', from: when('mon 00:00'), to: when('+1 mon 00:00') };

async function readAll(asOf: number, count = 1): Promise<PastLead[]> {
  const leads: PastLead[] = [];
  for (let index = 0; index < count; index += 1) {
    const reader = openPastLeads(opened.url, 'default');
    for await (const page of reader.read({ ...cohort, asOf }, { index, count })) leads.push(...page);
    await reader.close();
  }
  return leads.toSorted((a, b) => (a.story.handOff.leadId < b.story.handOff.leadId ? -1 : 1));
}

const isFact = ({ type }: LeadEvent): boolean => !(consequenceTypes as readonly string[]).includes(type);
const inOrder = ({ clocks, tiers, ...outcome }: LeadOutcome) => ({
  ...outcome,
  clocks: clocks.toSorted((a, b) => (`${a.cycle}${a.clock}${a.n}` < `${b.cycle}${b.clock}${b.n}` ? -1 : 1)),
  tiers,
});

describe('past leads of ours', () => {
  beforeAll(async () => {
    for (const [leadId, events] of Object.entries(ledgers)) await opened.database.ledger.append(leadId, events);
  });

  test('come with the facts and the outcome that their ledgers fold to, if handed off in the period', async () => {
    const leads = await readAll(Date.now() + 1_000);
    const expected = ['lead-a', 'lead-b', 'lead-c', 'lead-d', 'lead-e'].map((id) => ledgers[id]!);
    expect(leads.map(({ story }) => story)).toEqual(expected.map((events) => storyOf(events.filter(isFact))));
    expect(leads.map(({ was }) => inOrder(was!))).toEqual(expected.map((events) => inOrder(outcomeOf(events))));
  });

  test('are each in exactly one share', async () => {
    const asOf = Date.now() + 1_000;
    expect(await readAll(asOf, 3)).toEqual(await readAll(asOf));
  });

  test('are none as of an instant before they were recorded', async () => {
    expect(await readAll(Date.now() - 3_600_000)).toEqual([]);
  });
});

describe('imported history', () => {
  const at = when('tue 10:00');
  const handOff = (externalId: string, id = `hand-off-${externalId}`): HistoryRow => ({
    source: 'crm',
    externalId,
    id,
    says: { kind: 'hand-off', lead: { agreementName: 'inbound-saas', at, handOff: { fields: { a: 1 }, signals: [] } } },
  });
  const accept = (externalId: string, atMs: number): HistoryRow => ({
    source: 'crm',
    externalId,
    id: `accept-${externalId}-${atMs}`,
    says: { kind: 'fact', command: { type: 'accept', at: atMs, by: 'ann', id: `accept-${atMs}` } },
  });
  const importRows = (rows: readonly HistoryRow[]) =>
    opened.database.history.importRows(rows, { by: 'ops', principal: 'admin' });

  test('keeps good rows, and says of each other one why it is refused', async () => {
    await opened.sql.query(`UPDATE lead SET source = 'crm', external_id = 'ours' WHERE id = 'lead-b'`);
    const rows = [handOff('x'), accept('x', at + 1), accept('y', at), accept('x', at - 1), handOff('ours')];
    expect(await importRows(rows)).toEqual(['stored', 'stored', 'no-hand-off', 'before-hand-off', 'own-lead']);
    await opened.sql.query(`UPDATE lead SET source = NULL, external_id = NULL WHERE id = 'lead-b'`);
  });

  test('changes nothing when it comes again, and refuses another hand-off of the same lead', async () => {
    const rows = [handOff('x'), accept('x', at + 1), handOff('x', 'otherwise')];
    expect(await importRows(rows)).toEqual(['known', 'known', 'other-hand-off']);
    const { rows: counts } = await opened.sql.query(
      'SELECT (SELECT count(*)::int FROM imported_lead) AS leads, (SELECT count(*)::int FROM imported_fact) AS facts',
    );
    expect(counts).toEqual([{ leads: 1, facts: 1 }]);
  });

  test('is read beside the leads of ours, and is in no list of them', async () => {
    const imported = (await readAll(Date.now() + 1_000)).filter(({ was }) => was === undefined);
    expect(imported.map(({ story }) => story)).toEqual([
      {
        handOff: { leadId: 'crm:x', at, source: 'crm', externalId: 'x', fields: { a: 1 }, signals: [] },
        facts: [{ command: { type: 'accept', at: at + 1, by: 'ann', id: `accept-${at + 1}` } }],
        moves: [],
        wasExcluded: false,
        changedAgreement: false,
      },
    ]);
    expect(await opened.database.leads.find('crm:x')).toBeUndefined();
  });
});
