// A report in every form that it is asked for in: the same numbers, the same bytes, and a word when nothing has changed.
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { formatLocal } from '../../src/zones/index.js';
import { createApiCaller, createDownloader } from '../../src/bin/handoff/call-api.js';
import { handoffWith } from '../cli/command-line.js';
import { readPdf } from '../print/pdf-text.js';
import { ADMIN_KEY, type RunningApi } from './api-world.js';
import { ReportWorld } from './report-world.js';

let world: ReportWorld;
let api: RunningApi;
/** One question whose answer nothing changes any more. */
let asked: string;

beforeAll(async () => {
  world = await ReportWorld.open();
  api = world.api;
  asked = `/v1/reports/compliance?period=2026-11&asOf=${world.early}`;
});
afterAll(() => world.close());

async function fetchBytes(path: string, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(`${api.url}${path}`, { headers: { Authorization: `Bearer ${ADMIN_KEY}`, ...headers } });
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
}

const forms = [
  { format: 'json', mediaType: 'application/json' },
  { format: 'csv', mediaType: 'text/csv' },
  { format: 'xlsx', mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
  { format: 'html', mediaType: 'text/html' },
  { format: 'pdf', mediaType: 'application/pdf' },
  { format: 'svg', mediaType: 'image/svg+xml' },
  { format: 'png', mediaType: 'image/png' },
] as const;

describe.each(forms)('as $format', ({ format, mediaType }) => {
  test('it comes by the word of the query, and by Accept', async () => {
    const byWord = await fetchBytes(`${asked}&format=${format}`);
    const byAccept = await fetchBytes(asked, { Accept: mediaType });
    expect([byWord.status, byAccept.status]).toEqual([200, 200]);
    expect(byWord.headers.get('content-type')).toContain(mediaType);
    expect(byAccept.headers.get('vary')).toContain('Accept');
    expect(Buffer.compare(byWord.bytes, byAccept.bytes)).toBe(0);
  });

  test('its ETag is the hash of its bytes, which are the same each time', async () => {
    const { headers, bytes } = await fetchBytes(`${asked}&format=${format}`);
    const hash = createHash('sha256').update(bytes).digest('hex');
    expect(headers.get('etag')).toBe(`"${hash}"`);
    expect(headers.get('cache-control')).toBe('private, no-cache');
    const again = await fetchBytes(`${asked}&format=${format}`);
    expect(Buffer.compare(bytes, again.bytes)).toBe(0);
  });

  test('whoever has it already hears so, without its bytes', async () => {
    const etag = (await fetchBytes(`${asked}&format=${format}`)).headers.get('etag')!;
    const again = await fetchBytes(`${asked}&format=${format}`, { 'If-None-Match': `"another", ${etag}` });
    expect([again.status, again.bytes.length, again.headers.get('etag')]).toEqual([304, 0, etag]);
    const changed = await fetchBytes(`${asked}&format=${format}`, { 'If-None-Match': '"another"' });
    expect(changed.status).toBe(200);
  });

  test('it has the name of what it is', async () => {
    const { headers } = await fetchBytes(`${asked}&format=${format}`);
    expect(headers.get('content-disposition')).toContain(`filename="compliance-inbound-saas-2026-11.${format}"`);
  });
});

test('another question has another ETag', async () => {
  const [one, other] = await Promise.all(
    ['compliance', 'funnel'].map((name) => fetchBytes(`/v1/reports/${name}?period=2026-11&asOf=${world.early}`)),
  );
  expect(one!.headers.get('etag')).not.toBe(other!.headers.get('etag'));
});

test('CSV has the numbers of JSON, unrounded', async () => {
  const { body } = await api.get(asked);
  const sections = body['sections'] as readonly {
    readonly id: string;
    readonly rows: readonly Record<string, unknown>[];
  }[];
  const rows: Record<string, string>[] = parse((await fetchBytes(`${asked}&format=csv`)).bytes, { columns: true });
  const inJson = sections.flatMap(({ id, rows: own }) => own.map(({ met, value }) => ({ section: id, met, value })));
  expect(rows.map(({ section, met, value }) => ({ section, met, value }))).toEqual(
    inJson.map(({ section, met, value }) => ({ section, met: textOf(met), value: textOf(value) })),
  );
});

const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? `${value}` : '');

