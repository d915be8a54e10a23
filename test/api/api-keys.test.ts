/** Promise: a key opens what its role may, from when it is made until it is revoked, and every change of it is noted. */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { createLeadWorkflows, temporalClient } from '../../src/temporal/index.js';
import { directory } from '../db/journeys.js';
import { openFresh, type Opened } from '../db/opened.js';
import { RunningApi, type Answer } from './api-world.js';
import { aKey } from './keys.js';

jest.setTimeout(30_000);

let opened: Opened;
let http: RunningApi;
const client = temporalClient({ address: '127.0.0.1:9', namespace: 'default' });

beforeAll(async () => {
  opened = await openFresh();
  const { database } = opened;
  await database.directory.saveDirectory(directory);
  const { settledStates } = database;
  http = await RunningApi.start(database, createLeadWorkflows({ client, settledStates, now: Date.now }));
}, 60_000);
afterAll(async () => {
  await http.stop();
  await client.connection.close();
  await opened.close();
});

const order = { name: 'laptop', role: 'ops', person: 'marketing-ops' };
const make = (changes: Readonly<Record<string, unknown>> = {}, key?: string) =>
  http.post('/v1/api-keys', { ...order, ...changes }, key === undefined ? {} : { key });
const revoke = (id: unknown, key?: string) =>
  http.ask('DELETE', `/v1/api-keys/${String(id)}`, undefined, key === undefined ? {} : { key });
const codeOf = ({ status, body }: Answer) => [status, body['code']];
const pathsOf = ({ body }: Answer) => (body['errors'] as { path: string }[] | undefined)?.map(({ path }) => path);
const DAY_MS = 86_400_000;
const inDays = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString();

describe('a key that is made', () => {
  test('is shown once, and opens what its role may until it is revoked', async () => {
    const { status, headers, body } = await make({ expiresAt: inDays(1) });
    expect([status, headers.get('cache-control')]).toEqual([201, 'no-store']);
    const { key, ...shown } = body;
    expect(shown).toMatchObject({ ...order, standing: 'live', revokedAt: null });
    expect((await http.get('/v1/audit', { key: String(key) })).status).toBe(200);
    const listed = await http.get('/v1/api-keys');
    expect(listed.body['keys']).toContainEqual(shown);
    expect(listed.text).not.toContain(String(key));
    expect((await revoke(body['id'])).body).toMatchObject({ id: body['id'], standing: 'revoked' });
    expect(codeOf(await http.get('/v1/audit', { key: String(key) }))).toEqual([401, 'key-revoked']);
  });

  test('is nowhere in the database, only its hash', async () => {
    const { body } = await make();
    const { rows } = await opened.sql.query<{ dump: string }>('SELECT to_jsonb(api_key)::text AS dump FROM api_key');
    expect(rows.map(({ dump }) => dump).join()).not.toContain(String(body['key']));
  });

  test('by another administrator carries that one`s name in the audit trail', async () => {
    const key = await aKey(opened.database, { role: 'admin', person: 'cro' });
    const { body } = await make({}, key);
    const { body: page } = await http.get(`/v1/audit?subject=key:${String(body['id'])}`);
    expect(page['entries']).toEqual([
      expect.objectContaining({
        by: 'cro',
        action: 'key-created',
        before: null,
        principal: expect.stringMatching(/^key:k_/),
      }),
    ]);
  });

  test.each([
    { label: 'an unknown role', changes: { role: 'root' }, paths: ['role'] },
    { label: 'no role', changes: { role: undefined }, paths: ['role'] },
    { label: 'an unknown person', changes: { person: 'nobody-known' }, paths: ['person'] },
    { label: 'no person', changes: { person: undefined }, paths: ['person'] },
    { label: 'no name', changes: { name: '' }, paths: ['name'] },
    { label: 'a hash of its own', changes: { hash: 'abc' }, paths: ['hash'] },
    { label: 'an expiry that has passed', changes: { expiresAt: inDays(-1) }, paths: ['expiresAt'] },
    { label: 'an expiry that is no instant', changes: { expiresAt: 'next year' }, paths: ['expiresAt'] },
  ])('with $label is refused, and nothing is made', async ({ changes, paths }) => {
    const before = await opened.database.apiKeys.list();
    const answer = await make(changes);
    expect([answer.status, pathsOf(answer)]).toEqual([422, paths]);
    expect(await opened.database.apiKeys.list()).toEqual(before);
  });

  test('for a machine that hands leads over needs no person', async () => {
    expect(await make({ role: 'intake', person: undefined })).toMatchObject({ status: 201, body: { person: null } });
  });
});

