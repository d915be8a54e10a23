/**
 * Promise: reports are read in a browser by whoever has a key for it, for no longer than that key lives; a cookie opens
 * reading and nothing else, and no other site can send a reader's forms.
 */
import { reportNames } from '../../src/domain/reports/index.js';
import { admin } from '../builders/index.js';
import { directory } from '../db/journeys.js';
import type { Opened } from '../db/opened.js';
import { ADMIN_KEY, RunningApi, type Answer } from './api-world.js';
import { aKey } from './keys.js';
import { nobodyRuns, ReportWorld } from './report-world.js';

let world: ReportWorld;
let opened: Opened;
let api: RunningApi;
let now = 0;
const HOUR_MS = 3_600_000;

beforeAll(async () => {
  world = await ReportWorld.open({ now: () => now });
  ({ opened, api } = world);
  await opened.database.directory.saveDirectory(directory);
}, 60_000);
// Everything recorded so far lies more than 10 s back.
beforeEach(() => (now = Date.now() + 15_000));
afterAll(() => world.close());

interface Sent {
  readonly cookie?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** As a browser asks, but without following where it is sent. */
async function visit(
  path: string,
  { cookie, headers }: Sent = {},
): Promise<Answer & { readonly location: string | null }> {
  return fetched(path, { headers: { ...headers, ...(cookie !== undefined && { cookie }) } });
}

async function submit(path: string, form: Readonly<Record<string, string>>, { cookie, headers }: Sent = {}) {
  const body = new URLSearchParams(form);
  return fetched(path, { method: 'POST', body, headers: { ...headers, ...(cookie !== undefined && { cookie }) } });
}

async function fetched(path: string, init: RequestInit) {
  const response = await fetch(`${api.url}${path}`, { ...init, redirect: 'manual' });
  const { status, headers } = response;
  return { status, headers, text: await response.text(), body: {}, location: headers.get('location') };
}

const cookieOf = ({ headers }: Answer): string => headers.get('set-cookie')!.split(';')[0]!;

async function signedIn(key = ADMIN_KEY): Promise<string> {
  const answer = await submit('/reports/sign-in', { key });
  expect([answer.status, answer.location]).toEqual([303, '/reports']);
  return cookieOf(answer);
}

const MONTH = 'period=2026-11';

describe('signing in', () => {
  test('with a key of a leader gives a cookie that no script reads and no other site sends', async () => {
    const key = await aKey(opened.database, { role: 'leader', person: 'vp-sales' });
    const answer = await submit('/reports/sign-in', { key: ` ${key} `, to: '/reports/targets?period=2026-11' });
    expect([answer.status, answer.location]).toEqual([303, '/reports/targets?period=2026-11']);
    expect(answer.headers.get('set-cookie')).toMatch(/; Path=\/; Max-Age=28800; HttpOnly; SameSite=Strict$/);
    expect(answer.headers.get('set-cookie')).not.toContain(key);
  });

  test('is asked of whoever has not, who is then sent where they wanted to go', async () => {
    const { status, location } = await visit('/reports/funnel?period=2026-11');
    expect([status, location]).toEqual([303, '/reports/sign-in?to=%2Freports%2Ffunnel%3Fperiod%3D2026-11']);
    expect((await visit(location!)).text).toContain('name="to" value="/reports/funnel?period=2026-11"');
  });

  test.each([
    { what: 'another site', to: 'https://evil.example/reports' },
    { what: 'another site without a scheme', to: '//evil.example' },
    { what: 'another site by a back slash', to: '/\\evil.example' },
    { what: 'a page that is none of these', to: '/v1/api-keys' },
    { what: 'a header of its own', to: '/reports\r\nX-Evil: 1' },
  ])('never leads to $what', async ({ to }) => {
    expect((await submit('/reports/sign-in', { key: ADMIN_KEY, to })).location).toBe('/reports');
  });

  test('with a wrong key says so, and shows nothing of it', async () => {
    const answer = await submit('/reports/sign-in', { key: 'not-a-key-of-ours' });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(answer.text).toContain('Unknown API key');
    expect(answer.text).not.toContain('not-a-key-of-ours');
  });

  test('with a key of another role says which roles may', async () => {
    const key = await aKey(opened.database, { role: 'rep', person: 'rep-east-1' });
    const answer = await submit('/reports/sign-in', { key });
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([403, null]);
    expect(answer.text).toContain('those that may are leader, ops, admin');
  });

  test.each<{ what: string; headers: Record<string, string> }>([
    { what: 'a form of another site', headers: { 'Sec-Fetch-Site': 'cross-site' } },
    { what: 'a form of a neighbouring site', headers: { 'Sec-Fetch-Site': 'same-site' } },
    { what: 'a form of another origin', headers: { Origin: 'https://evil.example' } },
    { what: 'a form that hides its origin', headers: { Origin: 'null' } },
  ])('is refused to $what, and so is signing out', async ({ headers }) => {
    const answer = await submit('/reports/sign-in', { key: ADMIN_KEY }, { headers });
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([403, null]);
    const leaving = await submit('/reports/sign-out', {}, { headers, cookie: await signedIn() });
    expect([leaving.status, leaving.headers.get('set-cookie')]).toEqual([403, null]);
  });

  test('sends the cookie by TLS only where browsers reach us by TLS', async () => {
    const byTls = await RunningApi.start(opened.database, nobodyRuns, { isPublicByTls: true });
    const body = new URLSearchParams({ key: ADMIN_KEY });
    const answer = await fetch(`${byTls.url}/reports/sign-in`, { method: 'POST', body, redirect: 'manual' });
    await byTls.stop();
    expect(answer.headers.get('set-cookie')).toMatch(/; Secure$/);
  });

  test('waits after ten wrong keys from an address, also for the right one, and for no longer than ten minutes', async () => {
    let at = now;
    const limited = await RunningApi.start(opened.database, nobodyRuns, { now: () => at });
    const attempt = (key: string) =>
      fetch(`${limited.url}/reports/sign-in`, {
        method: 'POST',
        body: new URLSearchParams({ key }),
        redirect: 'manual',
      });
    for (let count = 0; count < 10; count += 1) expect((await attempt('wrong')).status).toBe(401);
    const refused = await attempt(ADMIN_KEY);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '600']);
    at += 10 * 60_000 - 1;
    expect((await attempt(ADMIN_KEY)).status).toBe(429);
    at += 1;
    expect((await attempt(ADMIN_KEY)).status).toBe(303);
    await limited.stop();
  });
});