test('a form that there is not is refused with those that there are', async () => {
  const byWord = await api.get(`${asked}&format=docx`);
  expect([byWord.status, byWord.body['code']]).toEqual([422, 'invalid-query']);
  expect(byWord.text).toContain('must be one of json, csv, xlsx, html, pdf, svg, png');
  const byAccept = await api.get(asked, { headers: { Accept: 'image/gif' } });
  expect([byAccept.status, byAccept.body['code']]).toEqual([406, 'not-acceptable']);
  expect(byAccept.text).toContain('text/csv');
});

describe('a chart', () => {
  test('is asked for by its section and its number there', async () => {
    const [first, second] = await Promise.all(
      ['marketing.1', 'sales.1'].map((chart) => fetchBytes(`${asked}&format=svg&chart=${chart}`)),
    );
    expect(first!.bytes.toString()).toContain('Promises of marketing, kept');
    expect(second!.bytes.toString()).toContain('Promises of sales, kept');
  });

  test('is the first of the report unless another is named', async () => {
    const { bytes } = await fetchBytes(`${asked}&format=svg`);
    expect(bytes.toString()).toContain('Promises of marketing, kept');
  });

  test('as PNG is a picture', async () => {
    const { bytes } = await fetchBytes(`${asked}&format=png&chart=sales.1`);
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(bytes.readUInt32BE(16)).toBe(1_440);
  });

  test.each([
    { what: 'one that there is not', query: 'format=svg&chart=sales.9', said: 'must be one of marketing.1, sales.1' },
    { what: 'one of a report without charts', report: 'fair-play', query: 'format=png', said: 'nothing to show' },
    { what: 'one where a whole report is asked for', query: 'format=pdf&chart=sales.1', said: 'format svg or png' },
  ])('$what is refused with what is possible', async ({ report = 'compliance', query, said }) => {
    const { status, body, text } = await api.get(`/v1/reports/${report}?period=2026-11&${query}`);
    expect([status, body['code']]).toEqual([422, 'invalid-query']);
    expect(text).toContain(said);
  });
});

test('the PDF names the hash under which JSON has the data, and the as-of', async () => {
  const json = await fetchBytes(`${asked}&format=json`);
  const { text } = readPdf((await fetchBytes(`${asked}&format=pdf`)).bytes);
  expect(text).toContain(`SHA-256 of the data ${json.headers.get('etag')!.replaceAll('"', '')}`);
  expect(text).toContain(`as of ${formatLocal('America/New_York', Date.parse(world.early))}`);
});

describe('on the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'handoff-report-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const handoff = (...words: string[]) => {
    const env = { HANDOFF_URL: api.url, HANDOFF_API_KEY: ADMIN_KEY };
    return handoffWith({ callApi: createApiCaller(env), download: createDownloader(env) }, 'report', ...words);
  };
  const asking = () => ['compliance', '--period', '2026-11', '--as-of', world.early];

  test.each(['csv', 'xlsx', 'html', 'pdf', 'png', 'json'])(
    'a file that ends in .%s has the bytes of that form',
    async (format) => {
      const file = join(folder, `report.${format}`);
      expect(await handoff(...asking(), '--out', file)).toMatchObject({ exitCode: 0, errors: [] });
      expect(Buffer.compare(readFileSync(file), (await fetchBytes(`${asked}&format=${format}`)).bytes)).toBe(0);
    },
  );

  test('a chart is named, and the format may be said besides the file', async () => {
    const file = join(folder, 'chart');
    expect(await handoff(...asking(), '--format', 'svg', '--chart', 'sales.1', '--out', file)).toMatchObject({
      exitCode: 0,
    });
    expect(readFileSync(file, 'utf8')).toContain('Promises of sales, kept');
  });

  test.each([
    { what: 'a format without a file', words: ['--format', 'pdf'], said: '--out FILE' },
    { what: 'a file of no known form', words: ['--out', 'report.docx'], said: 'ends in json, csv' },
  ])('$what is told what to say', async ({ words, said }) => {
    const { exitCode, errors } = await handoff(...asking(), ...words);
    expect(exitCode).toBe(2);
    expect(errors.join('\n')).toContain(said);
  });

  test('what the API refuses leaves no file', async () => {
    const file = join(folder, 'none.csv');
    const { exitCode, errors } = await handoff('compliance', '--period', 'last week', '--out', file);
    expect(exitCode).toBe(1);
    expect(errors.join('\n')).toContain('2026-W47 (a week from Monday)');
    expect(existsSync(file)).toBe(false);
  });

  test('a folder that is not there is the fault of the file, not of the API', async () => {
    const { exitCode, errors } = await handoff(...asking(), '--out', join(folder, 'nowhere', 'report.csv'));
    expect(exitCode).toBe(2);
    expect(errors.join('\n')).toContain('the file cannot be written');
  });
});
