/** Here closed leads rest and come back: on their day, by news, or never (spec §5). */
import {
  aLead,
  applyAgreement,
  demoRequest,
  dispose,
  enrich,
  given,
  reassign,
  reject,
  signal,
  told,
  touch,
  type Fact,
  type LeadMade,
  type Lines,
} from '../../builders/index.js';

const recycling = (coolOff: string, more: Lines = {}): Lines => ({ 'recycle.coolOff': coolOff, ...more });
const recycled = (made: LeadMade, reason: string, more: { wakeOn?: string } = {}, at = 'tue 12:00') =>
  given(aLead(made), touch('tue 11:00'), dispose(at, reason, more));
const wakesAt = (story: ReturnType<typeof recycled>): string => {
  const { rest } = story.then('tue 16:00').state;
  return told(rest!.wakeAt!);
};
const noTouches = { 'clocks.touches': null };

describe('a recycled lead wakes', () => {
  test.each([
    { label: 'on its day at the first open instant', wakeOn: '2026-11-20', coolOff: '1d', at: 'fri 09:00' },
    { label: 'on the next open day if that one is closed', wakeOn: '2026-11-21', coolOff: '1d', at: '+1 mon 09:00' },
    { label: 'at the end of its cool-off, if that is later', wakeOn: '2026-11-18', coolOff: '2d', at: 'thu 12:00' },
    {
      label: 'at the opening after a cool-off that ends at night',
      wakeOn: '2026-11-18',
      coolOff: '36h',
      at: 'thu 09:00',
    },
    {
      label: 'at the opening after a cool-off that ends at closing',
      wakeOn: '2026-11-18',
      coolOff: '29h',
      at: 'thu 09:00',
    },
    { label: 'after the cool-off, if the day has passed', wakeOn: '2026-11-02', coolOff: '1d', at: 'wed 12:00' },
    { label: 'after a holiday', wakeOn: '2026-11-26', coolOff: '1d', at: '+1 fri 09:00' },
  ])('$label', ({ wakeOn, coolOff, at }) => {
    expect(wakesAt(recycled({ set: recycling(coolOff) }, 'bad-timing', { wakeOn }))).toBe(at);
  });

  test('after the time that its reason says, or on the day that is given instead', () => {
    const set = { ...recycling('1d', noTouches), 'reasons.disposition.0.wakeAfter': '4d' };
    expect(wakesAt(recycled({ set }, 'no-response'))).toBe('+1 mon 09:00');
    expect(wakesAt(recycled({ set }, 'no-response', { wakeOn: '2026-11-19' }))).toBe('thu 09:00');
    const noTime = { ...recycling('1d', noTouches), 'reasons.disposition.0.wakeAfter': null };
    expect(wakesAt(recycled({ set: noTime }, 'no-response'))).toBe('wed 12:00');
  });

  test('by the calendar and the midnight of its owner', () => {
    // Open at night too: midnight in Los Angeles is 03:00 in New York.
    const set = {
      ...recycling('1h'),
      'calendars.sales-us-west.hours': { 'mon-sun': ['00:00-24:00'] },
      'calendars.sales-us-west.closed': [],
    };
    expect(wakesAt(recycled({ set, owner: 'rep-west-1' }, 'bad-timing', { wakeOn: '2026-11-20' }))).toBe('fri 03:00');
  });

  test('into its next cycle, undecided, with its clocks and limits anew', () => {
    const outcome = recycled({ set: recycling('1d') }, 'bad-timing', { wakeOn: '2026-11-20' }).then('fri 09:00');
    expect(outcome).toMatchObject({ stage: 'mql', owner: 'rep-east-1' });
    expect(outcome.state).toMatchObject({
      cycle: 2,
      acceptedAt: null,
      touches: [],
      pauseCount: 0,
      disputeCount: 0,
      rest: null,
    });
    expect(outcome.clock('re-engagement', 1, 2)).toMatchObject({ startedAt: 'fri 09:00', dueAt: 'fri 17:00' });
    expect(outcome.clock('first-response', 1, 2)).toBeUndefined();
    expect(outcome.clock('notification', 1, 2)).toBeUndefined();
  });

  test('at once by news, a recycled one when its cool-off ends, open or not', () => {
    const story = recycled({ set: recycling('36h') }, 'bad-timing', { wakeOn: '2027-01-20' });
    const early = story.when(demoRequest('tue 20:00'));
    expect(early.then('thu 00:00').state.cycle).toBe(2);
    expect(early.then('wed 23:59').state.cycle).toBe(1);
    expect(story.when(demoRequest('sat 12:00')).then('sat 12:00').state).toMatchObject({
      cycle: 2,
      cycleStartedAt: Date.parse('2026-11-21T17:00:00Z'),
    });
    expect(story.when(demoRequest('thu 00:00')).then('thu 00:00').state.cycle).toBe(2);
  });

  test('not later by news than on its day', () => {
    const story = recycled({ set: recycling('36h') }, 'bad-timing', { wakeOn: '2026-11-18' });
    expect(wakesAt(story)).toBe('thu 09:00');
    // The cool-off ends at midnight before that.
    expect(story.when(demoRequest('wed 12:00')).then('thu 00:00').state.cycle).toBe(2);
  });

  test('hot if it became so meanwhile, before its clocks start', () => {
    const set = { ...recycling('1d'), 'qualification.highPriority': [{ field: 'employees', gte: 1000 }] };
    const story = recycled({ set }, 'bad-timing', { wakeOn: '2026-11-20' });
    const outcome = story.when(enrich('wed 10:00', { employees: 2000 })).then('fri 09:00');
    expect(outcome.state.priority).toBe('high');
    expect(outcome.clock('re-engagement', 1, 2)?.dueAt).toBe('fri 10:00');
  });
});

