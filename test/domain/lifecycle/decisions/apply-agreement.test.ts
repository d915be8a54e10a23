import {
  accept,
  aLead,
  applyAgreement,
  demoRequest,
  dispose,
  given,
  pause,
  reassign,
  reject,
  resume,
  touch,
  type Fact,
  type Lines,
} from '../../../builders/index.js';
import type { RolloutMode } from '../../../../src/domain/lifecycle/commands.js';

const within = (time: string): Lines => ({ 'clocks.first-response.within': time });
/** The office opens three hours later and closes three hours later. */
const shifted: Lines = { 'calendars.sales-us-east.hours': { 'mon-fri': ['12:00-20:00'] } };
/** On the coast the lunch hour is gone. */
const noLunch: Lines = { 'calendars.sales-us-west.hours': { 'mon-fri': ['08:00-17:00'] } };
const changing: readonly RolloutMode[] = ['recompute', 'used-time-stays'];

const firstResponse = (until: string, ...facts: readonly Fact[]) => {
  const outcome = given(aLead(), ...facts).then(until);
  expect(outcome.refusals).toEqual([]);
  return outcome.clock('first-response');
};

describe('an agreement that keeps running clocks', () => {
  test('is what is meant when nothing is said', () => {
    expect(firstResponse('tue 12:00', applyAgreement('tue 11:00', within('8h')))?.dueAt).toBe('tue 14:00');
  });

  test('leaves them the calendars of later owners', () => {
    const moved = reassign('tue 14:00', 'rep-west-1');
    const dueAt = (running: RolloutMode) =>
      given(aLead({ at: 'tue 12:00' }), applyAgreement('tue 13:00', noLunch, running), moved)
        .then('tue 14:00')
        .clock('first-response')?.dueAt;
    // Two hours are left at 11:00 in the west: one before and one after lunch, if there is one.
    expect(dueAt('keep')).toBe('tue 17:00');
    expect(dueAt('recompute')).toBe('tue 16:00');
  });

  test('leaves them their overrides under a raised priority', () => {
    const overrides = { 'clocks.first-response.overrides': [{ when: [{ priority: 'high' }], within: '10m' }] };
    const dueAt = (running: RolloutMode) =>
      firstResponse('tue 12:00', applyAgreement('tue 11:00', overrides, running), demoRequest('tue 12:00'))?.dueAt;
    expect(dueAt('keep')).toBe('tue 13:00');
    expect(dueAt('recompute')).toBe('tue 12:10');
  });

  test('leaves them their ladder, their warnings and what ends them', () => {
    const lines = {
      'clocks.first-response.ladder': 'stale',
      'clocks.first-response.warn': [],
      'clocks.first-response.until': 'closed',
    };
    const story = given(aLead(), applyAgreement('tue 11:00', lines, 'keep'));
    expect(story.then('wed 10:00').escalations).toContain('wed 10:00 first-response 1 tier 2: vp-sales, moved');
    expect(story.then('tue 14:00').warnings).toHaveLength(2);
    expect(story.when(touch('tue 12:00')).then('tue 12:00').clock('first-response')?.verdict).toBe('met');
  });

  test.each<RolloutMode>(['keep', ...changing])(
    'is followed by clocks that start later, also new ones: %s',
    (running) => {
      const lines = {
        'clocks.disposition.within': '3h',
        'clocks.first-plan': { party: 'sales', from: 'accepted', until: 'status-updated', within: '2h' },
        'clocks.welcome': { party: 'sales', from: 'handed-off', until: 'touched', within: '2h' },
      };
      const outcome = given(aLead(), applyAgreement('tue 11:00', lines, running), accept('tue 12:00')).then(
        'tue 12:00',
      );
      expect(outcome.clock('disposition')?.dueAt).toBe('tue 15:00');
      expect(outcome.clock('first-plan')?.dueAt).toBe('tue 14:00');
      expect(outcome.clock('welcome')).toBeUndefined();
    },
  );
});