describe('a key that opens nothing says why', () => {
  test.each([
    { code: 'key-expired', particulars: { person: 'cro', expiresAt: Date.now() - 1 } },
    { code: 'key-without-person', particulars: { person: 'left-last-year' } },
    { code: 'key-unknown', particulars: undefined },
  ])('$code', async ({ code, particulars }) => {
    const key = particulars ? await aKey(opened.database, { role: 'admin', ...particulars }) : 'never-made';
    const answer = await http.get('/v1/api-keys', { key });
    expect(codeOf(answer)).toEqual([401, code]);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });
});

describe('a key that is revoked', () => {
  test('again stays as it was', async () => {
    const { body } = await make();
    const first = await revoke(body['id']);
    const second = await revoke(body['id']);
    expect([second.status, second.body]).toEqual([200, first.body]);
    const { body: page } = await http.get(`/v1/audit?subject=key:${String(body['id'])}`);
    expect((page['entries'] as { action: string }[]).map(({ action }) => action)).toEqual([
      'key-revoked',
      'key-created',
    ]);
  });

  test('is never the one that asks', async () => {
    const { body } = await make({ role: 'admin' });
    const key = String(body['key']);
    expect(codeOf(await revoke(body['id'], key))).toEqual([409, 'own-key']);
    expect((await http.get('/v1/api-keys', { key })).status).toBe(200);
  });

  test('may be the last of an administrator: the one of the environment stays', async () => {
    for (const { id, role } of await opened.database.apiKeys.list()) if (role === 'admin') await revoke(id);
    expect((await http.get('/v1/api-keys')).status).toBe(200);
    expect(codeOf(await revoke('admin'))).toEqual([404, 'unknown-api-key']);
  });

  test.each(['k_none', 'x'.repeat(3_000), '%F0%9F%94%91', '..%2f'])('must be there: %s is not', async (id) => {
    expect(codeOf(await revoke(id))).toEqual([404, 'unknown-api-key']);
  });
});

describe('the audit trail', () => {
  interface Page {
    readonly entries: readonly { readonly id: number; readonly subject: string; readonly recordedAt: string }[];
    readonly next: string | null;
  }
  const read = async (query: string): Promise<Page> => {
    const { status, body } = await http.get(`/v1/audit?${query}`);
    expect([query, status]).toEqual([query, 200]);
    return body as unknown as Page;
  };

  test('is read page by page, each entry once, while more comes', async () => {
    for (let count = 0; count < 5; count += 1) await make();
    const whole = await read('limit=500');
    const paged: number[] = [];
    let next: string | null = '';
    for (; next !== null; await make()) {
      const page: Page = await read(`limit=2${next === '' ? '' : `&cursor=${next}`}`);
      paged.push(...page.entries.map(({ id }) => id));
      next = page.next;
    }
    expect(paged).toEqual(whole.entries.map(({ id }) => id));
  });

  test('is found by subject and what is under it, by person, and between two instants', async () => {
    const key = await aKey(opened.database, { role: 'admin', person: 'vp-sales' });
    const { body } = await make({}, key);
    const [entry] = (await read(`by=vp-sales`)).entries;
    expect(entry?.subject).toBe(`key:${String(body['id'])}`);
    const at = Date.parse(entry!.recordedAt);
    const between = async (from: number, to: number) =>
      (await read(`by=vp-sales&from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}`)).entries.length;
    expect([await between(at, at + 1), await between(at + 1, at + DAY_MS), await between(at - DAY_MS, at)]).toEqual([
      1, 0, 0,
    ]);
    expect((await read('subject=directory')).entries).toHaveLength(1);
    expect((await read('subject=key&by=vp-sales')).entries).toHaveLength(1);
    expect((await read('subject=ke')).entries).toEqual([]);
  });

  test('of an instant is the same whenever it is asked', async () => {
    const asOf = new Date(Date.now() - 10_500).toISOString();
    const first = await http.get(`/v1/audit?asOf=${asOf}`);
    await make();
    expect((await http.get(`/v1/audit?asOf=${asOf}`)).text).toBe(first.text);
  });

  test.each([
    'from=yesterday',
    'limit=0',
    'limit=501',
    'limit=all',
    'cursor=-1',
    'cursor=abc',
    'since=now',
    `asOf=${inDays(0)}`,
  ])('?%s is refused with what fits', async (query) => {
    expect(codeOf(await http.get(`/v1/audit?${query}`))).toEqual([422, 'invalid-query']);
  });
});
