// A correction finds its leads by indices: neither clocks that were over before its days nor what was told to leads of
// other versions is read, however many there are.
import type pg from 'pg';
import { createCorrectionBook } from '../../src/db/correction-book.js';
import { createCorrections } from '../../src/db/corrections.js';
import type { Correction } from '../../src/domain/correction/index.js';
import { agreement, DAY_MS, mondayTen, stories } from './journeys.js';
import { openFresh, type Opened } from './opened.js';

let opened: Opened;
beforeAll(async () => {
  opened = await openFresh();
  await opened.database.ledger.append('lead-1', stories[0]!.events);
  await repeatOverTheYear();
}, 60_000);
afterAll(() => opened.close());

/** The same lead again and again, three hours later each time: enough for the planner to count on. */
async function repeatOverTheYear(): Promise<void> {
  const client = await opened.sql.connect();
  await client.query('SET session_replication_role = replica');
  for (const [table, instants] of Object.entries(moved)) {
    const { rows } = await client.query<{ name: string }>(
      `SELECT attname AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped
        ORDER BY attnum`,
      [table],
    );
    const columns = rows.map(({ name }) => {
      if (name === 'lead_id') return `lead_id || '/' || copy`;
      return instants.includes(name) ? `"${name}" + copy * interval '3 hours'` : `"${name}"`;
    });
    await client.query(
      `INSERT INTO ${table} SELECT ${columns.join(', ')} FROM ${table}, generate_series(1, $1::int) AS copy`,
      [LEAD_COUNT],
    );
    await client.query(`ANALYZE ${table}`);
  }
  client.release(true);
}

const LEAD_COUNT = 3_000;
const moved = { sla_clock: ['started_at', 'due_at', 'completed_at', 'cancelled_at'], lead_event: ['at'] };

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Plans?: readonly Plan[];
}

/** How PostgreSQL reads. */
async function scansOf(ask: (pool: pg.Pool) => Promise<unknown>): Promise<readonly Plan[]> {
  const plans: Plan[] = [];
  const query = async (text: string, values: readonly unknown[]) => {
    const { rows } = await opened.sql.query<{ 'QUERY PLAN': readonly { readonly Plan: Plan }[] }>(
      `EXPLAIN (FORMAT JSON) ${text}`,
      [...values],
    );
    plans.push(rows[0]!['QUERY PLAN'][0]!.Plan);
    return { rows: [], rowCount: 0 };
  };
  await ask({ query } as unknown as pg.Pool);
  return plans.flatMap(wholeOf).filter((node) => 'Relation Name' in node || 'Index Name' in node);
}

const wholeOf = (plan: Plan): readonly Plan[] => [plan, ...(plan.Plans ?? []).flatMap(wholeOf)];

test('clocks that ran on the days are found by when they were over, and their leads by their own ledgers', async () => {
  const correction = {
    id: 'co_1',
    subject: { agreement: agreement.name, versions: [1], calendar: 'sales-us-east', days: {} },
    termsInstead: { [agreement.key]: 'right' },
    coversFrom: mondayTen,
    coversUntil: mondayTen + DAY_MS,
  } as unknown as Correction;
  const scans = await scansOf((pool) => createCorrectionBook(pool, 'default').enrol(correction));
  expect(scans.map((node) => node['Index Name'])).toEqual([undefined, 'sla_clock_end_idx', 'lead_event_pkey']);
  expect(scans[1]!['Index Cond']).toMatch(/CASE .*END >= .*started_at < /);
  expect(scans[2]!['Index Cond']).toContain('lead_id = ');
});

test('what single leads were told to follow is read from one document to the next', async () => {
  const scans = await scansOf((pool) => createCorrections(pool, 'default').ownTerms(agreement.name, [1]));
  const ofLedger = scans.filter((node) => node['Index Name'] !== 'sla_version_pkey');
  expect(ofLedger).toHaveLength(2);
  for (const node of ofLedger) {
    expect(node).toMatchObject({
      'Node Type': 'Index Only Scan',
      'Index Name': 'lead_event_applied_idx',
      'Index Cond': expect.stringContaining('agreement_key > ') as string,
    });
  }
});