describe('an agreement that changes running clocks', () => {
  test.each<{ label: string; running: RolloutMode; lines: Lines; dueAt: string }>([
    { label: 'counts all time on the new calendar', running: 'recompute', lines: shifted, dueAt: 'tue 16:00' },
    { label: 'keeps the time used on the old one', running: 'used-time-stays', lines: shifted, dueAt: 'tue 15:00' },
    { label: 'counts from the start with more time', running: 'recompute', lines: within('6h'), dueAt: 'tue 16:00' },
    { label: 'adds what more there is', running: 'used-time-stays', lines: within('6h'), dueAt: 'tue 16:00' },
    {
      label: 'leaves a clock due at once that is late by now',
      running: 'recompute',
      lines: within('30m'),
      dueAt: 'tue 11:00',
    },
    {
      label: 'leaves a clock due at once that is due by now',
      running: 'used-time-stays',
      lines: within('1h'),
      dueAt: 'tue 11:00',
    },
  ])('$label', ({ running, lines, dueAt }) => {
    expect(firstResponse('tue 11:00', applyAgreement('tue 11:00', lines, running))?.dueAt).toBe(dueAt);
  });

  test.each(changing)('lets facts of its instant meet what it makes due then: %s', (running) => {
    const story = given(aLead(), applyAgreement('tue 11:00', within('30m'), running));
    expect(story.when(touch('tue 11:00')).then('tue 11:00').clock('first-response')).toMatchObject({
      verdict: 'met',
      completedAt: 'tue 11:00',
    });
    const breached = story.then('tue 11:00');
    expect(breached.clock('first-response')).toMatchObject({ verdict: 'breached', dueAt: 'tue 11:00' });
    expect(breached.escalations).toEqual(['tue 11:00 first-response 1 tier 1: manager-east']);
    expect(breached.warnings).toEqual([]);
  });

  test.each(changing)('makes a paused clock due at the resume if nothing is left of its time: %s', (running) => {
    const facts = [pause('tue 11:00'), applyAgreement('tue 12:00', within('30m'), running), resume('tue 13:00')];
    expect(firstResponse('tue 12:30', ...facts.slice(0, 2))).toMatchObject({ verdict: 'paused', dueAt: null });
    expect(firstResponse('tue 13:00', ...facts)).toMatchObject({ verdict: 'breached', dueAt: 'tue 13:00' });
  });

  test('counts each owner’s time on that owner’s calendar', () => {
    // Two hours in the east; 11:00 to 12:00 and 13:00 to 14:00 in the west with lunch, 11:00 to 13:00 without.
    const facts = [reassign('tue 14:00', 'rep-west-1'), applyAgreement('tue 15:30', noLunch, 'recompute')];
    expect(
      given(aLead({ at: 'tue 12:00' }), ...facts)
        .then('tue 15:30')
        .clock('first-response')?.dueAt,
    ).toBe('tue 16:00');
    // Under `used-time-stays` one hour was used in the west until 15:30 (12:30 there), and one is left.
    const stays = [facts[0]!, applyAgreement('tue 15:30', noLunch, 'used-time-stays')];
    expect(
      given(aLead({ at: 'tue 12:00' }), ...stays)
        .then('tue 15:30')
        .clock('first-response')?.dueAt,
    ).toBe('tue 16:30');
  });

  test('may come twice, and the time used under each stays', () => {
    // One hour until 11:00; none until 12:00, for the office now opens then; then as before, with 3 h of 4 h left.
    const original = { 'calendars.sales-us-east.hours': { 'mon-fri': ['09:00-17:00'] } };
    const facts = [
      applyAgreement('tue 11:00', shifted, 'used-time-stays'),
      applyAgreement('tue 12:30', original, 'used-time-stays'),
    ];
    expect(firstResponse('tue 12:30', ...facts)?.dueAt).toBe('tue 15:00');
  });

  test('judges overrides as they hold now', () => {
    const facts = [
      demoRequest('tue 10:30'),
      applyAgreement('tue 10:45', { 'clocks.first-response.warn': [] }, 'recompute'),
    ];
    // Raised at 10:30 to half an hour used and one more; from the start it is one hour.
    expect(firstResponse('tue 10:30', facts[0]!)?.dueAt).toBe('tue 11:30');
    expect(firstResponse('tue 10:45', ...facts)?.dueAt).toBe('tue 11:00');
  });

  test('knows a warning by its text: one that has come does not come again', () => {
    const lines = {
      'clocks.first-response.within': '8h',
      'clocks.first-response.warn': ['50%', '55%', '10%', '1h left'],
    };
    const outcome = given(aLead(), applyAgreement('tue 13:30', lines, 'recompute')).then('wed 09:30');
    expect(outcome.warnings.filter((text) => text.includes('first-response'))).toEqual([
      'tue 12:00 first-response 1: 50%',
      'tue 13:00 first-response 1: 75%',
      'tue 13:30 first-response 1: 10%',
      'tue 14:24 first-response 1: 55%',
      'tue 17:00 first-response 1: 1h left',
    ]);
  });

  test('knows a tier by its number: one that has fired does not fire again', () => {
    const ladder = (...to: readonly string[]) =>
      to.map((one, index) => ({ on: 'start', after: `${index + 1}h`, to: [one] }));
    const set = { 'ladders.mine': ladder('cro', 'cmo'), 'clocks.first-response.ladder': 'mine' };
    const lines = { 'ladders.mine': ladder('vp-sales', 'manager-west', 'cro') };
    const outcome = given(aLead({ set }), applyAgreement('tue 11:30', lines, 'recompute')).then('tue 13:30');
    expect(outcome.escalations).toEqual([
      'tue 11:00 first-response 1 tier 1: cro',
      'tue 12:00 first-response 1 tier 2: manager-west',
      'tue 13:00 first-response 1 tier 3: cro',
    ]);
  });

  test('fires at once the tiers that it puts into the past', () => {
    const set = { 'ladders.mine': [{ on: 'start', after: '3h', to: ['cro'] }], 'clocks.first-response.ladder': 'mine' };
    const lines = { 'ladders.mine.0.after': '1h' };
    const outcome = given(aLead({ set }), applyAgreement('tue 12:30', lines, 'recompute')).then('tue 12:30');
    expect(outcome.escalations).toEqual(['tue 12:30 first-response 1 tier 1: cro']);
  });

  test.each(changing)('cancels running clocks that it does not have, and touches no other: %s', (running) => {
    const gone = { 'clocks.first-response': null, 'clocks.acceptance': null, 'clocks.notification': null };
    const outcome = given(aLead(), applyAgreement('tue 15:00', gone, running)).then('wed 17:00');
    expect(outcome.clock('acceptance')).toMatchObject({ verdict: 'cancelled', dueAt: 'wed 10:00', completedAt: null });
    expect(outcome.clock('notification')).toMatchObject({ verdict: 'met' });
    // Breached before: it stays, and so does its ladder.
    expect(outcome.clock('first-response')).toMatchObject({ verdict: 'breached', dueAt: 'tue 14:00' });
    expect(outcome.escalations).toContain('wed 10:00 first-response 1 tier 2: vp-sales, moved');
  });

  test.each(changing)('leaves a breached clock its calendars and its way to end: %s', (running) => {
    const lines = { ...shifted, 'clocks.first-response.until': 'closed' };
    const facts = [applyAgreement('tue 15:00', lines, running), touch('tue 16:00')];
    expect(firstResponse('tue 16:00', ...facts)).toMatchObject({ verdict: 'breached', overshoot: '2h' });
  });

  describe('in what ends them', () => {
    const enough = (touches: number, channels = 1) => ({ 'clocks.touches.until': { touches, channels } });
    const three = [touch('tue 11:00'), touch('tue 12:00', 'sent', 'email'), touch('tue 13:00', 'sent', 'sms')];
    const touches = (...facts: readonly Fact[]) =>
      given(aLead(), ...facts)
        .then('fri 12:00')
        .clock('touches');

    test.each(changing)('counts the touches made, but is met by the next one at the earliest: %s', (running) => {
      const change = applyAgreement('tue 14:00', enough(3), running);
      expect(touches(...three, change)).toMatchObject({ verdict: 'pending' });
      expect(touches(...three, change, touch('wed 10:00'))).toMatchObject({ verdict: 'met', completedAt: 'wed 10:00' });
    });

    test('is met by the touch that completes the number, if some were missing', () => {
      const change = applyAgreement('tue 14:00', enough(4), 'recompute');
      expect(touches(...three, change, touch('wed 10:00'), touch('wed 11:00'))?.completedAt).toBe('wed 10:00');
    });

    test('is met by a touch that does not count, for those made do', () => {
      const lines = { 'clocks.touches.until': { touches: 3, spacing: '48h' } };
      const change = applyAgreement('tue 14:00', lines, 'recompute');
      expect(touches(...three, change, touch('wed 10:00'))?.completedAt).toBe('wed 10:00');
    });

    test('is met by another milestone from then on', () => {
      const change = applyAgreement('tue 11:00', { 'clocks.first-response.until': 'decided' }, 'recompute');
      expect(firstResponse('tue 12:00', change, accept('tue 12:00'))).toMatchObject({
        verdict: 'met',
        completedAt: 'tue 12:00',
      });
    });
  });
});

