import {
  accept,
  aLead,
  applyAgreement,
  demoRequest,
  dispose,
  given,
  lateTouch,
  pause,
  reassign,
  resume,
  status,
  touch,
  type Fact,
} from '../../builders/index.js';

describe('a touch logged late', () => {
  test.each([
    { label: 'before the due instant turns the breach into met', occurredAt: 'tue 13:59:59.999', verdict: 'met' },
    { label: 'at the due instant turns the breach into met', occurredAt: 'tue 14:00', verdict: 'met' },
    { label: 'a millisecond later completes it late', occurredAt: 'tue 14:00:00.001', verdict: 'breached' },
  ])('$label', ({ occurredAt, verdict }) => {
    const clock = given(aLead(), lateTouch('tue 16:00', occurredAt)).then('wed 12:00').clock('first-response');
    expect(clock).toMatchObject({ verdict, completedAt: occurredAt, corrected: verdict === 'met' });
    expect(clock?.overshoot).toBe(verdict === 'met' ? null : '1ms');
  });

  test.each([
    { label: 'exactly as long ago as counts', loggedAt: 'wed 13:00', completedAt: 'tue 13:00', verdict: 'met' },
    {
      label: 'a millisecond longer ago',
      loggedAt: 'wed 13:00:00.001',
      completedAt: 'wed 13:00:00.001',
      verdict: 'breached',
    },
  ])('counts from its instant, or too long ago from its logging: $label', ({ loggedAt, completedAt, verdict }) => {
    const clock = given(aLead(), lateTouch(loggedAt, 'tue 13:00')).then('wed 17:00').clock('first-response');
    expect(clock).toMatchObject({ verdict, completedAt });
  });

  test.each([
    { label: 'two minutes ahead counts when it is logged', occurredAt: 'tue 14:02', completedAt: 'tue 14:00' },
    { label: 'now counts now', occurredAt: 'tue 14:00', completedAt: 'tue 14:00' },
  ])('$label', ({ occurredAt, completedAt }) => {
    const clock = given(aLead(), lateTouch('tue 14:00', occurredAt)).then('tue 17:00').clock('first-response');
    expect(clock).toMatchObject({ verdict: 'met', completedAt });
  });

  test('ends the ladder, leaves what was fired on record, and rewrites nothing else', () => {
    const outcome = given(aLead(), touch('tue 15:00'), lateTouch('tue 16:00', 'tue 13:30')).then('+1 mon 12:00');
    expect(outcome.clock('first-response')).toMatchObject({
      verdict: 'met',
      completedAt: 'tue 13:30',
      corrected: true,
    });
    // Met in time anyhow, and begun by the first touch that was known.
    expect(outcome.clock('acceptance')).toMatchObject({ completedAt: 'tue 15:00', corrected: false });
    expect(outcome.clock('touches')?.startedAt).toBe('tue 15:00');
    expect(outcome.clock('status-update')).toMatchObject({ startedAt: 'tue 15:00', completedAt: null });
    expect(outcome.escalations.filter((text) => text.includes('first-response'))).toEqual([
      'tue 14:00 first-response 1 tier 1: manager-east',
    ]);
  });

  test('corrects a clock that was cancelled after its breach, not the number begun since', () => {
    const outcome = given(
      aLead(),
      reassign('tue 10:30', 'rep-east-2'),
      reassign('tue 13:00', 'rep-east-3'),
      lateTouch('tue 13:30', 'tue 12:00'),
    ).then('tue 17:00');
    expect(outcome.clock('owner-response', 1)).toMatchObject({
      dueAt: 'tue 12:30',
      verdict: 'met',
      completedAt: 'tue 12:00',
      corrected: true,
    });
    expect(outcome.clock('owner-response', 2)).toMatchObject({ startedAt: 'tue 13:00', verdict: 'breached' });
  });

  test('corrects no clock that was cancelled before its breach', () => {
    const outcome = given(
      aLead(),
      reassign('tue 10:30', 'rep-east-2'),
      reassign('tue 12:00', 'rep-east-3'),
      lateTouch('tue 13:30', 'tue 11:00'),
    ).then('tue 14:00');
    expect(outcome.clock('owner-response', 1)).toMatchObject({ verdict: 'cancelled', corrected: false });
  });

  test.each<{ label: string; before: readonly Fact[] }>([
    { label: 'while nobody had accepted', before: [] },
    { label: 'when somebody accepted late', before: [accept('wed 11:00')] },
    { label: 'when a touch accepted late', before: [touch('wed 11:00')] },
  ])('corrects acceptance by implication, $label', ({ before }) => {
    const outcome = given(aLead(), ...before, lateTouch('wed 12:00', 'wed 09:30')).then('wed 17:00');
    expect(outcome.clock('acceptance')).toMatchObject({ verdict: 'met', completedAt: 'wed 09:30', corrected: true });
  });

  test('corrects the number of a status update that was awaited then, and begins no number twice', () => {
    const set = { 'clocks.status-update.within': '1h', 'clocks.status-update.calendar': 'always' };
    const facts = [touch('tue 10:30'), touch('tue 12:00'), lateTouch('tue 12:30', 'tue 11:00')];
    const outcome = given(aLead({ set }), ...facts).then('tue 12:45');
    expect(outcome.clock('status-update', 1)).toMatchObject({
      dueAt: 'tue 11:30',
      completedAt: 'tue 11:00',
      corrected: true,
    });
    expect(outcome.clock('status-update', 2)).toMatchObject({ startedAt: 'tue 12:00', verdict: 'pending' });
    expect(outcome.clock('status-update', 3)).toBeUndefined();
  });

  test('begins the next number at its own instant if none had begun since', () => {
    const set = { 'clocks.status-update.within': '1h', 'clocks.status-update.calendar': 'always' };
    const outcome = given(aLead({ set }), touch('tue 10:30'), lateTouch('tue 12:30', 'tue 11:00')).then('tue 12:30');
    expect(outcome.clock('status-update', 1)).toMatchObject({ completedAt: 'tue 11:00', corrected: true });
    expect(outcome.clock('status-update', 2)).toMatchObject({
      startedAt: 'tue 11:00',
      dueAt: 'tue 12:00',
      verdict: 'breached',
    });
  });
});

