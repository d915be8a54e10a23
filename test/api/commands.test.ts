import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { until } from '../workflows/lead-world.js';
import { ApiWorld, leadBody, type Answer } from './api-world.js';

jest.setTimeout(30_000);

let world: ApiWorld;
beforeAll(async () => {
  world = await ApiWorld.open();
}, 60_000);
afterAll(() => world.close());

const handedOff = async (): Promise<string> => String((await world.http.post('/v1/leads', leadBody())).body.leadId);
const say = (leadId: string, command: string, body: object = {}, headers: Record<string, string> = {}) =>
  world.http.post(`/v1/leads/${leadId}/commands/${command}`, { by: 'rep-east-1', ...body }, { headers });
const outcome = ({ status, body }: Answer) => [status, body.code ?? body.status];
const typesOf = async (leadId: string) => (await world.world.database.ledger.read(leadId)).map(({ type }) => type);

describe('a command', () => {
  test('is answered once its events are recorded', async () => {
    const leadId = await handedOff();
    const answer = await say(leadId, 'accept');
    expect(answer).toMatchObject({
      status: 200,
      body: { leadId, command: 'accept', by: 'rep-east-1', status: 'done' },
    });
    expect(await typesOf(leadId)).toContain('accepted');
    expect(answer.headers.get('location')).toBe(`/v1/commands/${String(answer.body.commandId)}`);
    expect((await world.http.get(answer.headers.get('location')!)).body).toEqual(answer.body);
  });

  test('of every kind reaches the lead', async () => {
    const leadId = await handedOff();
    const told: [string, object][] = [
      ['pause', { reason: 'trade fair' }],
      ['resume', {}],
      ['touch', { channel: 'phone', outcome: 'no-answer', occurredAt: new Date().toISOString() }],
      ['status', { text: 'left a message' }],
      ['enrich', { fields: { phone: '+1 555 0100' } }],
      ['signal', { signal: 'third-party-intent', value: 90 }],
      ['dispute', { reason: 'wrong segment' }],
      ['resolve-dispute', { decision: 'denied' }],
      ['reassign', { to: 'rep-west-1' }],
      ['qualify', { need: true, budget: true, authority: true, timeline: true, note: 'all said on the call' }],
      ['apply-agreement', { set: { 'clocks.disposition.within': '200h' }, running: 'recompute' }],
      ['dispose', { route: 'sales-qualified' }],
      ['opportunity', { status: 'open', amount: '48000 USD', crmId: 'opp-1' }],
    ];
    for (const [command, body] of told) {
      expect([command, ...outcome(await say(leadId, command, { ...body, by: 'admin' }))]).toEqual([
        command,
        200,
        'done',
      ]);
    }
    expect((await world.http.get(`/v1/leads/${leadId}`)).body).toMatchObject({
      stage: 'opportunity',
      owner: 'rep-west-1',
      priority: 'high',
      opportunity: { status: 'open', amount: '48000 USD' },
      qualification: { need: { confirmed: true, note: 'all said on the call' } },
    });
  });

  test('may name its lead by source and external id', async () => {
    const sent = leadBody();
    await world.http.post('/v1/leads', sent);
    expect((await say(`website:${sent.externalId}`, 'accept')).status).toBe(200);
  });

  test('is said by the administrator unless it says by whom', async () => {
    const leadId = await handedOff();
    const { body } = await world.http.post(`/v1/leads/${leadId}/commands/accept`);
    expect(body).toMatchObject({ status: 'done', by: 'admin' });
  });
});

describe('a refusal', () => {
  test('is a problem with its code, its reason and what to do, and changes nothing', async () => {
    const leadId = await handedOff();
    const before = await typesOf(leadId);
    const refused = await say(leadId, 'dispose', { reason: 'no-response' });
    expect(refused).toMatchObject({ status: 409, body: { code: 'not-accepted', title: expect.any(String) } });
    expect(refused.body.detail).toMatch(/Send accept/);
    expect((await typesOf(leadId)).filter((type) => type !== 'notified' && type !== 'clock-met')).toEqual(
      before.filter((type) => type !== 'notified' && type !== 'clock-met'),
    );
    const { body } = await world.http.get(refused.headers.get('location')!);
    expect(body).toMatchObject({ status: 'refused', problem: { code: 'not-accepted', status: 409 } });
  });

  test.each([
    { command: 'accept', body: {} },
    { command: 'touch', body: { channel: 'phone', outcome: 'reached' } },
    { command: 'reassign', body: { to: 'rep-east-2' } },
  ])('of $command on a closed lead is lead-closed', async ({ command, body }) => {
    const leadId = await handedOff();
    await say(leadId, 'reject', { reason: 'duplicate' });
    const refused = await say(leadId, command, body);
    expect(refused).toMatchObject({ status: 409, body: { code: 'lead-closed', facts: { stage: 'disqualified' } } });
  });

  test('of an agreement with durations in wrong units lists every one with its path', async () => {
    const leadId = await handedOff();
    const set = { 'clocks.acceptance.within': '4 hours', 'clocks.disposition.within': '2y', 'clocks.closure.goal': 7 };
    const { status, body } = await say(leadId, 'apply-agreement', { set });
    expect([status, body.code]).toEqual([409, 'invalid-agreement']);
    expect((body.errors as { path: string }[]).map(({ path }) => path).toSorted()).toEqual(Object.keys(set).toSorted());
  });
});

