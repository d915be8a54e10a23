// A report in every form that it is asked for in: the same numbers, the same bytes, and a word when nothing has changed.
import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
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
  expect(byWord.text).toContain('must be one of json, csv, xlsx');
  const byAccept = await api.get(asked, { headers: { Accept: 'image/gif' } });
  expect([byAccept.status, byAccept.body['code']]).toEqual([406, 'not-acceptable']);
  expect(byAccept.text).toContain('text/csv');
});
