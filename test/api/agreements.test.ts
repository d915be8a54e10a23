/** Promise: a version of an agreement lives as both sides decide, by key or by link, and every no says what to do. */
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { hashOfKey } from '../../src/api/keys/hash-of-key.js';
import type { KeyRole } from '../../src/domain/access/api-key.js';
import { admin, anApiKey } from '../builders/api-key.js';
import { until } from '../workflows/lead-world.js';
import { ApiWorld, type Answer, type Asking } from './api-world.js';

jest.setTimeout(30_000);

let world: ApiWorld;
let sql: pg.Pool;
beforeAll(async () => {
  world = await ApiWorld.open();
  sql = new pg.Pool({ connectionString: world.world.environment['DATABASE_URL'], max: 1 });
  await keyOf('olga', 'ops', 'marketing-ops');
  await keyOf('mara', 'leader', 'head-of-marketing');
  await keyOf('saul', 'leader', 'head-of-sales');
  await keyOf('rita', 'rep', 'rep-east-1');
}, 60_000);
afterAll(async () => {
  await sql.end();
  await world.close();
});

async function keyOf(id: string, role: KeyRole, person: string) {
  await world.world.database.apiKeys.save(anApiKey({ id, role, person, hash: hashOfKey(`key-of-${id}`) }), admin);
}

const spec = readFileSync(new URL('../spec/agreements/inbound-saas.yaml', import.meta.url), 'utf8');
let name = '';
let nameCount = 0;
beforeEach(() => {
  nameCount += 1;
  name = `motion-${nameCount}`;
  world.world.inbox.clear();
});

/** The example, in force from its publication, for a motion of the test's own. */
const document = (changes: Readonly<Record<string, string>> = {}): string =>
  Object.entries({ 'name: inbound-saas': `name: ${name}`, 'effectiveFrom: 2026-10-01': '', ...changes }).reduce(
    (text, [from, to]) => text.replace(from, to),
    spec,
  );

const as = (id: string): Asking => ({ key: `key-of-${id}` });
const path = (act = '', version = 1) => `/v1/agreements/${name}/versions/${version}${act === '' ? '' : `/${act}`}`;
const draft = (text = document()) => world.http.post('/v1/agreements', { text }, as('olga'));
const act = (id: string, what: string, body: object = {}, version = 1): Promise<Answer> =>
  world.http.post(path(what, version), body, as(id));
const read = async (version = 1) => (await world.http.get(path('', version), as('olga'))).body;
const hashOf = async (version = 1) => (await read(version))['hash'];
const sign = async (id: string, version = 1) => act(id, 'sign', { hash: await hashOf(version) }, version);

async function signed(version = 1) {
  for (const answer of [
    await act('olga', 'submit', {}, version),
    await sign('mara', version),
    await sign('saul', version),
  ])
    expect(answer.status).toBe(200);
}