describe('a session', () => {
  test('ends when its key is revoked', async () => {
    const id = 'k_to_be_revoked';
    const key = await aKey(opened.database, { id, role: 'ops', person: 'marketing-ops' });
    const cookie = await signedIn(key);
    expect((await visit(`/reports/funnel?${MONTH}`, { cookie })).status).toBe(200);
    await opened.database.apiKeys.revoke(id, admin);
    expect((await visit(`/reports/funnel?${MONTH}`, { cookie })).status).toBe(303);
    expect((await visit(`/v1/reports/funnel?${MONTH}`, { cookie })).status).toBe(401);
  });

  test('ends when its key expires', async () => {
    const key = await aKey(opened.database, { role: 'ops', person: 'marketing-ops', expiresAt: now + HOUR_MS });
    const cookie = await signedIn(key);
    now += HOUR_MS - 1;
    expect((await visit('/reports/sign-in', { cookie })).status).toBe(200);
    expect((await visit(`/reports/funnel?${MONTH}`, { cookie })).status).toBe(200);
    now += 1;
    expect((await visit(`/reports/funnel?${MONTH}`, { cookie })).status).toBe(303);
  });

  test('lasts eight hours', async () => {
    const cookie = await signedIn();
    now += 8 * HOUR_MS - 1;
    expect((await visit(`/reports/funnel?${MONTH}`, { cookie })).status).toBe(200);
    now += 1;
    expect((await visit(`/reports/funnel?${MONTH}`, { cookie })).status).toBe(303);
  });

  test('is nobody’s if a sign of its cookie is changed', async () => {
    const cookie = await signedIn();
    const places = [cookie.length - 5, cookie.indexOf('.') + 6, cookie.indexOf('=') + 2];
    for (const place of places) {
      const changed = cookie.slice(0, place) + (cookie[place] === 'A' ? 'B' : 'A') + cookie.slice(place + 1);
      expect((await visit(`/reports/funnel?${MONTH}`, { cookie: changed })).status).toBe(303);
    }
    for (const odd of ['handoff_session=', 'handoff_session=a.b', 'handoff_session=s1..', 'other=1']) {
      expect((await visit(`/reports/funnel?${MONTH}`, { cookie: odd })).status).toBe(303);
    }
  });

  test('opens what its pages link to, and nothing else of the API', async () => {
    const cookie = await signedIn();
    expect((await visit(`/v1/reports/targets?${MONTH}&format=csv`, { cookie })).status).toBe(200);
    expect((await visit('/v1/api-keys', { cookie })).status).toBe(401);
    expect((await visit('/v1/leads/lead-1', { cookie })).status).toBe(401);
    expect((await submit('/v1/reports/targets', {}, { cookie })).status).toBe(401);
    expect((await submit('/v1/api-keys', {}, { cookie })).status).toBe(401);
  });

  test('is forgotten by signing out', async () => {
    const answer = await submit('/reports/sign-out', {}, { cookie: await signedIn() });
    expect([answer.status, answer.location]).toEqual([303, '/reports/sign-in']);
    expect(answer.headers.get('set-cookie')).toMatch(/^handoff_session=; Path=\/; Max-Age=0; /);
  });
});

