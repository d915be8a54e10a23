import type { LeadEvent } from '../../src/domain/lifecycle/events.js';
import { contributionOf } from '../../src/domain/reports/index.js';
import { reportRowsOf, reportTableNames, reportTables } from '../../src/db/report-rows.js';
import { canonicalJson } from '../../src/documents/index.js';
import { keepWindows } from '../../src/zones/index.js';
import { agreement, agreementText, stories } from './journeys.js';
import { openFresh, type Opened } from './opened.js';

let opened: Opened;
beforeAll(async () => {
  opened = await openFresh();
});
afterAll(() => opened.close());

const windowsOf = keepWindows();

/** What the tables must say of a lead whose ledger is known so far. */
const expectedRows = (events: readonly LeadEvent[]) =>
  reportRowsOf(contributionOf(events, { agreements: { [agreement.key]: agreement }, windowsOf }));

const inWorkspace = async (workspace: string) => {
  const stores = opened.database.inWorkspace(workspace);
  await stores.agreements.saveAgreement({ terms: agreement, text: agreementText, canonical: canonicalJson({}) });
  return stores;
};

/** A moment after everything recorded so far, by the database's clock. */
const nowInDatabase = async (): Promise<number> => {
  const { rows } = await opened.sql.query<{ now: Date }>(`SELECT clock_timestamp() AS now FROM pg_sleep(0.002)`);
  return rows[0]!.now.getTime();
};

const ways = stories.flatMap((story) => [
  { ...story, way: 'after each recording', isStepwise: true },
  { ...story, way: 'at the end', isStepwise: false },
]);

describe.each(ways)('the facts of $label, made $way', ({ label, way, events, isStepwise }) => {
  const workspace = `${label}, ${way}`;

  test('are those of the ledger, as of any recording', async () => {
    const stores = await inWorkspace(workspace);
    const projector = stores.reportStore.projector(windowsOf);
    for (let from = 0; from < events.length; from += 3) {
      await stores.ledger.append('lead-1', events.slice(from, from + 3));
      if (isStepwise) await projector.catchUp(await nowInDatabase());
    }
    await projector.catchUp(await nowInDatabase());
    const { rows: recordings } = await opened.sql.query<{ recorded: string; seq: number }>(
      `SELECT to_json(recorded_at) #>> '{}' AS recorded, max(seq) AS seq FROM lead_event WHERE workspace = $1
        GROUP BY 1 ORDER BY 2`,
      [workspace],
    );
    for (const { recorded, seq } of recordings) {
      const expected = expectedRows(events.slice(0, seq));
      for (const table of reportTableNames) {
        const { rows } = await opened.sql.query<{ row: Record<string, unknown> }>(
          `SELECT to_jsonb(row) AS row FROM ${table} AS row WHERE workspace = $1 AND recorded_at <= $2 AND superseded_at > $2
            ORDER BY ${['lead_id', ...reportTables[table]].join(', ')}`,
          [workspace, recorded],
        );
        const byKey = (row: Readonly<Record<string, unknown>>) =>
          reportTables[table].map((column) => String(row[column]).padStart(9, '0')).join('/');
        const told = expected[table].map(sameAsStored).toSorted((a, b) => byKey(a).localeCompare(byKey(b)));
        const found = rows.map(({ row }) => sameAsStored(row)).toSorted((a, b) => byKey(a).localeCompare(byKey(b)));
        expect(found.map((row, index) => pick(row, told[index] ?? {}))).toEqual(told);
      }
    }
  });

  test('are not made twice', async () => {
    const projector = opened.database.inWorkspace(workspace).reportStore.projector(windowsOf);
    expect(await projector.catchUp(await nowInDatabase())).toBe(0);
  });
});

/** Instants in one form. */
const sameAsStored = (row: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      (column.endsWith('_at') || column.endsWith('used_until') || column === 'at') && typeof value === 'string'
        ? Date.parse(value)
        : value,
    ]),
  );

const pick = (row: Readonly<Record<string, unknown>>, like: object) =>
  Object.fromEntries(Object.keys(like).map((column) => [column, row[column]]));

test('a lead of another workspace is left alone', async () => {
  const one = await inWorkspace('one');
  const other = await inWorkspace('other');
  await one.ledger.append('lead-1', stories[0]!.events);
  await other.ledger.append('lead-1', stories[1]!.events);
  await one.reportStore.projector(windowsOf).catchUp(await nowInDatabase());
  const { rows } = await opened.sql.query(
    `SELECT DISTINCT workspace FROM report_lead WHERE workspace IN ('one', 'other')`,
  );
  expect(rows).toEqual([{ workspace: 'one' }]);
});

test('what is recorded later is not known as of before', async () => {
  const stores = await inWorkspace('later');
  const { events } = stories[0]!;
  await stores.ledger.append('lead-1', events.slice(0, 5));
  const before = (await opened.sql.query<{ now: Date }>('SELECT clock_timestamp() AS now')).rows[0]!.now.getTime() + 1;
  await opened.sql.query('SELECT pg_sleep(0.01)');
  await stores.ledger.append('lead-1', events.slice(5));
  await stores.reportStore.projector(windowsOf).catchUp(before);
  const { rows } = await opened.sql.query<{ seq: number }>(
    `SELECT max(seq) AS seq FROM report_progress WHERE workspace = 'later'`,
  );
  expect(rows).toEqual([{ seq: 5 }]);
  await stores.reportStore.projector(windowsOf).catchUp(await nowInDatabase());
  expect((await opened.sql.query(`SELECT seq FROM report_progress WHERE workspace = 'later'`)).rows).toEqual([
    { seq: events.length },
  ]);
});