describe('a change of agreement', () => {
  test('starts from the lead`s present document, also after an earlier change', async () => {
    const leadId = await handedOff();
    const change = (set: object) => say(leadId, 'apply-agreement', { set, running: 'recompute' });
    await change({ 'clocks.acceptance.within': '20h' });
    await change({ 'clocks.first-response.within': '10h' });
    const { body } = await world.http.get(`/v1/leads/${leadId}`);
    const within = (body.clocks as { clock: string; within: string }[]).map((clock) => [clock.clock, clock.within]);
    expect(Object.fromEntries(within)).toMatchObject({ acceptance: '20h', 'first-response': '10h' });
  });
});

describe('the same command twice', () => {
  test('with one key is done once and answered alike', async () => {
    const leadId = await handedOff();
    const key = { 'Idempotency-Key': 'touch-1' };
    const touch = { channel: 'phone', outcome: 'no-answer' };
    const first = await say(leadId, 'touch', touch, key);
    const second = await say(leadId, 'touch', touch, key);
    expect(second).toMatchObject({ status: 200, text: first.text });
    expect((await typesOf(leadId)).filter((type) => type === 'touched')).toHaveLength(1);
  });

  test('at once with one key is done once and answered alike', async () => {
    const leadId = await handedOff();
    const key = { 'Idempotency-Key': 'at-once' };
    const touch = { channel: 'email', outcome: 'sent' };
    const answers = await Promise.all(Array.from({ length: 5 }, () => say(leadId, 'touch', touch, key)));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect((await typesOf(leadId)).filter((type) => type === 'touched')).toHaveLength(1);
  });

  test('with one key gets its refusal again, though it would be taken by now', async () => {
    const leadId = await handedOff();
    const key = { 'Idempotency-Key': 'too-early' };
    const first = await say(leadId, 'status', { text: 'on it' }, key);
    await say(leadId, 'accept');
    const second = await say(leadId, 'status', { text: 'on it' }, key);
    expect([outcome(first), outcome(second)]).toEqual([
      [409, 'not-accepted'],
      [409, 'not-accepted'],
    ]);
  });

  test.each([
    { label: 'another body', command: 'touch', body: { channel: 'email', outcome: 'sent' } },
    { label: 'another command', command: 'accept', body: {} },
  ])('with one key but $label is refused', async ({ label, command, body }) => {
    const leadId = await handedOff();
    const key = { 'Idempotency-Key': `reused for ${label}` };
    await say(leadId, 'touch', { channel: 'phone', outcome: 'no-answer' }, key);
    expect(outcome(await say(leadId, command, body, key))).toEqual([422, 'idempotency-key-reused']);
  });

  test('without a key is two commands', async () => {
    const leadId = await handedOff();
    await say(leadId, 'accept');
    expect(outcome(await say(leadId, 'accept'))).toEqual([409, 'already-decided']);
  });
});

describe('two commands at once', () => {
  test('are both decided, one after the other: one wins, the other learns it', async () => {
    const leadId = await handedOff();
    await say(leadId, 'accept');
    const answers = await Promise.all(
      ['rep-east-1', 'rep-east-2'].map((by) => say(leadId, 'dispose', { by, reason: 'duplicate' })),
    );
    expect(answers.map(outcome).toSorted(([one], [other]) => Number(one) - Number(other))).toEqual([
      [200, 'done'],
      [409, 'lead-closed'],
    ]);
  });
});

describe('a lead whose worker is away', () => {
  test('takes commands with 202, and has them done when it is back', async () => {
    const leadId = await handedOff();
    await say(leadId, 'accept');
    await world.world.stopWorker();
    const answer = await say(leadId, 'touch', { channel: 'phone', outcome: 'reached' });
    expect(outcome(answer)).toEqual([202, 'pending']);
    const location = answer.headers.get('location')!;
    expect((await world.http.get(location)).body).toMatchObject({ status: 'pending', command: 'touch' });
    await world.world.startWorker();
    const done = await until('the command is done', async () => {
      const { body } = await world.http.get(location);
      return body.status === 'done' ? body : undefined;
    });
    const touch = (await world.world.database.ledger.read(leadId)).find(({ type }) => type === 'touched');
    expect(touch).toMatchObject({ at: Date.parse(String(done.receivedAt)), commandId: answer.body.commandId });
  });
});
