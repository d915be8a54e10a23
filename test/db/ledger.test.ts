import type { LeadEvent } from '../../src/domain/lifecycle/events.js';
import { foldLead } from '../../src/domain/lifecycle/evolve.js';
import { LedgerConflict, openDatabase } from '../../src/db/index.js';
import { HOUR_MS, handedOff, mondayTen, passUntil, stories } from './journeys.js';
import { openFresh, type Opened } from './opened.js';

let opened: Opened;
beforeAll(async () => {
  opened = await openFresh();
});
afterAll(() => opened.close());

/** A breached lead's first events, and those that follow. */
const aStory = (leadId: string): readonly LeadEvent[] =>
  passUntil(handedOff({ leadId }), mondayTen + 8 * HOUR_MS).events;

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('a ledger', () => {
  test('gives back what was appended, and folds to the same state', async () => {
    const events = aStory('read-back');
    await opened.database.ledger.append('read-back', events);
    const stored = await opened.database.ledger.read('read-back');
    expect(stored).toEqual(asJson(events));
    expect(foldLead(stored)).toEqual(asJson(foldLead(events)));
  });

  test('is empty for a lead that there is not', async () => {
    expect(await opened.database.ledger.read('nobody')).toEqual([]);
  });

  test('changes nothing when the same events come again, alone or with the next ones', async () => {
    const { ledger } = opened.database;
    const events = aStory('again');
    await ledger.append('again', events.slice(0, 6));
    const rowsBefore = await rowsOf('again');
    await ledger.append('again', events.slice(0, 6));
    await ledger.append('again', events.slice(2, 4));
    expect(await rowsOf('again')).toEqual(rowsBefore);
    await ledger.append('again', events.slice(3));
    expect(await ledger.read('again')).toEqual(asJson(events));
  });

  test('refuses another event in the place of a stored one, and records nothing of that append', async () => {
    const { ledger } = opened.database;
    const events = aStory('conflict');
    await ledger.append('conflict', events.slice(0, 6));
    const forged = events.map((event) => (event.seq === 3 ? { ...event, at: event.at + 1 } : event));
    await expect(ledger.append('conflict', forged)).rejects.toThrow(LedgerConflict);
    await expect(ledger.append('conflict', forged)).rejects.toThrow(/lead conflict, event 3: another event/);
    expect(await ledger.read('conflict')).toHaveLength(6);
  });

  test('refuses a gap', async () => {
    const { ledger } = opened.database;
    const events = aStory('gap');
    await expect(ledger.append('gap', events.slice(1))).rejects.toThrow(/event 1 is missing before it/);
    await ledger.append('gap', events.slice(0, 2));
    await expect(ledger.append('gap', events.slice(3))).rejects.toThrow(/event 3 is missing before it/);
  });

  test('takes the same events once from two that append at once', async () => {
    const events = aStory('at-once');
    const other = openDatabase(opened.url, { workspace: 'default' });
    await Promise.all([1, 2, 3].flatMap(() => [opened.database, other].map((d) => d.ledger.append('at-once', events))));
    await other.close();
    expect(await opened.database.ledger.read('at-once')).toEqual(asJson(events));
  });

  test('keeps the leads of two workspaces apart, even under one id', async () => {
    const elsewhere = opened.database.inWorkspace('elsewhere');
    await opened.database.ledger.append('shared-id', aStory('shared-id'));
    expect(await elsewhere.ledger.read('shared-id')).toEqual([]);
    await elsewhere.ledger.append('shared-id', aStory('shared-id').slice(0, 3));
    expect(await opened.database.ledger.read('shared-id')).toHaveLength(aStory('shared-id').length);
  });

  test('can neither be changed nor shortened', async () => {
    await opened.database.ledger.append('for-ever', aStory('for-ever'));
    for (const statement of [
      `UPDATE lead_event SET at = now() WHERE lead_id = 'for-ever'`,
      `DELETE FROM lead_event WHERE lead_id = 'for-ever'`,
      'TRUNCATE lead_event',
    ]) {
      await expect(opened.sql.query(statement)).rejects.toThrow('lead_event is append-only');
    }
  });

  test('shows as of an instant what was recorded by then', async () => {
    const { ledger } = opened.database;
    const events = aStory('as-of');
    await ledger.append('as-of', events.slice(0, 4));
    const between = await waitForNextMs();
    await ledger.append('as-of', events.slice(4));
    expect(await ledger.read('as-of', between)).toEqual(asJson(events.slice(0, 4)));
    expect(await ledger.read('as-of', Date.now() + 1_000)).toEqual(asJson(events));
    expect(await opened.database.leads.find('as-of', between)).toEqual(asJson(foldLead(events.slice(0, 4))));
    expect(await opened.database.leads.find('as-of', mondayTen - 365 * 24 * HOUR_MS)).toBeUndefined();
  });

  test('never records a later event before an earlier one, even if the clock of the database is set back', async () => {
    const events = aStory('set-back');
    await opened.database.ledger.append('set-back', events.slice(0, 3));
    const ahead = `UPDATE lead SET recorded_at = recorded_at + interval '1 hour' WHERE id = 'set-back' RETURNING recorded_at`;
    const { rows } = await opened.sql.query(ahead);
    await opened.database.ledger.append('set-back', events.slice(3, 5));
    const newest = await opened.sql.query(
      `SELECT max(recorded_at) AS at FROM lead_event WHERE lead_id = 'set-back' AND seq > 3`,
    );
    expect(newest.rows[0].at).toEqual(rows[0].recorded_at);
  });

  test('ends a recording that takes longer than five seconds', async () => {
    const events = aStory('slow');
    const blocker = await opened.sql.connect();
    await blocker.query('BEGIN; LOCK TABLE lead_event IN EXCLUSIVE MODE');
    const startedAt = Date.now();
    await expect(opened.database.ledger.append('slow', events)).rejects.toThrow();
    expect(Date.now() - startedAt).toBeLessThan(8_000);
    await blocker.query('ROLLBACK');
    blocker.release();
    await opened.database.ledger.append('slow', events);
    expect(await opened.database.ledger.read('slow')).toHaveLength(events.length);
  }, 20_000);
});

test.each(stories)('every event of $label survives the way through the database', async ({ label, events }) => {
  await opened.database.inWorkspace(label).ledger.append('lead-1', events);
  expect(await opened.database.inWorkspace(label).ledger.read('lead-1')).toEqual(asJson(events));
});

/** Every row that speaks of a lead, wherever. */
async function rowsOf(leadId: string): Promise<unknown> {
  const tables = ['lead_event', 'sla_clock', 'touch', 'escalation', 'disposition', 'dispute', 'opportunity'];
  const ofTables = tables.map((table) => opened.sql.query(`SELECT * FROM ${table} WHERE lead_id = $1`, [leadId]));
  const lead = opened.sql.query('SELECT * FROM lead WHERE id = $1', [leadId]);
  return (await Promise.all([lead, ...ofTables])).map(({ rows }) => rows);
}

/** An instant after everything recorded so far and before everything to come. */
async function waitForNextMs(): Promise<number> {
  const { rows } = await opened.sql.query<{ at: string }>(
    `SELECT (floor(extract(epoch FROM clock_timestamp()) * 1000) + 1)::text AS at`,
  );
  const at = Number(rows[0]?.at);
  while (Date.now() <= at + 1) await new Promise((resolve) => setImmediate(resolve));
  return at;
}
