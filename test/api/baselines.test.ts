// Baselines over HTTP and on the command line: kept for ever, as of any instant, noted in the audit.
import { createApiCaller } from '../../src/bin/handoff/call-api.js';
import { calendarKeys } from '../../src/bin/calendar-ports.js';
import { canonicalJson, parseAgreement } from '../../src/documents/index.js';
import { handoffWith } from '../cli/command-line.js';
import { agreement, agreementText } from '../db/journeys.js';
import { openFresh, type Opened } from '../db/opened.js';
import { ADMIN_KEY, RunningApi } from './api-world.js';

const PATH = '/v1/agreements/inbound-saas/baselines';

let opened: Opened;
let api: RunningApi;

beforeAll(async () => {
  opened = await openFresh();
  const { document } = parseAgreement(agreementText, 'inbound-saas.yaml', calendarKeys, { at: 0 });
  const saved = { terms: agreement, text: agreementText, canonical: canonicalJson(document) };
  await opened.database.agreements.saveAgreement(saved, { isDefault: true });
  const workflows = { start: async () => {}, deliver: async () => ({ kind: 'unanswered' as const }) };
  api = await RunningApi.start(opened.database, workflows, { now: () => Date.now() + 15_000 });
});
afterAll(async () => {
  await api.stop();
  await opened.close();
});

const put = (body: unknown) => api.ask('PUT', PATH, body, {});
const list = async (asOf?: string) =>
  (await api.get(asOf === undefined ? PATH : `${PATH}?asOf=${asOf}`)).body['baselines'] as readonly Record<
    string,
    unknown
  >[];

async function nowInDatabase(): Promise<string> {
  const { rows } = await opened.sql.query<{ now: Date }>('SELECT clock_timestamp() AS now FROM pg_sleep(0.005)');
  return rows[0]!.now.toISOString();
}

test('a baseline is what was entered last; as of before it is what was entered by then', async () => {
  await put({ baselines: { 'mql-volume': 400, 'acceptance-rate': '70%' }, note: 'from the CRM' });
  const early = await nowInDatabase();
  await put({ baselines: { 'acceptance-rate': '72.5%', 'average-first-response': '3h' } });
  await put({ baselines: { 'mql-volume': null } });
  expect(await list()).toMatchObject([
    { metric: 'acceptance-rate', kind: 'share', value: 0.725 },
    { metric: 'average-first-response', kind: 'time', value: 10_800_000 },
  ]);
  expect(await list(early)).toMatchObject([
    { metric: 'acceptance-rate', value: 0.7, note: 'from the CRM', by: 'admin' },
    { metric: 'mql-volume', value: 400 },
  ]);
});

test('each entry is in the audit, with what was before and after', async () => {
  const { body } = await api.get('/v1/audit?subject=agreement:inbound-saas&limit=1');
  const [entry] = body['entries'] as readonly Record<string, unknown>[];
  expect(entry).toMatchObject({ action: 'baseline-entered', subject: 'agreement:inbound-saas' });
  expect(Object.keys(entry!['before'] as object)).toContain('mql-volume');
  expect(Object.keys(entry!['after'] as object)).not.toContain('mql-volume');
});

test.each([
  { what: 'an unknown metric', baselines: { mood: 3 }, path: 'baselines.mood' },
  { what: 'a share where a count belongs', baselines: { 'mql-volume': '72%' }, path: 'baselines.mql-volume' },
  { what: 'half a lead', baselines: { 'mql-volume': 1.5 }, path: 'baselines.mql-volume' },
  { what: 'nothing', baselines: {}, path: 'baselines' },
])('$what is refused, and told what may stand there', async ({ baselines, path }) => {
  const { status, body } = await put({ baselines });
  expect([status, body['code']]).toEqual([422, 'invalid-body']);
  expect(body['errors']).toMatchObject([{ path }]);
});

test('an agreement that there is not is refused', async () => {
  const { status, body } = await api.ask(
    'PUT',
    '/v1/agreements/outbound/baselines',
    { baselines: { enriched: '1%' } },
    {},
  );
  expect([status, body['code']]).toEqual([404, 'unknown-version']);
});

test('on the command line baselines are entered, taken back and listed', async () => {
  const handoff = (...words: string[]) =>
    handoffWith({ callApi: createApiCaller({ HANDOFF_URL: api.url, HANDOFF_API_KEY: ADMIN_KEY }) }, ...words);
  const written = ['mql-volume=380', 'acceptance-rate=', 'marketing-sourced-pipeline=500000 USD'];
  const { lines, exitCode } = await handoff('baseline', 'enter', 'inbound-saas', ...written, '--note', '2026');
  expect(exitCode).toBe(0);
  expect(lines.join('\n')).toMatch(/marketing-sourced-pipeline +500,000 USD/);
  expect(lines.join('\n')).not.toContain('acceptance-rate');
  expect((await handoff('baseline', 'list', 'inbound-saas')).lines).toEqual(lines);
});