describe('a version', () => {
  test('goes from draft into force by the keys of those who may', async () => {
    const drafted = await draft();
    expect(drafted).toMatchObject({ status: 201, body: { agreement: name, version: 1, status: 'draft' } });
    expect(drafted.headers.get('location')).toBe(path());
    expect((await act('olga', 'submit')).body).toMatchObject({ status: 'in-review', waitsFor: ['marketing', 'sales'] });
    expect((await sign('saul')).body).toMatchObject({ status: 'in-review', waitsFor: ['marketing'] });
    expect((await sign('mara')).body).toMatchObject({ status: 'signed', waitsFor: [] });
    expect((await act('olga', 'schedule')).body).toMatchObject({ status: 'active' });
    expect(await read()).toMatchObject({
      signatures: [{ person: 'head-of-sales' }, { person: 'head-of-marketing' }],
      signers: { sales: { named: 'head-of-sales', people: ['head-of-sales'] } },
      document: { name },
      acts: ['mark-overdue'],
    });
    const { body } = await world.http.get('/v1/agreements', as('rita'));
    expect(body['agreements']).toContainEqual(expect.objectContaining({ agreement: name, activeVersion: 1 }));
  });

  test('is written in YAML, as text or as a document, and read as it was written', async () => {
    const yaml = { ...as('olga'), text: document(), headers: { 'Content-Type': 'application/yaml' } };
    expect(await world.http.post('/v1/agreements', undefined, yaml)).toMatchObject({ status: 201 });
    const { text, document: parsed } = await read();
    expect(text).toBe(document());
    const changed = { ...(parsed as object), title: 'Changed' };
    const put = await world.http.ask('PUT', path(), { document: changed }, as('olga'));
    expect(put.body).toMatchObject({ status: 'draft', title: 'Changed' });
    expect(await hashOf()).not.toBe(undefined);
    const next = await world.http.post(`/v1/agreements/${name}/versions`, { from: 1 }, as('mara'));
    expect(next).toMatchObject({ status: 201, body: { version: 2, title: 'Changed', createdBy: 'head-of-marketing' } });
  });

  test('that comes to its day takes the place of the one before', async () => {
    await draft();
    await signed();
    await act('olga', 'schedule');
    await world.http.post(`/v1/agreements/${name}/versions`, { text: document({ '4h\n': '3h\n' }) }, as('olga'));
    await signed(2);
    await act('olga', 'schedule', {}, 2);
    const { body } = await world.http.get(`/v1/agreements/${name}/versions`, as('rita'));
    expect(body['versions']).toMatchObject([{ status: 'superseded' }, { status: 'active' }]);
  });

  test('that is published in shadow is in shadow from its first instant, and not at all if it cannot be published', async () => {
    await draft();
    const shadow = async () => (await world.http.get(path('shadow'), as('olga'))).body['shadow'];
    expect(await act('olga', 'schedule', { shadow: true })).toMatchObject({ body: { code: 'signatures-missing' } });
    expect(await shadow()).toBeNull();
    await signed();
    const { body } = await act('olga', 'schedule', { shadow: true });
    expect(body).toMatchObject({ status: 'active' });
    expect(await shadow()).toEqual({ covers: 'all', liveLadders: [], since: body['publishedAt'], by: 'marketing-ops' });
    const { rows } = await sql.query<{ action: string }>(
      `SELECT action FROM audit_entry WHERE subject = $1 ORDER BY id DESC LIMIT 3`,
      [`agreement:${name}@1`],
    );
    expect(rows.map(({ action }) => action)).toEqual(['version-activated', 'version-published', 'shadow-set']);
  });

  test('takes comments in review and keeps them, with who and when', async () => {
    await draft();
    await act('olga', 'submit');
    expect(await act('saul', 'comments', { text: 'Two hours is too short' })).toMatchObject({ status: 201 });
    await act('saul', 'return', { reason: 'See my comment' });
    expect((await world.http.get(path('comments'), as('olga'))).body).toMatchObject({
      comments: [
        { by: 'head-of-sales', text: 'Two hours is too short', hash: await hashOf() },
        { by: 'head-of-sales', text: 'See my comment' },
      ],
    });
    expect(await read()).toMatchObject({ status: 'draft' });
  });

  test('is in the audit with every step', async () => {
    await draft();
    await act('olga', 'submit');
    await sign('mara');
    await act('mara', 'withdraw');
    const { rows } = await sql.query<{ action: string; by: string }>(
      `SELECT action, "by" FROM audit_entry WHERE subject = 'agreement:${name}@1' ORDER BY id`,
    );
    expect(rows.map(({ action, by }) => `${by} ${action}`)).toEqual([
      'marketing-ops version-drafted',
      'marketing-ops version-submitted',
      'head-of-marketing version-signed',
      'head-of-marketing version-returned',
    ]);
  });
});

describe('a no changes nothing and says what to do:', () => {
  const cases: Readonly<Record<string, readonly [string, number, () => Promise<Answer>]>> = {
    'signing what it does not say any more': [
      'hash-not-current',
      409,
      () => act('mara', 'sign', { hash: '0'.repeat(64) }),
    ],
    'signing without being a signer': ['not-a-signer', 403, () => sign('olga')],
    'signing with the administrator’s key': [
      'not-a-signer',
      403,
      async () => world.http.post(path('sign'), { hash: await hashOf() }),
    ],
    'signing as a rep': ['role-missing', 403, () => sign('rita')],
    'signing twice': ['already-signed', 409, () => sign('saul')],
    'publishing what one side has signed': ['signatures-missing', 409, () => act('olga', 'schedule')],
    'publishing without the role': ['role-missing', 403, () => act('mara', 'schedule')],
    'submitting what is in review': ['not-a-draft', 409, () => act('olga', 'submit')],
    'withdrawing a signature not given': ['nothing-to-withdraw', 409, () => act('mara', 'withdraw')],
    'changing what is in review': [
      'version-frozen',
      409,
      () => world.http.ask('PUT', path(), { text: document({ '4h\n': '3h\n' }) }, as('olga')),
    ],
    'a version that there is not': ['unknown-version', 404, () => act('olga', 'submit', {}, 7)],
    'a version that is no number': [
      'unknown-version',
      404,
      () => world.http.get(`/v1/agreements/${name}/versions/new`, as('olga')),
    ],
    'an agreement that there is not': [
      'unknown-version',
      404,
      () => world.http.get('/v1/agreements/nowhere/versions', as('olga')),
    ],
    'beginning it once more': ['agreement-exists', 409, () => draft()],
    'an empty comment': ['invalid-body', 422, () => act('saul', 'comments', { text: ' ' })],
    'a hash that is none': ['invalid-body', 422, () => act('mara', 'sign', { hash: 'latest' })],
  };

  test.each(Object.entries(cases))('%s', async (_what, [code, status, ask]) => {
    await draft();
    await act('olga', 'submit');
    await sign('saul');
    const before = await read();
    const answer = await ask();
    expect(answer).toMatchObject({ status, body: { code } });
    expect(String(answer.body['detail']).length).toBeGreaterThan(20);
    expect(await read()).toEqual(before);
  });

  test('a document with mistakes, each with its line and nothing stored', async () => {
    const answer = await draft(document({ 'within: 4h': 'within: soon', 'party: sales': 'party: sails' }));
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid-document' } });
    const errors = answer.body['errors'] as readonly { path: string; line: number }[];
    expect(errors.length).toBeGreaterThan(1);
    expect(errors.every(({ line }) => line > 1)).toBe(true);
    expect((await world.http.get(path(), as('olga'))).status).toBe(404);
  });

  test('a document about another agreement than the address', async () => {
    await draft();
    const answer = await world.http.ask('PUT', path(), { text: spec }, as('olga'));
    expect(answer.body).toMatchObject({ code: 'invalid-document', errors: [{ path: 'name' }] });
  });

  test('a version that would begin when another does', async () => {
    await draft();
    await signed();
    await act('olga', 'schedule');
    const text = document({ 'timeZone: America/New_York ': 'effectiveFrom: 2020-01-01\ntimeZone: America/New_York ' });
    await world.http.post(`/v1/agreements/${name}/versions`, { text }, as('olga'));
    expect((await act('olga', 'submit', {}, 2)).body).toMatchObject({ code: 'overlapping-versions' });
  });

  test('a document in which lint finds an error, such as a signer whom nobody knows', async () => {
    await draft(document({ 'sales: head-of-sales': 'sales: nobody-we-know' }));
    const { body } = await act('olga', 'submit');
    expect(body).toMatchObject({ code: 'invalid-document', errors: [{ path: 'signers.sales' }] });
  });
});