describe('an agreement applied to a lead that rests', () => {
  test('leaves the day on which it wakes, its cool-off and its limit as they are', () => {
    const lines = { 'recycle.coolOff': '1d', 'nurture.limit': '1d', 'reasons.disposition.0.wakeAfter': '1d' };
    const recycled = given(
      aLead(),
      touch('tue 11:00'),
      dispose('tue 12:00', 'bad-timing', { wakeOn: '2026-11-20' }),
      applyAgreement('wed 10:00', lines, 'recompute'),
    ).then('2026-12-17 13:00');
    // 30 days of cool-off end on Thursday, 17 December, at 12:00.
    expect(recycled.clock('re-engagement', 1, 2)?.startedAt).toBe('+4 thu 12:00');
    const nurtured = given(aLead(), reject('tue 11:00', 'not-ready', 'in May'), applyAgreement('wed 10:00', lines));
    expect(nurtured.then('+5 mon 12:00').stage).toBe('nurture');
  });

  test('changes the feedback that it still owes', () => {
    const change = applyAgreement('wed 10:00', { 'clocks.feedback.within': '72h' }, 'recompute');
    expect(given(aLead(), reject('tue 11:00', 'bad-data'), change).then('wed 12:00').clock('feedback')?.dueAt).toBe(
      'fri 11:00',
    );
  });

  test('leaves the end of a running pause as it is', () => {
    const outcome = given(
      aLead(),
      pause('tue 11:00', 'tue 13:00'),
      applyAgreement('tue 12:00', { 'pause.longest': '1m' }),
    ).then('tue 13:00');
    expect(outcome.clock('first-response')?.dueAt).toBe('tue 16:00');
  });
});

describe('a calendar that closes for good before a clock of the lead would be due', () => {
  const twoDays = { '2026-11-17': ['09:00-17:00'], '2026-11-18': ['09:00-17:00'] };
  const closing = { 'calendars.sales-us-east': { timeZone: 'America/New_York', hours: {}, exceptions: twoDays } };

  test.each(['recompute', 'used-time-stays'] as const)('makes the lead refuse the agreement under %s', (running) => {
    given(aLead(), accept('tue 10:10'))
      .when(applyAgreement('tue 11:00', closing, running))
      .refuses('invalid-agreement');
  });

  test('is taken under keep, which counts no running clock on it', () => {
    const { refusals } = given(aLead(), accept('tue 10:10'), applyAgreement('tue 11:00', closing, 'keep')).then(
      'tue 11:00',
    );
    expect(refusals).toEqual([]);
  });
});