describe('a page', () => {
  test.each(reportNames)('%s is there for its period, and downloads as of the same instant', async (report) => {
    const cookie = await signedIn();
    const { status, text } = await visit(`/reports/${report}?${MONTH}&asOf=`, { cookie });
    expect(status).toBe(200);
    expect(text).toContain('<strong>2026-11</strong>, 2026-11-01 to 2026-11-30');
    expect(text).toMatch(new RegExp(`href="/reports/${report}\\?period=2026-10">‹ 2026-10<`));
    const [, csv] = new RegExp(`href="(/v1/reports/${report}[^"]+format=csv)"`).exec(text)!;
    const answer = await visit(csv!.replaceAll('&amp;', '&'), { cookie });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
  });

  test.each([
    { format: 'svg', mediaType: 'image/svg+xml' },
    { format: 'png', mediaType: 'image/png' },
  ])('gives each of its charts as $format', async ({ format, mediaType }) => {
    const cookie = await signedIn();
    const { text } = await visit(`/reports/speed?${MONTH}`, { cookie });
    const charts = [
      ...text.matchAll(new RegExp(`href="(/v1/reports/speed[^"]+format=${format}&amp;chart=[^"]+)"`, 'g')),
    ];
    expect(charts).toHaveLength(text.match(/<figure/g)!.length);
    const answer = await visit(charts.at(-1)![1]!.replaceAll('&amp;', '&'), { cookie });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, mediaType]);
  });

  test('of all shows both sides, marketing first, and leads to every report about the same period', async () => {
    const { status, text } = await visit(`/reports?${MONTH}`, { cookie: await signedIn() });
    expect(status).toBe(200);
    expect(text.indexOf('<h2>Marketing</h2>')).toBeGreaterThan(0);
    expect(text.indexOf('<h2>Sales</h2>')).toBeGreaterThan(text.indexOf('<h2>Marketing</h2>'));
    for (const report of reportNames) expect(text).toContain(`href="/reports/${report}?period=2026-11"`);
  });

  test('without a period is about the month in which it is asked', async () => {
    now = Date.parse('2026-12-01T04:00:00Z');
    // 23:00 of 30 November in New York.
    const { text } = await visit('/reports/funnel', { cookie: await signedIn() });
    expect(text).toContain('<strong>2026-11</strong>');
  });

  test('opens the list behind a number, page by page, and from there why a lead was judged so', async () => {
    const cookie = await signedIn();
    const { text } = await visit(`/reports/compliance?${MONTH}`, { cookie });
    const [, list] =
      /href="(\/reports\/compliance\/leads\?[^"]*part=breached[^"]*commitment=first-response[^"]*)">2</.exec(text) ??
      [];
    expect(list).toBeDefined();
    const address = `${list!.replaceAll('&amp;', '&')}&limit=1`;
    const first = await visit(address, { cookie });
    expect(first.text).toContain('The first One entry');
    const [, next] = /rel="next" href="([^"]+)"/.exec(first.text)!;
    const second = await visit(next!.replaceAll('&amp;', '&'), { cookie });
    expect(second.text).toContain('The last one entry');
    const [, why] = /href="(\/reports\/leads\/[^"]+)"/.exec(second.text)!;
    const explained = await visit(why!, { cookie });
    expect(explained.status).toBe(200);
    expect(explained.text).toContain('Breached:');
    expect(explained.text).toContain('What happened');
  });

  test('says what does not fit beside the form that was filled in', async () => {
    const { status, text } = await visit('/reports/funnel?period=last+week&by=team', { cookie: await signedIn() });
    expect(status).toBe(422);
    expect(text).toContain('role="alert"');
    expect(text).toContain('value="last week"');
  });

  test('that is none, or of a lead that is none, says so as a page', async () => {
    const cookie = await signedIn();
    for (const path of ['/reports/gossip', '/reports/leads/nobody', '/reports/a/b/c']) {
      const { status, text, headers } = await visit(path, { cookie });
      expect([path, status, headers.get('content-type')]).toEqual([path, 404, 'text/html; charset=utf-8']);
      expect(text).toContain('<h1>');
    }
  });

  test('lets a browser do nothing but show it and send its own forms, and keep nothing', async () => {
    const cookie = await signedIn();
    for (const path of ['/reports', '/reports/compliance', '/reports/gossip', '/reports/sign-in']) {
      const { headers, text } = await visit(`${path}?${MONTH}`, { cookie });
      expect(headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
      );
      expect(headers.get('cache-control')).toBe('no-store');
      expect(text).not.toMatch(/<script|javascript:| style="| on\w+="/);
    }
  });

  test('never takes what was asked for markup', async () => {
    const cookie = await signedIn();
    const wicked = encodeURIComponent('"><script>alert(1)</script>');
    for (const path of [
      '/reports/compliance?period=',
      '/reports/compliance?team=',
      '/reports/sign-in?to=',
      '/reports/',
    ]) {
      expect((await visit(`${path}${wicked}`, { cookie })).text).not.toContain('<script>');
    }
  });
});
