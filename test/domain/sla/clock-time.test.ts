import {
  aLead,
  accept,
  dispute,
  given,
  notified,
  pause,
  reassign,
  reject,
  resolve,
  resume,
  status,
  touch,
  type Fact,
} from '../../builders/index.js';

const firstResponse = (facts: readonly Fact[], until: string, set = {}) => {
  const outcome = given(aLead({ set }), ...facts).then(until);
  expect(outcome.refusals).toEqual([]);
  return outcome.clock('first-response');
};

describe('a pause', () => {
  test.each([
    {
      label: 'within a day moves the due instant by its length',
      facts: [pause('tue 11:00'), resume('tue 12:30')],
      dueAt: 'tue 15:30',
    },
    {
      label: 'over a night moves it by its open hours',
      facts: [pause('tue 13:00'), resume('wed 09:30')],
      dueAt: 'wed 10:30',
    },
    { label: 'of no length moves nothing', facts: [pause('tue 11:00'), resume('tue 11:00')], dueAt: 'tue 14:00' },
    {
      label: 'that ends where it begins ends at once',
      facts: [pause('tue 11:00', 'tue 11:00'), pause('tue 11:00', 'tue 12:00')],
      dueAt: 'tue 15:00',
    },
    { label: 'that was to end in the past ends at once', facts: [pause('tue 11:00', 'tue 10:30')], dueAt: 'tue 14:00' },
    { label: 'ends at its time by itself', facts: [pause('tue 11:00', 'tue 12:00')], dueAt: 'tue 15:00' },
    {
      label: 'twice counts twice',
      facts: [pause('tue 11:00'), resume('tue 11:20'), pause('tue 12:00'), resume('tue 12:20')],
      dueAt: 'tue 14:40',
    },
    {
      label: 'exactly when the clock is due makes it due at the resume',
      facts: [pause('tue 14:00'), resume('wed 10:00')],
      dueAt: 'wed 10:00',
    },
    {
      label: 'a millisecond earlier leaves that millisecond',
      facts: [pause('tue 13:59:59.999'), resume('wed 10:00')],
      dueAt: 'wed 10:00:00.001',
    },
    {
      label: 'exactly when it is due, resumed while closed, makes it due then',
      facts: [pause('tue 14:00'), resume('tue 20:00')],
      dueAt: 'tue 20:00',
    },
  ])('$label', ({ facts, dueAt }) => {
    expect(firstResponse(facts, 'wed 10:00')?.dueAt).toBe(dueAt);
  });

  test('outside open hours moves nothing', () => {
    const outcome = given(aLead({ at: 'tue 06:00' }), pause('tue 07:00'), resume('tue 08:00')).then('tue 09:00');
    expect(outcome.clock('first-response')?.dueAt).toBe('tue 13:00');
  });

  test('leaves a clock without a due instant while it lasts', () => {
    expect(firstResponse([pause('tue 11:00')], 'wed 12:00')).toMatchObject({ verdict: 'paused', dueAt: null });
  });

  test('lets a milestone end the clock, which then never has a due instant', () => {
    const facts = [pause('tue 11:00'), touch('tue 18:00'), resume('tue 19:00')];
    expect(firstResponse(facts, 'wed 12:00')).toMatchObject({ verdict: 'met', dueAt: null, completedAt: 'tue 18:00' });
  });

  test('ends with the closing of the lead; its clocks stay without a due instant', () => {
    const outcome = given(aLead(), pause('tue 11:00'), reject('tue 12:00', 'bad-data')).then('wed 12:00');
    expect(outcome.state.pause).toBeNull();
    expect(outcome.clock('acceptance')).toMatchObject({ verdict: 'met', dueAt: null, completedAt: 'tue 12:00' });
    expect(outcome.clock('first-response')).toMatchObject({ verdict: 'cancelled', dueAt: null });
    expect(outcome.clock('closure')).toMatchObject({ verdict: 'met', dueAt: null, completedAt: 'tue 12:00' });
    // Begun by the closing, so after the pause: 48 h of weekdays.
    expect(outcome.clock('feedback')).toMatchObject({ verdict: 'pending', dueAt: 'thu 12:00' });
  });

  test('makes a sales clock that starts during it start paused, and no marketing clock', () => {
    const before = given(
      aLead({ notifiedAt: null, fields: { industry: null } }),
      pause('tue 10:02'),
      accept('tue 12:00'),
      notified('tue 12:30'),
    );
    const during = before.then('tue 12:59');
    expect(during.clock('status-update')).toMatchObject({ startedAt: 'tue 12:00', verdict: 'paused', dueAt: null });
    expect(during.clock('notification')).toMatchObject({
      verdict: 'breached',
      dueAt: 'tue 10:05',
      completedAt: 'tue 12:30',
    });
    expect(during.clock('enrichment')).toMatchObject({ verdict: 'breached', dueAt: 'tue 11:00' });
    expect(before.when(resume('tue 13:00')).then('tue 13:00').clock('status-update')?.dueAt).toBe('thu 13:00');
  });

  test('lets a breached clock keep its due instant and its ladder wait', () => {
    // Breached at 14:00, one hour later paused: three of four hours are left of the way to tier 2.
    const outcome = given(aLead(), pause('tue 15:00'), resume('wed 09:00')).then('wed 12:00');
    expect(outcome.clock('first-response')).toMatchObject({ verdict: 'breached', dueAt: 'tue 14:00' });
    expect(outcome.escalations).toContain('wed 12:00 first-response 1 tier 2: vp-sales, moved');
  });

  test('holds back a tier that is due when it begins until it ends', () => {
    const outcome = given(aLead(), pause('wed 10:00'), resume('wed 15:15')).then('wed 16:00');
    expect(outcome.escalations.slice(1)).toEqual([
      // Acceptance was due at the instant of the pause as well.
      'wed 15:15 acceptance 1 tier 1: manager-east',
      'wed 15:15 first-response 1 tier 2: vp-sales, moved',
    ]);
  });

  test.each([
    {
      label: 'a late touch after it',
      facts: [pause('tue 15:00'), resume('tue 16:00'), touch('tue 16:30')],
      overshoot: '1h30m',
    },
    { label: 'a late touch during it', facts: [pause('tue 15:00'), touch('tue 15:30')], overshoot: '1h' },
    { label: 'a late touch at its beginning', facts: [pause('tue 15:00'), touch('tue 15:00')], overshoot: '1h' },
  ])('is no part of the overshoot: $label', ({ facts, overshoot }) => {
    expect(firstResponse(facts, 'tue 17:00')).toMatchObject({ verdict: 'breached', overshoot });
  });

  test('ends just before the facts of its instant', () => {
    const story = given(aLead(), pause('tue 11:00', 'tue 12:00'));
    story.when(resume('tue 12:00')).refuses('not-paused');
    expect(story.when(touch('tue 12:00')).then('tue 12:00').clock('first-response')).toMatchObject({
      verdict: 'met',
      dueAt: 'tue 15:00',
    });
  });

  test('lasts no longer than the agreement allows, and no longer than was said', () => {
    const set = { 'pause.longest': '2h' };
    expect(firstResponse([pause('tue 11:00')], 'tue 13:00', set)?.dueAt).toBe('tue 16:00');
    expect(firstResponse([pause('tue 11:00', 'tue 18:00')], 'tue 13:00', set)?.dueAt).toBe('tue 16:00');
    expect(firstResponse([pause('tue 11:00', 'tue 12:00')], 'tue 13:00', set)?.dueAt).toBe('tue 15:00');
  });

  test('without limits in the agreement lasts until the resume, as often as wanted', () => {
    const facts = [0, 1, 2, 3].flatMap((index) => [pause(`tue 11:${index}0`), resume(`tue 11:${index}5`)]);
    expect(firstResponse(facts, 'tue 12:00', { pause: null })?.dueAt).toBe('tue 14:20');
    expect(given(aLead({ set: { pause: null } }), pause('tue 11:00')).then('+8 mon 12:00').state.pause).not.toBeNull();
  });
});

