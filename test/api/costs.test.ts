// What sources cost, entered by month or imported, and what a lead and a customer cost by it: a month without cost is none.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApiCaller } from '../../src/bin/handoff/call-api.js';
import { handoffWith } from '../cli/command-line.js';
import { ADMIN_KEY, type RunningApi } from './api-world.js';
import { ReportWorld } from './report-world.js';

let world: ReportWorld;
let api: RunningApi;
beforeAll(async () => {
  world = await ReportWorld.open();
  ({ api } = world);
});
afterAll(() => world.close());

const put = (path: string, body: unknown) => api.ask('PUT', `/v1/costs/${path}`, body, {});
const usd = (minor: number) => ({ minor, currency: 'USD' });

async function figures(period: string): Promise<Readonly<Record<string, unknown>>> {
  const { body } = await api.get(`/v1/reports/costs?period=${period}`);
  const [section] = body['sections'] as readonly { rows: readonly { figure: string; actual: unknown }[] }[];
  return Object.fromEntries(section!.rows.map(({ figure, actual }) => [figure, actual]));
}

test('a month without cost has no cost data, and not 0', async () => {
  expect(await figures('2025-11')).toMatchObject({
    'marketing cost': 'no cost data',
    'customer acquisition cost': 'no cost data',
    customers: 0,
  });
});

test('a cost takes the place of what was said before, and null takes it back', async () => {
  expect((await put('2025-11/website', { marketing: '100 USD', sales: '50.25 USD' })).body).toMatchObject({
    changed: true,
  });
  expect((await put('2025-11/website', { marketing: '100 USD', sales: '50.25 USD' })).body).toMatchObject({
    changed: false,
  });
  await put('2025-11/webinar', { marketing: '20 USD' });
  await put('2025-11/webinar', { marketing: '40 USD' });
  expect(await figures('2025-11')).toMatchObject({ 'marketing cost': usd(14_000), 'sales cost': usd(5_025) });
  await put('2025-11/webinar', { marketing: null });
  expect(await figures('2025-11')).toMatchObject({ 'marketing cost': usd(10_000) });
  const { body } = await api.get('/v1/audit?subject=cost:inbound-saas/2025-11/webinar');
  expect(body['entries']).toMatchObject([
    { action: 'cost-recorded', before: { marketing: '40.00 USD' }, after: { marketing: null } },
    { before: { marketing: '20.00 USD' }, after: { marketing: '40.00 USD' } },
    { before: null },
  ]);
});

test('a customer costs what both sides booked in the period, by the customers first won in it', async () => {
  const won = (crmId: string, account: string, closedAt: string) => ({
    crmId,
    account,
    closedAt,
    status: 'won',
    openedAt: '2025-10-01T12:00:00Z',
  });
  await api.post('/v1/opportunities', {
    rows: [
      won('1', 'one.test', '2025-11-05T12:00:00Z'),
      won('2', 'one.test', '2025-11-06T12:00:00Z'),
      won('3', 'two.test', '2025-11-30T12:00:00Z'),
      won('4', 'old.test', '2025-10-30T12:00:00Z'),
      won('5', 'old.test', '2025-11-30T12:00:00Z'),
    ],
  });
  expect(await figures('2025-11')).toMatchObject({ customers: 2, 'customer acquisition cost': usd(7_513) });
  expect(await figures('2025-W46')).toMatchObject({ 'customer acquisition cost': 'no cost data' });
});

test.each([
  {
    what: 'another currency',
    path: '2025-12/website',
    body: { marketing: '1 EUR' },
    status: 409,
    code: 'other-currency',
  },
  { what: 'no month', path: '2025-13/website', body: { marketing: '1 USD' }, status: 422, code: 'invalid-body' },
  { what: 'no amount', path: '2025-12/website', body: { marketing: 'much' }, status: 422, code: 'invalid-body' },
  { what: 'a month ahead', path: '2098-01/website', body: { marketing: '1 USD' }, status: 422, code: 'invalid-body' },
  {
    what: 'no agreement of ours',
    path: '2025-12/website',
    body: { marketing: '1 USD', agreement: 'outbound' },
    status: 422,
    code: 'unknown-agreement',
  },
])('$what is refused with what to do', async ({ path, body, status, code }) => {
  const answer = await put(path, body);
  expect([answer.status, answer.body['code']]).toEqual([status, code]);
});

test('a file is imported by the command line, each bad line named, and again without any change', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'handoff-costs-')), 'costs.csv');
  writeFileSync(
    path,
    'month,source,marketing,sales\n2025-09,website,10 USD,\n2025-09,webinar,10 EUR,\n2025-9,x,1 USD,\n',
  );
  const callApi = createApiCaller({ HANDOFF_URL: api.url, HANDOFF_API_KEY: ADMIN_KEY });
  const first = await handoffWith({ callApi }, 'costs', 'import', path);
  expect([first.exitCode, first.last]).toEqual([1, '1 rows imported, 0 known from before, 2 bad']);
  expect(first.errors.map((line) => line.replace(path, 'FILE'))).toEqual([
    expect.stringMatching(/^FILE:3: .*currency/),
    expect.stringMatching(/^FILE:4: month: /),
  ]);
  expect((await handoffWith({ callApi }, 'costs', 'import', path)).last).toContain('1 known from before');
});
