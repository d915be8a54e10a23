// What analysts read says what reports say, and their role can read nothing else.
import { readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { rowsOf } from '../../src/db/projection.js';
import { joinRows, writeRows } from '../../src/db/recording.js';
import { canonicalJson } from '../../src/documents/index.js';
import { queryCompliance } from '../../src/reports/compliance-query.js';
import { queryShares } from '../../src/reports/share-queries.js';
import type { Known, ReportQuery } from '../../src/reports/ports.js';
import { quarterOf, windowsOf } from '../reports/quarter.js';
import { agreement, agreementText } from './journeys.js';
import { openFresh, type Opened } from './opened.js';

const doc = readFileSync(new URL('../../docs/analysts.md', import.meta.url), 'utf8');
const [, complianceSql = '', volumeSql = ''] = [...doc.matchAll(/```sql\n([\s\S]*?)```/g)].map(([, text]) => text!);
/** The month of the queries that the page shows. */
const november = { from: Date.parse('2026-11-01T04:00:00Z'), to: Date.parse('2026-12-01T05:00:00Z'), filter: {} };

let opened: Opened;
let known: Known;
const query: ReportQuery = async <R>(text: string, values: readonly unknown[]) =>
  (await opened.sql.query(text, [...values])).rows as R[];

beforeAll(async () => {
  opened = await openFresh();
  await opened.database.agreements.saveAgreement({
    terms: agreement,
    text: agreementText,
    canonical: canonicalJson({}),
  });
  const parts = [...quarterOf(150)].map(({ events }) => rowsOf('default', [], events));
  const { routing_load: _loads, ...written } = joinRows(parts);
  await writeRows(opened.sql, 'default', written);
  const { rows } = await opened.sql.query<{ now: Date }>('SELECT clock_timestamp() AS now FROM pg_sleep(0.002)');
  known = { workspace: 'default', agreement: agreement.name, asOf: rows[0]!.now.getTime() };
  await opened.database.reportStore.projector(windowsOf).catchUp(known.asOf);
}, 120_000);
afterAll(() => opened.close());

test('the compliance that the page shows how to count is that of the report', async () => {
  const { rows } = await opened.sql.query<{ clock: string; met: string; breached: string }>(complianceSql);
  const counted = rows.map(({ clock, met, breached }) => [clock, { met: Number(met), breached: Number(breached) }]);
  const compliance = await queryCompliance(query, known, november);
  const reported = Object.entries(compliance).map(([clock, { all }]) => [
    clock,
    { met: all!.met, breached: all!.breached },
  ]);
  expect(counted.length).toBeGreaterThan(5);
  expect(reported).toEqual(expect.arrayContaining(counted));
});

test('so is the volume', async () => {
  const { rows } = await opened.sql.query<{ gross: string; net: string }>(volumeSql);
  const { all } = (await queryShares(query, known, november))['mql-volume-net'];
  expect(rows.map(({ gross, net }) => [Number(gross), Number(net)])).toEqual([[all?.denominator, all?.numerator]]);
  expect(all?.denominator).toBeGreaterThan(20);
});

test('every view and every column stands on the page, in its order, and no other', async () => {
  const { rows } = await opened.sql.query<{ view: string; columns: string }>(
    `SELECT table_schema || '.' || table_name AS view,
        string_agg('\`' || column_name || '\`', ', ' ORDER BY ordinal_position) AS columns
      FROM information_schema.columns WHERE table_schema = 'reporting' GROUP BY 1`,
  );
  const shown = [...doc.matchAll(/^\| `(reporting\.\w+)` +\| .*? \| (.*?) +\|$/gm)].map(([, view, columns]) => ({
    view,
    columns,
  }));
  expect(shown.toSorted((a, b) => (a.view! < b.view! ? -1 : 1))).toEqual(
    rows.toSorted((a, b) => (a.view < b.view ? -1 : 1)),
  );
});

test('the role reads the views, changes nothing, and sees no table of ours', async () => {
  const login = `bi_${randomUUID().replaceAll('-', '')}`;
  await opened.sql.query(`CREATE ROLE ${login} LOGIN PASSWORD 'for-this-test' IN ROLE handoff_reporting`);
  const url = Object.assign(new URL(opened.url), { username: login, password: 'for-this-test' });
  const analyst = new pg.Client({ connectionString: url.href });
  await analyst.connect();
  try {
    expect((await analyst.query('SELECT * FROM reporting.leads')).rows.length).toBeGreaterThan(100);
    expect((await analyst.query('SELECT known_until FROM reporting.freshness')).rows).toHaveLength(1);
    for (const refused of ['SELECT * FROM report_clock', 'SELECT * FROM lead_event', 'DELETE FROM reporting.leads']) {
      await expect(analyst.query(refused)).rejects.toThrow(/permission denied/);
    }
  } finally {
    await analyst.end();
    await opened.sql.query(`DROP ROLE ${login}`);
  }
});