describe('a pause and a dispute together', () => {
  test.each([
    {
      label: 'the dispute outlasts the pause',
      facts: [pause('tue 11:00'), dispute('tue 12:00'), resume('tue 13:00'), resolve('tue 14:00', 'denied')],
      dueAt: 'tue 17:00',
    },
    {
      label: 'the pause outlasts the dispute',
      facts: [dispute('tue 11:00'), pause('tue 12:00'), resolve('tue 13:00', 'denied'), resume('tue 15:00')],
      dueAt: 'wed 10:00',
    },
    {
      label: 'the pause lies within the dispute',
      facts: [dispute('tue 11:00'), pause('tue 12:00', 'tue 12:30'), resolve('tue 13:00', 'denied')],
      dueAt: 'tue 16:00',
    },
    {
      label: 'the dispute lies within the pause',
      facts: [pause('tue 11:00'), dispute('tue 12:00'), resolve('tue 12:30', 'denied'), resume('tue 13:00')],
      dueAt: 'tue 16:00',
    },
  ])('hold the clocks until neither holds: $label', ({ facts, dueAt }) => {
    expect(firstResponse(facts, 'tue 15:00')?.dueAt).toBe(dueAt);
  });

  test('leave a resume that meets only a dispute refused', () => {
    given(aLead(), dispute('tue 11:00')).when(resume('tue 12:00')).refuses('not-paused');
  });
});

