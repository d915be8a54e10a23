import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { routes } from '../../src/api/routes.js';
import { ApiWorld, leadBody, type Answer } from './api-world.js';

jest.setTimeout(30_000);

let world: ApiWorld;
let leadPath: string;

beforeAll(async () => {
  world = await ApiWorld.open();
  const { body } = await world.http.post('/v1/leads', leadBody());
  leadPath = `/v1/leads/${String(body.leadId)}`;
}, 60_000);
afterAll(() => world.close());

const pathsOf = ({ body }: Answer) => (body.errors as { path: string }[] | undefined)?.map(({ path }) => path);

const expectProblem = (answer: Answer, status: number, code: string) => {
  expect([answer.status, answer.body.code]).toEqual([status, code]);
  expect(answer.headers.get('content-type')).toMatch('application/problem+json');
  expect(answer.body).toMatchObject({ type: `urn:handoff:problem:${code}`, status, title: expect.any(String) });
  expect(String(answer.body.detail)).toMatch(/\.$/);
};

describe('a caller without a good key', () => {
  test.each([
    { label: 'no key', key: null, code: 'key-required' },
    { label: 'an unknown key', key: 'admin-key-of-somebody-else', code: 'key-unknown' },
  ])('with $label learns nothing, wherever it asks under /v1', async ({ key, code }) => {
    for (const path of [leadPath, '/v1/leads/nobody', '/v1/commands/none', '/v1/nothing', '/v1']) {
      const answer = await world.http.get(path, { key });
      expectProblem(answer, 401, code);
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
    }
    expectProblem(await world.http.post('/v1/leads', { nonsense: true }, { key }), 401, code);
  });

  test('with another scheme than Bearer is told what to send', async () => {
    const headers = { Authorization: 'Basic YWRtaW46YWRtaW4=' };
    expectProblem(await world.http.get(leadPath, { key: null, headers }), 401, 'key-required');
  });
});

describe('a body that cannot be read', () => {
  test.each([
    { label: 'malformed JSON', asking: { text: '{"source": ' }, status: 400, code: 'malformed-json' },
    { label: 'a bare word', asking: { text: '"lead"' }, status: 400, code: 'malformed-json' },
    {
      label: 'a form',
      asking: { text: 'a=b', headers: { 'Content-Type': 'text/plain' } },
      status: 415,
      code: 'not-json',
    },
    {
      label: 'too large a body',
      asking: { text: `{"a":"${'x'.repeat(300_000)}"}` },
      status: 413,
      code: 'body-too-large',
    },
    { label: 'a list', asking: { text: '[]' }, status: 422, code: 'invalid-body' },
    { label: 'no body', asking: {}, status: 422, code: 'invalid-body' },
  ])('$label is answered with $status', async ({ asking, status, code }) => {
    expectProblem(await world.http.post('/v1/leads', undefined, asking), status, code);
  });
});

describe('a lead with unmet fields', () => {
  test('has every one of them named', async () => {
    const answer = await world.http.post('/v1/leads', {
      source: 7,
      agreement: '',
      occurredAt: '2026-02-30T10:00:00Z',
      fields: { email: ['a@acme.example'], company: 'x'.repeat(5_000), '9lives': 1 },
      signals: [{ at: 'yesterday' }, { action: 'demo-request', value: 3, extra: true }],
      owner: 'rep-east-1',
      priority: 'high',
    });
    expectProblem(answer, 422, 'invalid-body');
    expect(pathsOf(answer)?.toSorted()).toEqual([
      'agreement',
      'externalId',
      'fields.9lives',
      'fields.company',
      'fields.email',
      'occurredAt',
      'owner',
      'priority',
      'signals.0.at',
      'signals.1.extra',
      'signals.1.value',
      'source',
    ]);
  });

  test.each([
    { label: 'without an id', body: { externalId: undefined }, path: 'externalId' },
    { label: 'with a colon in its source', body: { source: 'a:b' }, path: 'source' },
    { label: 'with a line break in its id', body: { externalId: 'a\nb' }, path: 'externalId' },
    { label: 'with an over-long id', body: { externalId: 'x'.repeat(201) }, path: 'externalId' },
    { label: 'with a NUL in a field', body: { fields: { company: 'a\u0000b' } }, path: 'fields.company' },
    { label: 'with half a character in a field', body: { fields: { company: 'a\ud800' } }, path: 'fields.company' },
    { label: 'with a field that is a list', body: { fields: { employees: [1] } }, path: 'fields.employees' },
    { label: 'with an instant without offset', body: { occurredAt: '2026-11-20T10:00:00' }, path: 'occurredAt' },
    { label: 'with an instant finer than ms', body: { occurredAt: '2026-11-20T10:00:00.0001Z' }, path: 'occurredAt' },
    { label: 'with an instant of another age', body: { occurredAt: '1815-12-10T10:00:00Z' }, path: 'occurredAt' },
    { label: 'with a signal that says nothing', body: { signals: [{}] }, path: 'signals.0' },
    { label: 'with a value of nothing', body: { signals: [{ action: 'a', value: 1 }] }, path: 'signals.0.value' },
    { label: 'that happened in the future', body: { occurredAt: inMinutes(3) }, path: 'occurredAt' },
    { label: 'signalled in the future', body: { signals: [{ action: 'a', at: inMinutes(3) }] }, path: 'signals.0.at' },
  ])('$label is not taken', async ({ body, path }) => {
    const answer = await world.http.post('/v1/leads', leadBody(body));
    expectProblem(answer, 422, 'invalid-body');
    expect(pathsOf(answer)).toEqual([path]);
  });

  test('may come from a clock that runs two minutes ahead', async () => {
    const { status, body } = await world.http.post('/v1/leads', leadBody({ occurredAt: inMinutes(1) }));
    expect(status).toBe(201);
    const lead = await world.http.get(`/v1/leads/${String(body.leadId)}`);
    expect(lead.body.qualifiedAt).toBe(lead.body.handedOffAt);
  });

  test('of an agreement that is not active learns which one it named', async () => {
    const answer = await world.http.post('/v1/leads', leadBody({ agreement: 'outbound' }));
    expectProblem(answer, 422, 'unknown-agreement');
    expect(pathsOf(answer)).toEqual(['agreement']);
  });
});