describe('a nurtured lead', () => {
  const nurtured = (...facts: readonly Fact[]) => given(aLead(), reject('tue 11:00', 'not-ready', 'in May'), ...facts);

  test.each([
    { label: 'a demo request', said: { action: 'demo-request' }, wakes: true },
    { label: 'one download, of the three that it would take', said: { action: 'content-download' }, wakes: false },
    { label: 'a score that was high before', said: { score: 90 }, wakes: false },
    { label: 'a value that was not there', said: { signal: 'third-party-intent', value: 80 }, wakes: true },
    { label: 'an unknown action', said: { action: 'webinar' }, wakes: false },
  ])('is woken or not by $label', ({ said, wakes }) => {
    expect(nurtured(signal('sat 12:00', said)).then('sat 12:00').state.cycle).toBe(wakes ? 2 : 1);
  });

  test('is not woken by actions that only together make a condition hold', () => {
    const downloads = ['wed 10:00', 'wed 11:00', 'wed 12:00'].map((at) => signal(at, { action: 'content-download' }));
    expect(nurtured(...downloads).then('thu 12:00').state.cycle).toBe(1);
  });

  test('is woken by a value that has fallen and risen again', () => {
    const value = (at: string, to: number) => signal(at, { score: to });
    expect(nurtured(value('wed 10:00', 60), value('wed 11:00', 69)).then('thu 12:00').state.cycle).toBe(1);
    expect(nurtured(value('wed 10:00', 60), value('wed 11:00', 70)).then('thu 12:00').state.cycle).toBe(2);
  });

  test('is not woken by enrichment, however good', () => {
    expect(
      nurtured(enrich('wed 10:00', { score: 60 }), enrich('wed 11:00', { score: 99 })).then('thu 12:00').state.cycle,
    ).toBe(1);
  });

  test('ages out at the end of its limit, unless news comes at that very instant', () => {
    const limit = { 'nurture.limit': '10d' };
    const story = given(aLead({ set: limit }), reject('tue 11:00', 'not-ready', 'in May'));
    expect(story.then('+1 fri 10:59').stage).toBe('nurture');
    const aged = story.then('+1 fri 11:00');
    expect([aged.stage, aged.state.closingCause]).toEqual(['disqualified', 'aged-out']);
    expect(aged.clock('feedback')).toBeUndefined();
    expect(story.when(demoRequest('+1 fri 11:00')).then('+1 fri 11:00').stage).toBe('mql');
    expect(story.when(demoRequest('+1 fri 11:00:00.001')).then('+2 fri 11:00').stage).toBe('disqualified');
  });

  test('has no limit of cycles', () => {
    const set = { 'recycle.maxCycles': 1 };
    const outcome = given(
      aLead({ set }),
      touch('tue 11:00'),
      dispose('tue 12:00', 'no-budget'),
      demoRequest('wed 10:00'),
    ).then('wed 10:00');
    expect(outcome.state.cycle).toBe(2);
    given(aLead({ set }), touch('tue 11:00'))
      .when(dispose('tue 12:00', 'bad-timing', { wakeOn: '2027-01-04' }))
      .refuses('recycle-limit');
  });
});

describe('nothing wakes', () => {
  test.each<{ label: string; facts: readonly Fact[] }>([
    { label: 'a lead that opted out', facts: [touch('tue 11:00', 'opted-out')] },
    { label: 'a rejected lead that is no customer', facts: [reject('tue 11:00', 'duplicate')] },
  ])('$label', ({ facts }) => {
    const outcome = given(
      aLead(),
      ...facts,
      demoRequest('wed 10:00'),
      signal('wed 10:01', { score: 10 }),
      signal('wed 10:02', { score: 99 }),
    );
    expect(outcome.then('+4 mon 12:00').stage).toBe('disqualified');
  });
});

describe('what goes on while a lead rests', () => {
  test('is marketing’s: its clocks of the last cycle stay open into the next', () => {
    const outcome = given(
      aLead({ fields: { industry: null } }),
      reject('tue 10:30', 'not-ready', 'in May'),
      demoRequest('wed 10:00'),
      enrich('wed 11:00', { industry: 'law' }),
    ).then('wed 12:00');
    expect(outcome.clock('enrichment')).toMatchObject({
      verdict: 'breached',
      dueAt: 'tue 11:00',
      completedAt: 'wed 11:00',
      overshoot: '24h',
    });
    expect(outcome.clock('enrichment', 1, 2)).toBeUndefined();
  });

  test('is told apart by cycle: an owner’s time before the waking stays theirs', () => {
    const set = { 'clocks.enrichment.calendar': null, 'clocks.enrichment.within': '6h' };
    const outcome = given(
      aLead({ set, fields: { industry: null } }),
      reassign('tue 12:00', 'rep-west-1'),
      reject('tue 12:30', 'not-ready', 'in May'),
      demoRequest('tue 13:00'),
    ).then('tue 13:00');
    // Two hours in the east; 09:00 to 12:00 and 13:00 to 14:00 in the west.
    expect(outcome.clock('enrichment')?.dueAt).toBe('tue 17:00');
  });

  test('may change the agreement that the next cycle follows', () => {
    const story = given(
      aLead(),
      reject('tue 11:00', 'not-ready', 'in May'),
      applyAgreement('tue 12:00', { 'clocks.re-engagement.within': '2h', 'clocks.re-engagement.overrides': null }),
    );
    expect(story.when(demoRequest('wed 10:00')).then('wed 10:00').clock('re-engagement', 1, 2)?.dueAt).toBe(
      'wed 12:00',
    );
  });
});