describe('a new owner', () => {
  test.each([
    {
      label: 'keeps the time used and counts the rest on their calendar',
      facts: [reassign('tue 16:00', 'rep-west-1')],
      from: 'tue 15:00',
      dueAt: 'tue 19:00',
    },
    {
      label: 'with nothing left makes the clock due at that instant',
      facts: [reassign('tue 14:00', 'rep-west-1')],
      from: 'tue 10:00',
      dueAt: 'tue 14:00',
    },
    {
      label: 'during a pause counts from the resume on',
      facts: [pause('tue 11:00'), reassign('tue 12:00', 'rep-west-1'), resume('tue 13:00')],
      from: 'tue 10:00',
      dueAt: 'tue 17:00',
    },
    {
      label: 'twice at one instant leaves the last one',
      facts: [reassign('tue 16:00', 'rep-west-1'), reassign('tue 16:00', 'rep-east-2')],
      from: 'tue 15:00',
      dueAt: 'wed 11:00',
    },
    {
      label: 'with the same calendar moves nothing',
      facts: [reassign('tue 16:00', 'rep-east-2')],
      from: 'tue 15:00',
      dueAt: 'wed 11:00',
    },
  ])('$label', ({ facts, from, dueAt }) => {
    expect(
      given(aLead({ at: from }), ...facts)
        .then('tue 17:00')
        .clock('first-response')?.dueAt,
    ).toBe(dueAt);
  });

  test('takes warnings along', () => {
    // Handed off at 15:00, moved at 16:00, which is 13:00 in the west: half is used at 17:00, three quarters at 18:00.
    const outcome = given(aLead({ at: 'tue 15:00' }), reassign('tue 16:00', 'rep-west-1')).then('tue 19:00');
    expect(outcome.warnings).toEqual(['tue 17:00 first-response 1: 50%', 'tue 18:00 first-response 1: 75%']);
  });

  test('takes ladder and overshoot of a breached clock along', () => {
    // Two hours of the four to tier 2 in the east, two in the west (13:00 to 15:00 there).
    const story = given(aLead(), reassign('tue 16:00', 'rep-west-1'));
    expect(story.then('tue 18:00').escalations).toContain('tue 18:00 first-response 1 tier 2: vp-sales, moved');
    const late = story.when(touch('tue 17:30')).then('tue 19:00').clock('first-response');
    expect(late).toMatchObject({ verdict: 'breached', overshoot: '3h30m' });
  });

  test('moves nothing on clocks with a calendar of their own', () => {
    const outcome = given(aLead(), accept('tue 11:00'), reassign('tue 12:00', 'rep-west-1')).then('tue 12:00');
    expect(outcome.clock('status-update')?.dueAt).toBe('thu 11:00');
    expect(outcome.clock('touches')?.dueAt).toBe('+2 tue 11:00');
  });
});

describe('a clock', () => {
  test.each([
    { label: 'just before it is due is met', at: 'tue 13:59:59.999', verdict: 'met', overshoot: null },
    { label: 'exactly when it is due is met', at: 'tue 14:00', verdict: 'met', overshoot: null },
    { label: 'a millisecond later is breached', at: 'tue 14:00:00.001', verdict: 'breached', overshoot: '1ms' },
    { label: 'a night later counts open time only', at: 'wed 09:30', verdict: 'breached', overshoot: '3h30m' },
  ])('that gets its milestone $label', ({ at, verdict, overshoot }) => {
    expect(firstResponse([touch(at)], '+1 mon 12:00')).toMatchObject({
      verdict,
      overshoot,
      dueAt: 'tue 14:00',
      completedAt: at,
    });
  });

  test('is not ended by a milestone before its start, nor by another milestone', () => {
    const outcome = given(aLead(), reassign('tue 11:00', 'rep-east-2'), status('tue 11:30')).then('tue 12:00');
    expect(outcome.clock('owner-response')).toMatchObject({ verdict: 'pending', completedAt: null });
  });
});