function inMinutes(minutes: number): string {
  return new Date(Date.now() + minutes * 60_000).toISOString();
}

describe('a command with a bad body', () => {
  test.each([
    { command: 'accept', body: { at: '2026-11-20T10:00:00Z' }, paths: ['at'] },
    { command: 'accept', body: { by: 'nobody-we-know' }, paths: ['by'] },
    { command: 'reject', body: {}, paths: ['reason'] },
    { command: 'touch', body: { channel: 'fax', outcome: 'reached' }, paths: ['channel'] },
    { command: 'touch', body: { channel: 'phone', occurredAt: 'today' }, paths: ['outcome', 'occurredAt'] },
    { command: 'status', body: { text: ' ' }, paths: ['text'] },
    { command: 'qualify', body: {}, paths: [''] },
    { command: 'qualify', body: { need: 'yes' }, paths: ['need'] },
    { command: 'dispose', body: {}, paths: [''] },
    { command: 'dispose', body: { reason: 'bad-timing', wakeOn: '2027-02-29' }, paths: ['wakeOn'] },
    { command: 'feedback', body: {}, paths: ['notes'] },
    { command: 'reassign', body: { to: 5 }, paths: ['to'] },
    { command: 'pause', body: { until: 'later' }, paths: ['reason', 'until'] },
    { command: 'enrich', body: { fields: {} }, paths: ['fields'] },
    { command: 'signal', body: {}, paths: [''] },
    { command: 'opportunity', body: { status: 'open', amount: '12 dollars' }, paths: ['amount'] },
    { command: 'resolve-dispute', body: { decision: 'maybe' }, paths: ['decision'] },
    { command: 'apply-agreement', body: { set: { a: 1 }, running: 'now' }, paths: ['running'] },
    { command: 'reopen', body: { reason: '' }, paths: ['reason'] },
    { command: 'retract', body: { touch: 'the last' }, paths: ['touch', 'reason'] },
    { command: 'mark-bounced', body: { touch: 0 }, paths: ['touch'] },
  ])('$command $body names $paths', async ({ command, body, paths }) => {
    const answer = await world.http.post(`${leadPath}/commands/${command}`, body);
    expectProblem(answer, 422, 'invalid-body');
    expect(pathsOf(answer)).toEqual(paths);
  });

  test('and a key that cannot be one is refused', async () => {
    const headers = { 'Idempotency-Key': 'x'.repeat(201) };
    const answer = await world.http.post(`${leadPath}/commands/accept`, {}, { headers });
    expectProblem(answer, 400, 'malformed-idempotency-key');
  });
});

describe('an address that is not there', () => {
  test.each([
    { path: '/v1/leads/ld_unknown', code: 'unknown-lead' },
    { path: '/v1/leads/website:unknown', code: 'unknown-lead' },
    { path: '/v1/leads/website:unknown/timeline', code: 'unknown-lead' },
    { path: '/v1/commands/cmd_unknown', code: 'unknown-command' },
    { path: '/v1/nothing', code: 'unknown-route' },
    { path: '/nothing', code: 'unknown-route' },
  ])('$path is answered with 404 $code', async ({ path, code }) => {
    expectProblem(await world.http.get(path), 404, code);
  });

  test('a command to a lead that is not there is not stored', async () => {
    expectProblem(await world.http.post('/v1/leads/ld_unknown/commands/accept', {}), 404, 'unknown-lead');
  });

  test('a command that is not there, or not for callers, learns which there are', async () => {
    for (const command of ['promote', 'notified']) {
      const answer = await world.http.post(`${leadPath}/commands/${command}`, {});
      expectProblem(answer, 404, 'unknown-route');
      expect(answer.body.detail).toMatch(/accept, reject, touch/);
    }
  });

  test('a path that cannot be decoded is answered with 400', async () => {
    expectProblem(await world.http.get('/v1/leads/%E0%A4%A'), 400, 'malformed-path');
  });

  test('a path with a NUL in it is answered with 400 by every route that has a name in it', async () => {
    for (const { method, path } of routes.filter((route) => route.access === 'key' && route.path.includes(':'))) {
      const answer = await world.http.ask(method.toUpperCase(), path.replaceAll(/:\w+/g, '%00'), undefined, {});
      expectProblem(answer, 400, 'malformed-path');
    }
  });

  test.each([
    { method: 'GET', path: '/v1/leads', allow: 'POST' },
    { method: 'DELETE', path: '/v1/leads/ld_1', allow: 'GET, HEAD' },
    { method: 'PUT', path: '/v1/leads/ld_1/commands/accept', allow: 'POST' },
  ])('$method $path is answered with 405 and $allow', async ({ method, path, allow }) => {
    const answer = await world.http.ask(method, path, undefined, {});
    expectProblem(answer, 405, 'method-not-allowed');
    expect(answer.headers.get('allow')).toBe(allow);
  });
});
