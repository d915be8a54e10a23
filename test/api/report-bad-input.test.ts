/** Promise: a question about reports that cannot be answered is told what is possible, by API, command line and page alike. */
import { createApiCaller, createDownloader } from '../../src/bin/handoff/call-api.js';
import { handoffWith } from '../cli/command-line.js';
import { ADMIN_KEY, type RunningApi } from './api-world.js';
import { ReportWorld } from './report-world.js';

let world: ReportWorld;
let api: RunningApi;
let cookie: string;

beforeAll(async () => {
  world = await ReportWorld.open();
  ({ api } = world);
  const body = new URLSearchParams({ key: ADMIN_KEY });
  const answer = await fetch(`${api.url}/reports/sign-in`, { method: 'POST', body, redirect: 'manual' });
  cookie = answer.headers.get('set-cookie')!.split(';')[0]!;
}, 60_000);
afterAll(() => world.close());

const PERIODS = '2026-W47 (a week from Monday), 2026-11 (a month)';

interface Bad {
  readonly what: string;
  readonly report?: string;
  readonly query: Readonly<Record<string, string>>;
  readonly said: string;
}

const impossible: readonly Bad[] = [
  { what: 'a month that is none', query: { period: '2026-13' }, said: PERIODS },
  { what: 'a week that the year has not', query: { period: '2026-W54' }, said: PERIODS },
  { what: 'a quarter that is none', query: { period: '2026-Q5' }, said: PERIODS },
  { what: 'a period in words', query: { period: 'last week' }, said: PERIODS },
  { what: 'a day that is none', query: { from: '2026-02-30', to: '2026-03-05' }, said: PERIODS },
  { what: 'days that end before they begin', query: { from: '2026-11-05', to: '2026-11-04' }, said: PERIODS },
  { what: 'no day at all', query: { from: '2026-11-05', to: '2026-11-05' }, said: PERIODS },
  { what: 'more than two years', query: { from: '2024-01-01', to: '2026-11-05' }, said: 'at most two years' },
  { what: 'days without an end', query: { from: '2026-11-05' }, said: 'or from and to as dates' },
  { what: 'a period and days', query: { period: '2026-11', from: '2026-11-01', to: '2026-12-01' }, said: PERIODS },
  {
    what: 'an as-of ahead',
    query: { period: '2026-11', asOf: '2099-01-01T00:00:00Z' },
    said: 'at least 10 s in the past',
  },
  { what: 'an as-of that is no instant', query: { period: '2026-11', asOf: 'yesterday' }, said: 'with an offset' },
  {
    what: 'an agreement that there is not',
    query: { period: '2026-11', agreement: 'outbound' },
    said: 'Name an agreement',
  },
];

const query = (asked: Readonly<Record<string, string>>): string => new URLSearchParams(asked).toString();

const options = (asked: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(asked).flatMap(([name, value]) => [name === 'asOf' ? '--as-of' : `--${name}`, value]);

const handoff = (...words: string[]) => {
  const place = { HANDOFF_URL: api.url, HANDOFF_API_KEY: ADMIN_KEY };
  return handoffWith({ callApi: createApiCaller(place), download: createDownloader(place) }, ...words);
};

async function page(path: string): Promise<{ readonly status: number; readonly text: string }> {
  const answer = await fetch(`${api.url}${path}`, { headers: { cookie }, redirect: 'manual' });
  return { status: answer.status, text: await answer.text() };
}

describe.each(impossible)('$what', ({ query: asked, said }) => {
  test('is refused over HTTP with what is possible', async () => {
    const { status, text } = await api.get(`/v1/reports/targets?${query(asked)}`);
    expect(status).toBe(422);
    expect(text).toContain(said);
  });

  test('is refused on the command line with what is possible', async () => {
    const { exitCode, lines, errors } = await handoff('report', 'targets', ...options(asked));
    expect([exitCode, lines]).toEqual([1, []]);
    expect(errors.join('\n')).toContain(said);
  });

  test('is answered by a page that says what is possible, beside the form', async () => {
    const { status, text } = await page(`/reports/targets?${query(asked)}`);
    // A page without a period is one of today's; half of one is a mistake there, too.
    expect(status).toBe(422);
    expect(text).toContain(said);
  });
});

test('what a report cannot be split by is refused everywhere with what it can', async () => {
  const said = 'team, owner, segment, source, priority, version';
  expect((await api.get('/v1/reports/funnel?period=2026-11&by=commitment')).text).toContain(`can be split by ${said}`);
  const { exitCode, errors } = await handoff('report', 'funnel', '--period', '2026-11', '--by', 'commitment');
  expect(exitCode).toBe(2);
  expect(errors.join('\n')).toContain(said);
  expect((await page('/reports/funnel?period=2026-11&by=commitment')).text).toContain(`can be split by ${said}`);
});

test('a report or a form that there is not is refused everywhere with those there are', async () => {
  expect((await api.get('/v1/reports/profit?period=2026-11')).text).toContain('the reports are compliance');
  expect((await page('/reports/profit?period=2026-11')).text).toContain('the reports are compliance');
  const report = await handoff('report', 'profit', '--period', '2026-11');
  expect([report.exitCode, report.errors.join('\n')]).toEqual([2, expect.stringContaining('profit')]);
  expect((await api.get('/v1/reports/funnel?period=2026-11&format=docx')).text).toContain('pdf');
  const form = await handoff('report', 'funnel', '--period', '2026-11', '--out', 'funnel.docx');
  expect([form.exitCode, form.errors.join('\n')]).toEqual([2, expect.stringContaining('pdf')]);
});
