// What a CRM says of opportunities, over HTTP as JSON and CSV and by a file on the command line: kept by its id, once,
// revision by revision, with every bad row named by its place.
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

const deal = (others: object = {}) => ({
  crmId: 'deal-1',
  account: 'Acme Corp',
  status: 'open',
  amount: '48000.50 USD',
  openedAt: '2025-11-02T15:00:00Z',
  touches: [
    { at: '2025-10-01T12:00:00Z', side: 'marketing', source: 'webinar', contact: 'ada@acme.example' },
    { at: '2025-10-20T12:00:00Z', side: 'sales', action: 'call' },
  ],
  ...others,
});
const post = (...rows: readonly unknown[]) => api.post('/v1/opportunities', { rows });
const postCsv = (text: string) =>
  api.post('/v1/opportunities', undefined, { text, headers: { 'Content-Type': 'text/csv' } });

async function revisionsOf(crmId: string) {
  const { rows } = await world.opened.sql.query<{ superseded_at: Date | number }>(
    'SELECT * FROM posted_opportunity WHERE crm_id = $1 ORDER BY revision',
    [crmId],
  );
  return rows;
}

describe('an opportunity', () => {
  test('is kept once, however often the same is said of it', async () => {
    expect((await post(deal())).body).toEqual({ stored: 1, known: 0, refused: [] });
    expect((await post(deal())).body).toEqual({ stored: 0, known: 1, refused: [] });
    expect(await revisionsOf('deal-1')).toMatchObject([
      {
        account: 'acme corp',
        agreement_name: 'inbound-saas',
        amount_minor: '4800050',
        currency: 'USD',
        status: 'open',
      },
    ]);
  });

  test('that changes keeps what was said before, up to the instant of the change', async () => {
    await post(deal({ status: 'won', closedAt: '2025-11-20T15:00:00Z', amount: '45000 USD' }));
    const [before, after, ...others] = await revisionsOf('deal-1');
    expect(others).toEqual([]);
    expect(before).toMatchObject({ status: 'open', superseded_at: after!['recorded_at' as never] });
    expect(after).toMatchObject({ status: 'won', amount_minor: '4500000', superseded_at: Infinity });
  });

  test('leaves an audit entry for each change, with what was before and after', async () => {
    const { body } = await api.get('/v1/audit?subject=opportunity:deal-1');
    expect(body['entries']).toMatchObject([
      {
        action: 'opportunity-recorded',
        by: 'admin',
        before: { status: 'open' },
        after: { status: 'won', amount: '45000.00 USD' },
      },
      { action: 'opportunity-recorded', before: null, after: { status: 'open', amount: '48000.50 USD' } },
    ]);
  });

  test('said twice in one request is what was said last', async () => {
    await post(deal({ crmId: 'deal-2' }), deal({ crmId: 'deal-2', amount: '1 USD' }));
    const rows = await revisionsOf('deal-2');
    expect(rows).toHaveLength(2);
    expect(rows.filter(({ superseded_at: until }) => until === Infinity)).toMatchObject([{ amount_minor: '100' }]);
  });

  test('names its lead by id or by source and external id', async () => {
    const row = { ...deal({ crmId: 'deal-3' }), account: undefined };
    expect((await post({ ...row, lead: 'lead-1' })).body['stored']).toBe(1);
    expect(await revisionsOf('deal-3')).toMatchObject([{ lead_id: 'lead-1', account: null }]);
  });
});

