// The list behind a number as CSV: the whole of it, made no faster than it is taken, and ended with whoever takes it.
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { LeadList, ReportDesk } from '../../src/domain/reports/index.js';
import { createApiCaller, createDownloader } from '../../src/bin/handoff/call-api.js';
import { handoffWith } from '../cli/command-line.js';
import { ADMIN_KEY, RunningApi } from './api-world.js';
import { ReportWorld } from './report-world.js';

let world: ReportWorld;
beforeAll(async () => {
  world = await ReportWorld.open();
});
afterAll(() => world.close());

const breaches = 'compliance/leads?figure=compliance&part=breached&period=2026-11';

describe('as CSV', () => {
  test('it has the rows of all pages of JSON, with each unit in the name of its column', async () => {
    const { body } = await world.api.get(`/v1/reports/${breaches}&limit=1000`);
    const { status, headers, text } = await world.api.get(`/v1/reports/${breaches}&format=csv`);
    expect([status, headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    const rows: Record<string, string>[] = parse(text, { columns: true });
    const leads = body['leads'] as readonly Record<string, string | number | null>[];
    expect(rows.map(({ leadId, dueAt, overshootMs }) => ({ leadId, dueAt, overshootMs }))).toEqual(
      leads.map(({ leadId, dueAt, overshoot }) => ({ leadId, dueAt, overshootMs: String(overshoot ?? '') })),
    );
    expect(headers.get('content-disposition')).toContain('compliance-compliance-breached-2026-11.csv');
  });

  test('it comes by Accept as well', async () => {
    const answer = await world.api.get(`/v1/reports/${breaches}`, { headers: { Accept: 'text/csv' } });
    expect(answer.text).toMatch(/^"leadId","externalId",/);
  });

  test('an empty list has its head alone', async () => {
    const { text } = await world.api.get(
      '/v1/reports/compliance/leads?figure=compliance&part=breached&period=2020-11&format=csv',
    );
    expect(text.trimEnd().split('\r\n')).toHaveLength(1);
  });

  test.each([
    { what: 'a cursor', path: `${breaches}&format=csv&cursor=abc`, status: 422, said: 'CSV has the whole list' },
    { what: 'an unknown form', path: `${breaches}&format=xlsx`, status: 422, said: 'must be one of json, csv' },
    {
      what: 'an unknown part',
      path: breaches.replace('breached', 'gone') + '&format=csv',
      status: 422,
      said: 'possible are',
    },
  ])('$what is refused with what is possible', async ({ path, status, said }) => {
    const answer = await world.api.get(`/v1/reports/${path}`);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(said);
  });
});

/** A desk with a list of so many pages, which knows how many were read and when the reading ended. */
function deskWith(pageCount: number, failAt = Infinity) {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const seen = { readCount: 0, ended };
  const row = { cells: ['lead-1'.padEnd(100, 'x')] };
  const list: LeadList = {
    report: 'compliance',
    figure: 'compliance',
    part: 'met',
    agreement: 'inbound-saas',
    timeZone: 'UTC',
    period: { kind: 'month', name: '2026-11', fromDate: '2026-11-01', toDate: '2026-12-01', from: 0, to: 1 },
    asOf: 0,
    filters: [],
    columns: [{ id: 'leadId', title: 'lead', kind: 'text' }],
    pages: async function* (_after, pageSize) {
      try {
        for (seen.readCount = 1; seen.readCount <= pageCount; seen.readCount += 1) {
          await new Promise(setImmediate);
          if (seen.readCount === failAt) throw new Error('the database went away');
          yield { rows: Array.from({ length: pageSize }, () => row), next: [1] };
        }
      } finally {
        end();
      }
    },
  };
  const desk = { list: async () => list } as Partial<ReportDesk> as ReportDesk;
  return { desk, seen };
}

describe('a list of any length', () => {
  let api: RunningApi;
  afterEach(() => api.stop());

  async function ask(desk: ReportDesk): Promise<IncomingMessage> {
    const workflows = { start: async () => {}, deliver: async () => ({ kind: 'unanswered' as const }) };
    api = await RunningApi.start(world.opened.database, workflows, { reports: desk });
    const asked = request(
      `${api.url}/v1/reports/compliance/leads?figure=compliance&part=met&period=2026-11&format=csv`,
      {
        headers: { Authorization: `Bearer ${ADMIN_KEY}` },
      },
    ).end();
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    return answer;
  }

  test('is read no further than its reader takes it', async () => {
    const { desk, seen } = deskWith(Infinity);
    const answer = await ask(desk);
    answer.pause();
    // Each turn is room for a page: what is not held back would be read thousands of times.
    for (let turn = 0; turn < 5_000; turn += 1) await new Promise(setImmediate);
    expect(seen.readCount).toBeLessThan(300);
    answer.destroy();
    await seen.ended;
  });

  test('is no longer read once its reader has left', async () => {
    const { desk, seen } = deskWith(Infinity);
    const answer = await ask(desk);
    await once(answer, 'data');
    answer.destroy();
    await seen.ended;
  });

  test('that breaks off is not taken for whole', async () => {
    const { desk } = deskWith(10, 3);
    const answer = await ask(desk);
    answer.resume();
    await expect(once(answer, 'end')).rejects.toThrow('aborted');
  });

  test('that cannot be read at all is a failure, and no empty file', async () => {
    const { desk } = deskWith(10, 1);
    const answer = await ask(desk);
    answer.resume();
    expect(answer.statusCode).toBe(500);
  });
});

describe('on the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'handoff-list-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const handoff = (...words: string[]) => {
    const env = { HANDOFF_URL: world.api.url, HANDOFF_API_KEY: ADMIN_KEY };
    const ports = { callApi: createApiCaller(env), download: createDownloader(env) };
    return handoffWith(ports, 'report', 'leads', 'compliance', '--period', '2026-11', ...words);
  };
  const breached = ['--figure', 'compliance', '--part', 'breached', '--commitment', 'first-response'];

  test('the leads behind a number are a table, page by page', async () => {
    const whole = await handoff(...breached);
    expect(whole.lines[0]).toMatch(/^ {2}lead +agreement +owner/);
    expect(whole.lines).toHaveLength(3);
    const first = await handoff(...breached, '--limit', '1');
    const cursor = /--cursor (\S+)$/.exec(first.last!)![1]!;
    const second = await handoff(...breached, '--limit', '1', '--cursor', cursor);
    expect([first.lines[1], second.lines[1]].map((line) => line!.split('  ')[1])).toEqual(
      whole.lines.slice(1).map((line) => line.split('  ')[1]),
    );
  });

  test('--out writes the whole list', async () => {
    const file = join(folder, 'breached.csv');
    expect(await handoff(...breached, '--out', file)).toMatchObject({ exitCode: 0, errors: [] });
    expect(parse(readFileSync(file, 'utf8'), { columns: true })).toHaveLength(2);
  });

  test('a figure that there is not is told with those there are', async () => {
    const { exitCode, errors } = await handoff('--figure', 'gossip', '--part', 'met');
    expect(exitCode).toBe(1);
    expect(errors.join('\n')).toContain('--figure: is not to be had here: possible are');
  });
});