describe('a clock that starts in the past', () => {
  const hourly = {
    'clocks.status-update.within': '1h',
    'clocks.status-update.calendar': 'always',
    'clocks.touches.warn': [],
    'clocks.acceptance.warn': [],
    'clocks.first-response.warn': [],
    'clocks.disposition.within': '5h',
    'clocks.disposition.warn': ['40%', '90%'],
  };

  test('fires what lies behind when it is logged, its breach stamped with its due instant', () => {
    const outcome = given(aLead({ set: hourly }), lateTouch('tue 13:00', 'tue 10:30')).then('tue 15:15');
    expect(outcome.clock('status-update')).toMatchObject({
      startedAt: 'tue 10:30',
      dueAt: 'tue 11:30',
      verdict: 'breached',
    });
    expect(outcome.escalations).toEqual(['tue 13:00 status-update 1 tier 1: manager-east']);
    // Due at 15:30: two of five hours were used at 12:30.
    expect(outcome.warnings).toEqual(['tue 13:00 disposition 1: 40%', 'tue 15:00 disposition 1: 90%']);
  });

  test('does not warn once its due instant has passed', () => {
    const set = { ...hourly, 'clocks.disposition.within': '2h30m' };
    expect(given(aLead({ set }), lateTouch('tue 13:00', 'tue 10:30')).then('tue 16:00').warnings).toEqual([]);
    expect(given(aLead({ set }), lateTouch('tue 12:59:59.999', 'tue 10:30')).then('tue 16:00').warnings).toEqual([
      'tue 12:59:59.999 disposition 1: 40%',
      'tue 12:59:59.999 disposition 1: 90%',
    ]);
  });

  test('lets facts of that instant come first', () => {
    const outcome = given(aLead({ set: hourly }), lateTouch('tue 13:00', 'tue 10:30'), status('tue 13:00')).then(
      'tue 13:00',
    );
    expect(outcome.clock('status-update')).toMatchObject({
      verdict: 'breached',
      completedAt: 'tue 13:00',
      overshoot: '1h30m',
    });
    expect(outcome.escalations).toEqual([]);
  });

  test('asks the directory for the instant at which a tier is recorded', () => {
    const away = [{ person: 'manager-east', from: 'tue 12:00', until: 'wed 12:00', delegate: 'manager-west' }];
    const outcome = given(aLead({ set: hourly, away }), lateTouch('tue 13:00', 'tue 10:30')).then('tue 13:00');
    expect(outcome.escalations).toEqual(['tue 13:00 status-update 1 tier 1: manager-west']);
  });

  test('counts through the pauses and owners since', () => {
    // From 10:30: half an hour, then 11:00 to 12:00 paused, two hours in the east, from 14:00 (11:00) on in the west.
    const facts = [
      pause('tue 11:00'),
      resume('tue 12:00'),
      reassign('tue 14:00', 'rep-west-1'),
      lateTouch('tue 14:30', 'tue 10:30'),
    ];
    const outcome = given(aLead({ set: hourly }), ...facts).then('tue 14:30');
    // 2 h 30 min are left: 11:00 to 12:00 and 13:00 to 14:30 in the west.
    expect(outcome.clock('disposition')).toMatchObject({ startedAt: 'tue 10:30', dueAt: 'tue 17:30' });
  });

  test('rests if it is logged during a pause; what lies behind is due at the resume', () => {
    const story = given(aLead({ set: hourly }), pause('tue 12:00'), lateTouch('tue 13:00', 'tue 10:30'));
    expect(story.then('tue 13:30').clock('status-update')).toMatchObject({ verdict: 'paused', dueAt: null });
    expect(story.then('tue 13:30').escalations).toEqual([]);
    const resumed = story.when(resume('tue 14:00')).then('tue 14:00');
    expect(resumed.clock('status-update')).toMatchObject({ dueAt: 'tue 14:00', verdict: 'breached' });
    expect(resumed.escalations).toEqual(['tue 14:00 status-update 1 tier 1: manager-east']);
  });

  test('follows the agreement and the priority in force when it is logged', () => {
    const set = { 'clocks.disposition.overrides': [{ when: [{ priority: 'high' }], within: '2h' }] };
    const hot = given(aLead({ set }), demoRequest('tue 12:00'), lateTouch('tue 12:30', 'tue 11:00')).then('tue 12:30');
    expect(hot.clock('disposition')?.dueAt).toBe('tue 13:00');
    const changed = given(
      aLead(),
      applyAgreement('tue 12:00', { 'clocks.disposition.within': '3h' }),
      lateTouch('tue 12:30', 'tue 11:00'),
    ).then('tue 12:30');
    expect(changed.clock('disposition')?.dueAt).toBe('tue 14:00');
  });
});