describe('a signing link', () => {
  const mailTo = (person: string) =>
    until(`${person} has a mail`, () => {
      const mail = world.world.inbox
        .mails()
        .findLast(({ to, text }) => to.join().startsWith(person) && /\/sign\//.test(text));
      return mail?.text;
    });
  const linkIn = (text: string): string => /\/sign\/[\w-]+/.exec(text)![0];
  const asked = async (person: string): Promise<string> => {
    await draft();
    await act('olga', 'submit');
    return linkIn(await mailTo(person));
  };
  const noKey: Asking = { key: null };

  test('comes by mail to both signers, shows what is signed and signs by the button only', async () => {
    const link = await asked('head-of-sales');
    expect(await mailTo('head-of-marketing')).toContain(String(await hashOf()));
    const shown = await world.http.get(link, noKey);
    expect(shown).toMatchObject({ status: 200 });
    expect(shown.text).toContain(String(await hashOf()));
    expect(shown.text).toContain('<form method="post">');
    await world.http.ask('HEAD', link, undefined, noKey);
    expect(await read()).toMatchObject({ signatures: [] });
    const done = await world.http.post(link, undefined, noKey);
    expect(done).toMatchObject({ status: 200 });
    expect(await read()).toMatchObject({ signatures: [{ person: 'head-of-sales', party: 'sales' }] });
    expect(await world.http.post(link, undefined, noKey)).toMatchObject({ status: 410 });
  });

  test('tells what differs from the version in force, or that there is none', async () => {
    await asked('head-of-sales');
    expect(await mailTo('head-of-sales')).toContain('It is the first version of this agreement.');
    await sign('mara');
    await sign('saul');
    await act('olga', 'schedule');
    world.world.inbox.clear();
    const text = document({ 'within: 4h': 'within: 3h' });
    await world.http.post(`/v1/agreements/${name}/versions`, { text }, as('olga'));
    await act('olga', 'submit', {}, 2);
    expect(await mailTo('head-of-sales')).toMatch(/otherwise than the version in force:\n- first response: 4 h → 3 h/);
  });

  test('is kept as a hash only', async () => {
    const token = (await asked('head-of-sales')).split('/').at(-1)!;
    const { rows } = await sql.query<{ all: string }>('SELECT json_agg(signing_link)::text AS all FROM signing_link');
    expect(rows[0]?.all).not.toContain(token);
  });

  test('signs nothing once the version was sent back, nor in its next review', async () => {
    const link = await asked('head-of-sales');
    await act('olga', 'return');
    expect(await world.http.get(link, noKey)).toMatchObject({ status: 410 });
    await act('olga', 'submit');
    expect(await world.http.post(link, undefined, noKey)).toMatchObject({ status: 410 });
    expect(await read()).toMatchObject({ signatures: [] });
    world.world.inbox.clear();
  });

  test('that was changed on its way opens nothing', async () => {
    expect(await world.http.get('/sign/0123456789', noKey)).toMatchObject({ status: 404 });
    expect(await world.http.post('/sign/0123456789', undefined, noKey)).toMatchObject({ status: 404 });
  });
});