describe('a bad row', () => {
  test.each([
    {
      what: 'without account and lead',
      row: deal({ account: undefined }),
      code: 'invalid-row',
      message: 'an account, or the lead',
    },
    {
      what: 'won, but not closed',
      row: deal({ status: 'won' }),
      code: 'invalid-row',
      message: 'closedAt exactly where',
    },
    {
      what: 'open, but closed',
      row: deal({ closedAt: '2025-11-20T15:00:00Z' }),
      code: 'invalid-row',
      message: 'closedAt exactly where',
    },
    {
      what: 'closed before it opened',
      row: deal({ status: 'lost', closedAt: '2025-11-02T14:59:59Z' }),
      code: 'invalid-row',
      message: 'not before openedAt',
    },
    { what: 'with an amount of no currency', row: deal({ amount: '48000' }), code: 'invalid-row', message: 'amount' },
    { what: 'of the future', row: deal({ openedAt: '2098-01-01T00:00:00Z' }), code: 'invalid-row', message: 'future' },
    { what: 'with a misspelt field', row: deal({ acount: 'x' }), code: 'invalid-row', message: 'acount' },
    {
      what: 'with a touch by marketing that says nothing',
      row: deal({ touches: [{ at: '2025-10-01T12:00:00Z', side: 'marketing' }] }),
      code: 'invalid-row',
      message: 'source or action',
    },
    {
      what: 'of a lead that is not there',
      row: deal({ lead: 'crm:9' }),
      code: 'unknown-lead',
      message: 'source:externalId',
    },
    {
      what: 'of no agreement of ours',
      row: deal({ agreement: 'outbound' }),
      code: 'unknown-agreement',
      message: 'no agreement',
    },
    {
      what: 'of another agreement than its lead’s',
      row: deal({ agreement: 'outbound', lead: 'lead-1' }),
      code: 'other-agreement',
      message: 'leave agreement out',
    },
  ])('$what is named, and good ones are kept', async ({ what, row, code, message }) => {
    const good = deal({ crmId: `good ${what}` });
    const { status, body } = await post(good, { ...row, crmId: 'bad' });
    expect([status, body]).toMatchObject([
      200,
      { stored: 1, refused: [{ index: 1, code, message: expect.stringContaining(message) }] },
    ]);
    expect(await revisionsOf('bad')).toEqual([]);
  });
});

const file = `crmId,account,status,amount,openedAt,closedAt,touches
csv-1,Acme,open,100 USD,2025-11-02T15:00:00Z,,marketing:webinar@2025-10-01T10:00:00Z/ada@acme.example; sales:call@2025-10-02T10:00:00Z
csv-2,Acme,wonn,100 USD,2025-11-02T15:00:00Z,,
csv-3,Acme,lost,,2025-11-02T15:00:00Z,2025-11-05T15:00:00Z,
csv-4,Acme,open
`;

describe('a CSV file', () => {
  test('is taken over HTTP, each bad line named by its number', async () => {
    const { status, body } = await postCsv(file);
    expect(status).toBe(200);
    expect(body).toMatchObject({ stored: 2, known: 0, refused: [{ line: 3 }, { line: 5 }] });
    expect(await revisionsOf('csv-1')).toMatchObject([
      {
        touches: [
          { side: 'marketing', name: 'webinar', contact: 'ada@acme.example', at: '2025-10-01T10:00:00.000Z' },
          { side: 'sales', name: 'call', contact: '' },
        ],
      },
    ]);
  });

  test('with a column that is none of ours is refused as a whole', async () => {
    const { status, body } = await postCsv('crmId,acount\n1,Acme\n');
    expect([status, body['code']]).toEqual([422, 'invalid-body']);
    expect(JSON.stringify(body['errors'])).toContain('acount');
  });

  test('is imported by the command line, and again without any change', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'handoff-deals-')), 'deals.csv');
    writeFileSync(path, file.replaceAll('csv-', 'cli-'));
    const callApi = createApiCaller({ HANDOFF_URL: api.url, HANDOFF_API_KEY: ADMIN_KEY });
    const first = await handoffWith({ callApi }, 'opportunities', 'import', path);
    expect([first.exitCode, first.last]).toEqual([1, '2 rows imported, 0 known from before, 2 bad']);
    expect(first.errors.map((line) => line.replace(path, 'FILE')).toSorted()).toEqual([
      expect.stringMatching(/^FILE:3: status: .*"wonn"/),
      expect.stringMatching(/^FILE:5: /),
    ]);
    const again = await handoffWith({ callApi }, 'opportunities', 'import', path);
    expect(again.last).toBe('0 rows imported, 2 known from before, 2 bad');
  });
});