describe('a fact that arrives after others have been applied', () => {
  // The breach at 14:00 has been recorded when it comes.
  const late = (fact: Fact, until = 'wed 17:00') =>
    given(aLead(), pause('wed 11:00'), fact, resume('wed 11:00')).then(until);

  test('takes effect now, and its milestones keep its instant', () => {
    const outcome = late(accept('wed 09:30'));
    expect(outcome.clock('acceptance')).toMatchObject({ verdict: 'met', completedAt: 'wed 09:30', corrected: true });
    expect(outcome.clock('status-update')?.startedAt).toBe('wed 09:30');
    const accepted = outcome.lead.run.events.find(({ type }) => type === 'accepted');
    expect(accepted?.at).toBe(outcome.lead.run.events.find(({ type }) => type === 'paused')?.at);
  });

  test('corrects without a limit on how late it is', () => {
    const set = { 'lateLogging.countsWithin': '0h' };
    const outcome = given(aLead({ set }), pause('wed 11:00'), touch('tue 13:00')).then('wed 12:00');
    expect(outcome.clock('first-response')).toMatchObject({
      verdict: 'met',
      completedAt: 'tue 13:00',
      corrected: true,
    });
  });

  test('closes the lead now, and meets its clocks then', () => {
    const outcome = given(
      aLead({ set: { 'clocks.disposition.within': '1h' } }),
      accept('tue 10:10'),
      pause('tue 13:00'),
      dispose('tue 11:05', 'no-budget'),
    ).then('tue 14:00');
    expect(outcome.stage).toBe('nurture');
    expect(outcome.clock('disposition')).toMatchObject({ verdict: 'met', completedAt: 'tue 11:05', corrected: true });
    expect(outcome.clock('first-response')).toMatchObject({ verdict: 'cancelled' });
  });

  test('gives the lead away now, and begins the owner’s response then', () => {
    const outcome = given(aLead(), pause('tue 13:00'), resume('tue 13:00'), reassign('tue 12:00', 'rep-east-2')).then(
      'tue 13:00',
    );
    expect(outcome.clock('owner-response')).toMatchObject({ startedAt: 'tue 12:00', dueAt: 'tue 14:00' });
  });
});
