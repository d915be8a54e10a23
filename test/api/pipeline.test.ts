// The pipeline over HTTP: credited by the first touch, with a list behind every number in which each opportunity says why.
import type { RunningApi } from './api-world.js';
import { ReportWorld } from './report-world.js';

let world: ReportWorld;
let api: RunningApi;

const deal = (crmId: string, others: object) => ({
  crmId,
  account: 'acme.test',
  status: 'open',
  amount: '1000 USD',
  openedAt: '2025-11-10T12:00:00Z',
  ...others,
});
const webinar = { at: '2025-10-01T12:00:00Z', side: 'marketing', source: 'webinar', contact: 'ada' };
const call = { at: '2025-10-02T12:00:00Z', side: 'sales', action: 'call', contact: 'bob' };

beforeAll(async () => {
  world = await ReportWorld.open();
  ({ api } = world);
  const { body } = await api.post('/v1/opportunities', {
    rows: [
      deal('a', { touches: [webinar, call] }),
      deal('b', {
        account: 'b.test',
        amount: '250.50 USD',
        touches: [call, { ...webinar, at: '2025-10-03T12:00:00Z' }],
      }),
      deal('c', { account: 'c.test', status: 'won', closedAt: '2025-11-20T12:00:00Z', touches: [call] }),
      deal('d', { account: 'd.test', amount: undefined }),
      deal('e', { account: 'c.test', openedAt: '2025-12-10T12:00:00Z' }),
    ],
  });
  expect(body).toMatchObject({ stored: 5, refused: [] });
});
afterAll(() => world.close());

interface Section {
  readonly id: string;
  readonly rows: readonly (Record<string, unknown> & { readonly leads?: Readonly<Record<string, string>> })[];
}
async function sectionOf(path: string, id: string): Promise<Section> {
  const { status, body } = await api.get(path);
  expect([status, body['code']]).toEqual([200, undefined]);
  return (body['sections'] as readonly Section[]).find((section) => section.id === id)!;
}
const usd = (minor: number) => ({ minor, currency: 'USD' });

describe('the pipeline', () => {
  test('is credited to the side that touched the account first', async () => {
    const { rows } = await sectionOf('/v1/reports/pipeline?period=2025-11', 'credit');
    expect(rows).toMatchObject([
      { credit: 'marketing-sourced', count: 1, amount: usd(100_000) },
      { credit: 'sales-sourced', count: 2, amount: usd(100_000), withoutAmount: 1 },
      { credit: 'sales first, marketing touched', count: 1, amount: usd(25_050) },
      { credit: 'pipeline', count: 4, amount: usd(225_050), share: 1 },
      { credit: 'marketing-influenced', count: 2, amount: usd(125_050) },
    ]);
  });

  test('has behind each number a list of opportunities that say why', async () => {
    const { rows } = await sectionOf('/v1/reports/pipeline?period=2025-11', 'credit');
    const { body } = await api.get(rows[0]!.leads!['count']!);
    expect(body['leads']).toMatchObject([
      {
        crmId: 'a',
        credit: 'marketing-sourced',
        influenced: 'yes',
        amount: usd(100_000),
        reason:
          'marketing first: webinar of ada at 2025-10-01T12:00:00.000Z; sales after: call of bob at 2025-10-02T12:00:00.000Z',
      },
    ]);
    const total = await api.get(`${rows[3]!.leads!['count']!}&limit=3`);
    const more = await api.get(`${rows[3]!.leads!['count']!}&limit=3&cursor=${String(total.body['next'])}`);
    const listed = [total, more].flatMap(({ body: page }) => page['leads'] as readonly { crmId: string }[]);
    expect(listed.map(({ crmId }) => crmId)).toEqual(['a', 'b', 'c', 'd']);
  });

  test('of a month in which nothing opened is no pipeline, and no share of it', async () => {
    const { rows } = await sectionOf('/v1/reports/pipeline?period=2025-07', 'credit');
    expect(rows[0]).toMatchObject({ count: 0, amount: null, share: 'no-leads' });
  });

  test('does not know as of before what the CRM said later', async () => {
    const path = `/v1/reports/pipeline?period=2025-11&asOf=${world.early}`;
    const { rows } = await sectionOf(path, 'credit');
    expect(rows[3]).toMatchObject({ count: 0 });
  });

  test('refuses a list of what it does not count', async () => {
    const { status, body } = await api.get('/v1/reports/pipeline/leads?figure=pipeline&part=x&period=2025-11');
    expect([status, body['code']]).toEqual([422, 'invalid-query']);
    expect(JSON.stringify(body['errors'])).toContain('marketing-influenced');
  });
});

test('the target for marketing-sourced pipeline is judged in money, by open days where the period is no month', async () => {
  const { rows } = await sectionOf('/v1/reports/targets?period=2025-11', 'targets');
  const row = rows.find(({ metric }) => metric === 'marketing-sourced pipeline');
  expect(row).toMatchObject({
    target: usd(75_000_000),
    actual: usd(100_000),
    numerator: 1,
    denominator: 4,
    status: 'missed',
  });
});
