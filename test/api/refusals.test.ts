/** Promise: every refusal of the rules reaches its caller by the API with its code, and leaves the lead as it was. */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { refusalCodes, type RefusalCode } from '../../src/domain/lifecycle/commands.js';
import { until } from '../workflows/lead-world.js';
import { ApiWorld, leadBody } from './api-world.js';

jest.setTimeout(30_000);

let world: ApiWorld;
beforeAll(async () => {
  world = await ApiWorld.open();
}, 60_000);
afterAll(() => world.close());

interface Told {
  readonly leadId: string;
  readonly owner: string;
  /** The sequence of the last touch; 0 before the first. */
  readonly touch: number;
}
type Body = Readonly<Record<string, unknown>>;
type Saying = readonly [command: string, body?: Body | ((told: Told) => Body)];

const story = (leadId: string) => world.world.database.ledger.read(leadId);

async function toldOf(leadId: string): Promise<Told> {
  const events = await story(leadId);
  const { body } = await world.http.get(`/v1/leads/${leadId}`);
  return { leadId, owner: String(body.owner), touch: events.findLast(({ type }) => type === 'touched')?.seq ?? 0 };
}

async function say(leadId: string, [command, body = {}]: Saying) {
  const said = typeof body === 'function' ? body(await toldOf(leadId)) : body;
  return world.http.post(`/v1/leads/${leadId}/commands/${command}`, said);
}

/** A lead whose owner has been told, to whom all that was said. */
async function aLeadTold(sayings: readonly Saying[]): Promise<string> {
  const leadId = String((await world.http.post('/v1/leads', leadBody())).body.leadId);
  await until('the owner is told', async () => (await story(leadId)).find(({ type }) => type === 'notified'));
  for (const saying of sayings) expect([saying[0], (await say(leadId, saying)).status]).toEqual([saying[0], 200]);
  return leadId;
}

/** What people said; what falls due by itself goes on meanwhile. */
const saidIn = async (leadId: string) => (await story(leadId)).filter(({ commandId }) => commandId !== undefined);

const inMinutes = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();
const DAY_MINUTES = 24 * 60;

const call = { channel: 'phone', outcome: 'no-answer' };
const accept: Saying = ['accept'];
const pause: Saying = ['pause', { reason: 'trade fair' }];
const dispute: Saying = ['dispute', { reason: 'wrong segment' }];
const reopen: Saying = ['reopen', { reason: 'closed by mistake' }];
const acknowledge: Saying = ['acknowledge', { clock: 'dispute-resolution' }];
const markBounced: Saying = ['mark-bounced', ({ touch }) => ({ touch })];
const retract: Saying = ['retract', ({ touch }) => ({ touch, reason: 'logged on the wrong lead' })];
const sold: readonly Saying[] = [
  accept,
  ['qualify', { intent: 'demo-held' }],
  ['dispose', { route: 'sales-qualified' }],
  ['opportunity', { status: 'open' }],
];

const cases: readonly { readonly code: RefusalCode; readonly after: readonly Saying[]; readonly said: Saying }[] = [
  { code: 'lead-closed', after: [['reject', { reason: 'duplicate' }]], said: ['touch', call] },
  { code: 'already-decided', after: [accept], said: accept },
  { code: 'not-accepted', after: [], said: ['status', { text: 'on it' }] },
  { code: 'unknown-reason', after: [], said: ['reject', { reason: 'too-far-away' }] },
  { code: 'notes-required', after: [], said: ['reject', { reason: 'not-icp' }] },
  { code: 'wake-date-required', after: [accept], said: ['dispose', { reason: 'bad-timing' }] },
  { code: 'qualification-incomplete', after: [accept], said: ['dispose', { route: 'sales-qualified' }] },
  { code: 'touches-missing', after: [accept], said: ['dispose', { reason: 'no-response' }] },
  { code: 'contact-missing', after: [accept], said: ['dispose', { reason: 'not-interested', notes: 'by rumour' }] },
  {
    code: 'recycle-limit',
    after: [accept, ['apply-agreement', { set: { 'recycle.maxCycles': 1 } }]],
    said: ['dispose', { reason: 'bad-timing', wakeOn: '2027-06-01' }],
  },
  { code: 'occurred-in-future', after: [], said: ['touch', () => ({ ...call, occurredAt: inMinutes(3) })] },
  { code: 'occurred-before-handoff', after: [], said: ['touch', () => ({ ...call, occurredAt: inMinutes(-5) })] },
  {
    code: 'next-step-out-of-range',
    after: [],
    said: ['touch', () => ({ ...call, nextStepAt: inMinutes(11 * DAY_MINUTES) })],
  },
  { code: 'no-feedback-due', after: [], said: ['feedback', { notes: 'a good one' }] },
  { code: 'unknown-person', after: [], said: ['reassign', { to: 'rep-north-1' }] },
  { code: 'same-owner', after: [], said: ['reassign', ({ owner }) => ({ to: owner })] },
  { code: 'already-paused', after: [pause], said: pause },
  { code: 'pause-limit', after: [pause, ['resume'], pause, ['resume']], said: pause },
  { code: 'not-paused', after: [], said: ['resume'] },
  { code: 'nothing-to-acknowledge', after: [], said: ['acknowledge', { clock: 'first-response' }] },
  { code: 'already-acknowledged', after: [dispute, acknowledge], said: acknowledge },
  { code: 'already-disputed', after: [dispute], said: dispute },
  { code: 'no-dispute', after: [], said: ['resolve-dispute', { decision: 'denied' }] },
  { code: 'not-sales-qualified', after: [], said: ['opportunity', { status: 'open' }] },
  { code: 'invalid-agreement', after: [], said: ['apply-agreement', { set: { 'clocks.acceptance.within': '1d' } }] },
  { code: 'not-closed', after: [['reject', { reason: 'duplicate' }], reopen], said: reopen },
  { code: 'not-reopenable', after: sold, said: reopen },
  { code: 'opted-out', after: [['touch', { channel: 'email', outcome: 'opted-out' }]], said: reopen },
  { code: 'unknown-touch', after: [['touch', call], retract], said: retract },
  {
    code: 'already-bounced',
    after: [['touch', { channel: 'email', outcome: 'sent' }], markBounced],
    said: markBounced,
  },
];

