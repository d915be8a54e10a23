/** Promise: stored versions are given in the form that is asked for, judged with what the product knows, and compared. */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { hashOfKey } from '../../src/api/keys/hash-of-key.js';
import type { KeyRole } from '../../src/domain/access/api-key.js';
import { admin, anApiKey } from '../builders/api-key.js';
import { readPdf } from '../print/pdf-text.js';
import { ApiWorld } from './api-world.js';

jest.setTimeout(60_000);

const spec = readFileSync(new URL('../spec/agreements/inbound-saas.yaml', import.meta.url), 'utf8');
const first = spec.replace('name: inbound-saas', 'name: motion').replace('effectiveFrom: 2026-10-01', '');
const second = first.replace(
  '{ when: [{ segment: enterprise }], within: 2h }',
  '{ when: [{ segment: enterprise }], within: 1h }',
);
const path = '/v1/agreements/motion/versions';

let world: ApiWorld;
let hash: string;
beforeAll(async () => {
  world = await ApiWorld.open();
  await keyOf('olga', 'ops', 'marketing-ops');
  await keyOf('mara', 'leader', 'head-of-marketing');
  await keyOf('inga', 'intake', 'marketing-ops');
  const drafted = await world.http.post('/v1/agreements', { text: first }, as('olga'));
  hash = String(drafted.body['hash']);
  await world.http.post(`${path}/1/submit`, {}, as('olga'));
  await world.http.post(`${path}/1/sign`, { hash }, as('mara'));
  await world.http.post(path, { text: second }, as('olga'));
}, 60_000);
afterAll(() => world.close());

async function keyOf(id: string, role: KeyRole, person: string) {
  await world.world.database.apiKeys.save(anApiKey({ id, role, person, hash: hashOfKey(`key-of-${id}`) }), admin);
}
const as = (id: string, accept?: string) => ({ key: `key-of-${id}`, ...(accept && { headers: { Accept: accept } }) });

describe('a version is given', () => {
  test('as JSON unless something else is asked for', async () => {
    const answer = await world.http.get(`${path}/1`, as('olga'));
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(answer.body).toMatchObject({ agreement: 'motion', version: 1, status: 'in-review', hash });
  });

  test.each([
    { label: 'by the query', query: '?format=yaml', accept: undefined },
    { label: 'by the header Accept', query: '', accept: 'application/yaml' },
    { label: 'by the query, whatever the header says', query: '?format=yaml', accept: 'text/html' },
  ])('as it was written, comments and all, $label', async ({ query, accept }) => {
    const answer = await world.http.get(`${path}/1${query}`, as('olga', accept));
    expect(answer.headers.get('content-type')).toMatch(/^application\/yaml/);
    expect(answer.text).toBe(first);
  });

  test('as a page for the browser, with the signature that stands', async () => {
    const answer = await world.http.get(`${path}/1`, as('olga', 'text/html'));
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
    expect(answer.text).toMatch(/<div class="line">head-of-marketing<\/div>\s*<p class="note">Signed on \w{3} /);
    expect(answer.text).toContain(hash);
  });

  test('as one page of PDF, the same each time', async () => {
    const [once, again] = [await bytesOf('/1?format=pdf&paper=letter'), await bytesOf('/1?format=pdf&paper=letter')];
    const { pageCount, text } = readPdf(once);
    expect(pageCount).toBe(1);
    expect(text).toContain(`motion, version 1 with SHA-256 ${hash}`);
    expect(text).toContain('head-of-marketing Signed on');
    expect(Buffer.compare(once, again)).toBe(0);
  });

  test('in no other form, and to nobody who may not read it', async () => {
    expect(await world.http.get(`${path}/1?format=docx`, as('olga'))).toMatchObject({
      status: 422,
      body: { code: 'invalid-query', errors: [{ path: 'format' }] },
    });
    expect(await world.http.get(`${path}/1?format=pdf`, as('inga'))).toMatchObject({ status: 403 });
    expect(await world.http.get(`${path}/9?format=pdf`, as('olga'))).toMatchObject({
      status: 404,
      body: { code: 'unknown-version' },
    });
  });
});

async function bytesOf(rest: string): Promise<Buffer> {
  const response = await fetch(`${world.http.url}${path}${rest}`, { headers: { Authorization: 'Bearer key-of-olga' } });
  expect(response.headers.get('content-type')).toBe('application/pdf');
  return Buffer.from(await response.arrayBuffer());
}

describe('a version is linted', () => {
  test('with the remarks of the command line', async () => {
    expect((await world.http.get(`${path}/1/lint`, as('mara'))).body).toMatchObject({
      agreement: 'motion',
      version: 1,
      hash,
      clockCount: 13,
      errorCount: 0,
      remarks: expect.arrayContaining([
        expect.objectContaining({ file: 'motion@1', severity: 'warning', rule: 'tier-without-open-hour' }),
      ]),
    });
    expect((await world.http.get(`${path}/1/lint?format=text`, as('mara'))).text).toMatch(
      /^motion@1:\d+:\d+: warning ladders.stale.1: .* \[tier-without-open-hour\]$/m,
    );
  });
});

describe('two versions are compared', () => {
  const diff = '/v1/agreements/motion/diff';

  test('as data, as text and as a page', async () => {
    const { body } = await world.http.get(`${diff}/1/2`, as('mara'));
    expect(body).toMatchObject({
      before: { agreement: 'motion', version: 1, hash },
      after: { agreement: 'motion', version: 2 },
      changes: [{ what: 'first response, enterprise', before: '2 h', after: '1 h' }],
    });
    const text = await world.http.get(`${diff}/2/1?format=text`, as('mara'));
    expect(text.text).toBe('first response, enterprise: 1 h → 2 h\n');
    const page = await world.http.get(`${diff}/1/2?format=html`, as('mara'));
    expect(page.text).toContain('<td>First response, enterprise</td><td>2 h</td><td>1 h</td>');
  });

  test('a version with itself differs in nothing, and one that there is not is told', async () => {
    expect((await world.http.get(`${diff}/1/1`, as('mara'))).body['changes']).toEqual([]);
    expect(await world.http.get(`${diff}/1/7`, as('mara'))).toMatchObject({
      status: 404,
      body: { code: 'unknown-version', detail: expect.stringContaining('motion@7') },
    });
  });
});

test('the schema for editors is open to everybody', async () => {
  const { status, body } = await world.http.get('/schemas/agreement.json', { key: null });
  expect({ status, title: body['title'] }).toEqual({ status: 200, title: 'Handoff agreement' });
});
