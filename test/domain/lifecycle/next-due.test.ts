import { mustFireBefore, nextDue } from '../../../src/domain/lifecycle/next-due.js';
import { aLead, dispose, given, pass, pause, reject, status, tell, touch, told, when } from '../../builders/index.js';

const always = { calendar: 'always', ladder: 'alarm', warn: ['50%', '1h left'] };
const promise = (within: string, more: object = {}) => ({
  party: 'sales',
  from: 'handed-off',
  until: 'disposed',
  within,
  ...always,
  ...more,
});
/** Nothing but the given clocks, which tell the CRO when they breach and again an hour later. */
const only = (clocks: object) => ({
  clocks,
  'ladders.alarm': [{ to: ['cro'] }, { after: '1h', to: ['cro'] }],
});

describe('what falls due at one instant', () => {
  test('fires breaches and tiers by clock name, of one clock the breach first, then warnings', () => {
    const set = only({ b: promise('2h'), a: promise('1h', { warn: [] }), c: promise('3h') });
    const { lead } = given(aLead({ set })).then('tue 12:00');
    const fired = lead.run.events.filter(({ at }) => at === when('tue 12:00'));
    expect(fired.map((event) => `${event.type} ${'clock' in event ? event.clock : ''}`)).toEqual([
      // The second tier of a is due with the breach of b.
      'tier-fired a',
      'clock-breached b',
      'tier-fired b',
      'warning-fired c',
    ]);
  });

  test('fires by number after name, numbers as numbers', () => {
    const set = only({ again: promise('1h', { from: 'touched', warn: [] }) });
    const touches = Array.from({ length: 11 }, () => touch('tue 11:00'));
    const outcome = given(aLead({ set }), ...touches).then('tue 12:00');
    expect(outcome.escalations.map((text) => text.split(' ')[3])).toEqual(
      Array.from({ length: 11 }, (_, n) => `${n + 1}`),
    );
  });

  test('fires an older cycle first', () => {
    const set = only({
      b: promise('1h', { party: 'marketing', from: ['handed-off', 'woken'], warn: [] }),
    });
    const outcome = given(
      aLead({
        at: 'tue 10:00',
        set: { ...set, 'clocks.b.overrides': [{ when: [{ priority: 'normal' }], within: '3h' }] },
      }),
      reject('tue 10:10', 'not-ready', 'in May'),
      { type: 'signal', at: 'tue 12:00', body: { action: 'demo-request' } },
    ).then('tue 13:00');
    expect(outcome.escalations).toEqual(['tue 13:00 b 1 tier 1: cro', 'tue 13:00 b 1 of cycle 2 tier 1: cro']);
  });

  test('comes after the facts of that instant', () => {
    const set = only({ a: promise('2h', { until: 'touched' }) });
    const outcome = given(aLead({ set }), touch('tue 12:00')).then('tue 13:00');
    expect(outcome.clock('a')).toMatchObject({ verdict: 'met', completedAt: 'tue 12:00' });
    expect(outcome.escalations).toEqual([]);
  });

  test('leaves out what an earlier one has ended', () => {
    // Tier 1 of a moves the lead, which ends number 1 of b at the instant at which it would have warned.
    const set = {
      ...only({
        a: promise('2h', { ladder: 'move', warn: [] }),
        b: promise('2h', { from: 'reassigned', until: 'touched', warn: ['1h left'], ladder: undefined }),
      }),
      'ladders.move': [{ to: ['cro'], reassign: true }],
    };
    const facts = [{ type: 'reassign', at: 'tue 11:00', body: { to: 'rep-east-2' } }] as const;
    const outcome = given(aLead({ set }), ...facts).then('tue 12:30');
    expect(outcome.clock('b', 1)).toMatchObject({ startedAt: 'tue 11:00', verdict: 'cancelled' });
    expect(outcome.warnings).toEqual([]);
  });
});

describe('what must have fired before a fact', () => {
  const dueOf = (lead: ReturnType<typeof aLead>) => nextDue(lead.run.state)!;

  test('is what falls due before its instant, and at it the end of a pause or the start of a planned number', () => {
    const plain = aLead();
    const at = when('tue 12:00');
    expect(told(dueOf(plain).at)).toBe('tue 12:00');
    expect([at - 1, at, at + 1].map((factAt) => mustFireBefore(dueOf(plain), factAt))).toEqual([false, false, true]);

    const paused = tell(plain, pause('tue 10:30', 'tue 12:00')).lead;
    expect(dueOf(paused).kind).toBe('pause-ends');
    expect([at - 1, at, at + 1].map((factAt) => mustFireBefore(dueOf(paused), factAt))).toEqual([false, true, true]);

    const planned = tell(
      tell(plain, touch('tue 10:30', 'no-answer', 'phone', { nextStepAt: 'tue 10:45' })).lead,
      status('tue 10:40', 'tue 12:00'),
    ).lead;
    expect(dueOf(planned).kind).toBe('number-starts');
    expect([at - 1, at, at + 1].map((factAt) => mustFireBefore(dueOf(planned), factAt))).toEqual([false, true, true]);
  });

  test('never lies before what has been applied', () => {
    const lead = pass(
      tell(aLead(), touch('tue 16:00', 'no-answer', 'phone', { occurredAt: 'tue 10:00' })).lead,
      'tue 16:30',
    );
    expect(dueOf(lead).at).toBeGreaterThanOrEqual(lead.run.state.appliedAt);
  });
});

test('a lead that waits for nothing has nothing due', () => {
  const set = { clocks: { a: promise('1h', { ladder: undefined, warn: [] }) } };
  expect(nextDue(given(aLead({ set })).then('wed 12:00').state)).toBeUndefined();
});

test('a nurtured lead is due at the end of its limit, a recycled one when it wakes', () => {
  const nurtured = given(aLead(), reject('tue 11:00', 'not-ready', 'in May')).then('wed 12:00');
  expect(nextDue(nurtured.state)).toMatchObject({ kind: 'age-out' });
  const recycled = given(aLead(), touch('tue 11:00'), dispose('tue 12:00', 'bad-timing', { wakeOn: '2027-01-20' }));
  expect(nextDue(recycled.then('wed 12:00').state)).toMatchObject({ kind: 'wake', at: when('2027-01-20 09:00') });
});