/** Refusals of `requalify` and `revert-agreement`, which intake and rollouts say; no caller can. */
const saidByProgramsAlone: readonly RefusalCode[] = ['not-disqualified', 'not-qualified', 'acted-on'];

test('every code of the rules is among the cases', () => {
  const tested = cases.map(({ code }) => code);
  expect([...tested, ...saidByProgramsAlone].toSorted()).toEqual([...refusalCodes].toSorted());
});

test.each(cases)('$code leaves the lead as it was', async ({ code, after, said }) => {
  const leadId = await aLeadTold(after);
  const before = await saidIn(leadId);
  const answer = await say(leadId, said);
  expect(answer).toMatchObject({ status: 409, body: { code, type: `urn:handoff:problem:${code}` } });
  expect(JSON.stringify(answer.body.facts ?? {})).not.toMatch(/:1[6-9]\d{11}[,}]/);
  expect(await saidIn(leadId)).toEqual(before);
});

describe('two who decide at once', () => {
  const reps = ['rep-east-1', 'rep-east-2'];
  const atOnce = async (leadId: string, command: string, body: Body) => {
    const told = reps.map(async (by) => ({ by, ...(await say(leadId, [command, { ...body, by }])) }));
    const answers = await Promise.all(told);
    return {
      winner: answers.find(({ status }) => status === 200)!,
      loser: answers.find(({ status }) => status !== 200)!,
    };
  };

  test.each([
    { command: 'dispose', body: { reason: 'duplicate' }, after: [accept], stage: 'disqualified', cause: 'disposed' },
    { command: 'dispose', body: { reason: 'no-budget' }, after: [accept], stage: 'nurture', cause: 'disposed' },
    { command: 'reject', body: { reason: 'duplicate' }, after: [], stage: 'disqualified', cause: 'rejected' },
  ])('by $command as $body.reason: one wins, the other learns who and when', async ({ after, ...decided }) => {
    const leadId = await aLeadTold(after);
    const { winner, loser } = await atOnce(leadId, decided.command, decided.body);
    const { body: lead } = await world.http.get(`/v1/leads/${leadId}`);
    expect(lead).toMatchObject({ stage: decided.stage, closedBy: winner.by });
    const { stage, cause } = decided;
    expect(loser).toMatchObject({
      status: 409,
      body: { code: 'lead-closed', facts: { stage, by: winner.by, at: lead.closedAt, cause } },
    });
    expect(loser.body.detail).toContain(`${winner.by} closed it at ${String(lead.closedAt)}`);
    expect((await story(leadId)).filter(({ type }) => type === 'closed')).toHaveLength(1);
  });

  test('by pausing: one wins, the other learns since when', async () => {
    const leadId = await aLeadTold([]);
    const { loser } = await atOnce(leadId, 'pause', { reason: 'trade fair' });
    const paused = (await story(leadId)).filter(({ type }) => type === 'paused');
    expect(paused).toHaveLength(1);
    const since = new Date(paused[0]!.at).toISOString();
    expect(loser.body).toMatchObject({ code: 'already-paused', facts: { since } });
  });
});
