// What lateness cost, over HTTP: the estimate, the assumptions that it rests on, and the leads behind its numbers.
import { agreement, agreementText } from '../db/journeys.js';
import { post, postedOf } from '../reports/posted-opportunities.js';
import { recordQuarter, VARIED_LEAD_COUNT, type RecordedQuarter } from '../reports/recorded-quarter.js';
import { RunningApi } from './api-world.js';
import { nobodyRuns } from './report-world.js';

let quarter: RecordedQuarter;
let api: RunningApi;

beforeAll(async () => {
  quarter = await recordQuarter(VARIED_LEAD_COUNT);
  const { database, sql } = quarter.opened;
  await database.agreements.saveAgreement(
    { terms: agreement, text: agreementText, canonical: '{}' },
    { isDefault: true },
  );
  await post(sql, postedOf(quarter.leads));
  api = await RunningApi.start(database, nobodyRuns, { now: () => Date.now() + 15_000 });
}, 900_000);
afterAll(async () => {
  await api.stop();
  await quarter.opened.close();
});

interface Section {
  readonly id: string;
  readonly notes: readonly string[];
  readonly columns: readonly { readonly id: string; readonly kind: string }[];
  readonly rows: readonly (Readonly<Record<string, unknown>> & { readonly leads?: Readonly<Record<string, string>> })[];
}

async function sectionsOf(question: string): Promise<readonly Section[]> {
  const { status, body } = await api.get(`/v1/reports/lateness?${question}`);
  expect([status, body['code']]).toEqual([200, undefined]);
  return body['sections'] as readonly Section[];
}

interface Usd {
  readonly minor: number;
  readonly currency: string;
}

test('the estimate stands with its interval and all that it assumes', async () => {
  const [estimate, leftOut, sides, strata] = await sectionsOf('period=2026-Q4');
  const row = estimate!.rows[0]!;
  const [cost, low, high] = [row['cost'], row['low'], row['high']] as readonly Usd[];
  expect([cost, low, high].map((money) => money!.currency)).toEqual(['USD', 'USD', 'USD']);
  expect(low!.minor).toBeLessThan(cost!.minor);
  expect(high!.minor).toBeGreaterThan(cost!.minor);
  for (const said of ['association, not a cause', 'at least 30 leads on each side', '95 %']) {
    expect(estimate!.notes.some((note) => note.includes(said))).toBe(true);
  }
  const counted = strata!.rows.filter(({ counts }) => counts === 'yes');
  expect(counted).toHaveLength(row['strata'] as number);
  const sum = counted.reduce((total, stratum) => total + (stratum['cost'] as Usd).minor, 0);
  // Each stratum is rounded to a whole dollar, the whole once.
  expect(Math.abs(sum - cost!.minor)).toBeLessThanOrEqual(100 * counted.length);
  expect(leftOut!.rows.every(({ count }) => (count as number) > 0)).toBe(true);
  expect(strata!.rows.filter(({ counts }) => counts === 'too few').every((stratum) => stratum['cost'] === null)).toBe(
    true,
  );
  expect(sides!.rows.map(({ side }) => side)).toEqual(['answered in time', 'answered late, or never']);
});

test('the same as-of gives the same bytes', async () => {
  const asOf = new Date(quarter.known.asOf).toISOString();
  const question = `/v1/reports/lateness?period=2026-Q4&asOf=${asOf}`;
  const first = await api.get(question);
  // Another program, which remembers nothing.
  const other = await RunningApi.start(quarter.opened.database, nobodyRuns, { now: () => Date.now() + 15_000 });
  try {
    const again = await other.get(question);
    expect([again.status, again.text]).toEqual([200, first.text]);
  } finally {
    await other.stop();
  }
});

test('every counted lead is in a list that is as long', async () => {
  for (const { columns, rows } of await sectionsOf('period=2026-Q4')) {
    const counted = columns.filter(({ kind }) => kind === 'count').map(({ id }) => id);
    for (const row of rows.slice(0, 6)) {
      for (const id of counted.filter((one) => row.leads?.[one] !== undefined)) {
        const { body } = await api.get(`${row.leads![id]!}&limit=1000`);
        expect([row.leads![id], (body['leads'] as readonly unknown[]).length]).toEqual([row.leads![id], row[id]]);
      }
    }
  }
});

test('of a time without leads nothing is estimated, and no share is told', async () => {
  const [estimate, leftOut, sides, strata] = await sectionsOf('period=2025-01');
  expect(estimate!.rows).toMatchObject([{ cost: 'no-leads', low: 'no-leads', high: 'no-leads', strata: 0 }]);
  expect(leftOut!.rows.map(({ count }) => count)).toEqual([0, 0, 0]);
  expect(sides!.rows.map(({ rate }) => rate)).toEqual(['no-leads', 'no-leads']);
  expect(strata!.rows).toEqual([]);
});

test.each(['csv', 'html', 'xlsx', 'pdf', 'svg', 'png'])('it is to be had as %s', async (format) => {
  const { status } = await api.get(`/v1/reports/lateness?period=2026-Q4&format=${format}`);
  expect(status).toBe(200);
});

test('it cannot be split otherwise than it is', async () => {
  const { status, body } = await api.get('/v1/reports/lateness?period=2026-Q4&by=owner');
  expect([status, body['code']]).toEqual([422, 'invalid-query']);
});
