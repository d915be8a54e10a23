/** Here the rules of due instants, warnings and ladders (spec C2, C5, L1, L2) are shown on the spec's own agreement. */
import { aLead, given, pause, reassign, resume, touch } from '../../builders/index.js';

const target = (within: string, warn: readonly string[] = []) => ({
  'clocks.first-response.within': within,
  'clocks.first-response.overrides': null,
  'clocks.first-response.warn': warn,
});

describe('the due instant of a clock', () => {
  test.each([
    { label: 'is the open time after its start', at: 'tue 10:00', within: '4h', dueAt: 'tue 14:00' },
    { label: 'at closing time is that closing', at: 'tue 13:00', within: '4h', dueAt: 'tue 17:00' },
    {
      label: 'one millisecond later is on the next day',
      at: 'tue 13:00:00.001',
      within: '4h',
      dueAt: 'wed 09:00:00.001',
    },
    { label: 'from closing time on counts the next day', at: 'tue 17:00', within: '1h', dueAt: 'wed 10:00' },
    { label: 'from a weekend on counts Monday', at: 'sat 12:00', within: '4h', dueAt: '+1 mon 13:00' },
    { label: 'passes over a holiday', at: '+1 wed 16:00', within: '2h', dueAt: '+1 fri 10:00' },
    { label: 'for no time at all is now, while open', at: 'tue 10:00', within: '0h', dueAt: 'tue 10:00' },
    {
      label: 'for no time at all is the next opening, while closed',
      at: 'tue 20:00',
      within: '0h',
      dueAt: 'wed 09:00',
    },
  ])('$label', ({ at, within, dueAt }) => {
    expect(
      given(aLead({ at, set: target(within) }))
        .then(at)
        .clock('first-response')?.dueAt,
    ).toBe(dueAt);
  });

  test.each([
    {
      label: 'five real hours when clocks go forward',
      at: '2027-03-13 12:00',
      within: '5h',
      dueAt: '2027-03-14 06:00',
    },
    { label: 'seven real hours when clocks go back', at: '2026-10-31 12:00', within: '7h', dueAt: '2026-11-01 06:00' },
  ])('from midnight to six on a Sunday counts $label', ({ at, within, dueAt }) => {
    const set = { ...target(within), 'calendars.sales-us-east.hours': { sun: ['00:00-06:00'] } };
    expect(given(aLead({ at, set })).then(at).clock('first-response')?.dueAt).toBe(dueAt);
  });

  test.each([
    {
      label: 'the first override that holds decides',
      fields: { employees: 2500 },
      action: 'demo-request',
      dueAt: 'tue 11:00',
    },
    {
      label: 'a later one decides if the first does not hold',
      fields: { employees: 1000 },
      action: 'webinar',
      dueAt: 'tue 12:00',
    },
    { label: 'none decides if none holds', fields: { employees: 999 }, action: 'webinar', dueAt: 'tue 14:00' },
  ])('$label', ({ fields, action, dueAt }) => {
    const lead = aLead({ fields, signals: [{ action, at: 'tue 09:00' }] });
    expect(given(lead).then('tue 10:00').clock('first-response')?.dueAt).toBe(dueAt);
  });

  test('is not shortened by an override on a field that is missing, but by one that asks that it be missing', () => {
    const overrides = (exists: boolean) => [{ when: [{ field: 'partner', exists }], within: '1h' }];
    const dueAt = (exists: boolean) =>
      given(aLead({ set: { 'clocks.first-response.overrides': overrides(exists) } }))
        .then('tue 10:00')
        .clock('first-response')?.dueAt;
    expect([dueAt(true), dueAt(false)]).toEqual(['tue 14:00', 'tue 11:00']);
  });

  test('runs on the owner’s calendar, else on the team’s, else on the default one', () => {
    const dueAt = (people: readonly object[]) =>
      given(aLead({ at: 'tue 16:00', people }))
        .then('tue 16:00')
        .clock('first-response')?.dueAt;
    expect(dueAt([])).toBe('wed 12:00');
    // Monday to Thursday to 18:00.
    expect(dueAt([{ id: 'rep-east-1', calendar: 'marketing-us' }])).toBe('wed 11:00');
    // A calendar that the agreement does not have, and a person without a team: the default.
    expect(dueAt([{ id: 'rep-east-1', calendar: 'sales-emea' }])).toBe('wed 12:00');
    expect(dueAt([{ id: 'rep-east-1', team: undefined }])).toBe('wed 12:00');
  });
});

describe('the warnings of a clock', () => {
  const warned = (warn: readonly string[], within = '4h', at = 'tue 10:00') =>
    given(aLead({ at, set: { ...target(within, warn), 'clocks.acceptance.warn': [] } })).then('+1 tue 12:00').warnings;

  test.each([
    { label: 'at half of the time', point: '50%', at: 'tue 12:00' },
    { label: 'when so much is left', point: '1h left', at: 'tue 13:00' },
    { label: 'a second after the start', point: '3h59m59s left', at: 'tue 10:00:01' },
  ])('come $label', ({ point, at }) => {
    expect(warned([point])).toEqual([`${at} first-response 1: ${point}`]);
  });

  test.each(['4h left', '5h left', '100%', '0h left', '0%'])('leave out %s of four hours', (point) => {
    expect(warned([point])).toEqual([]);
  });

  test('round a share down to the millisecond', () => {
    // 1.5 ms of one second.
    expect(warned(['0.15%'], '1s')).toEqual(['tue 10:00:00.001 first-response 1: 0.15%']);
  });

  test('that fall on closing time come at that closing', () => {
    expect(warned(['50%'], '4h', 'fri 15:00')).toEqual(['fri 17:00 first-response 1: 50%']);
  });

  test('of one instant come in the order in which they are listed', () => {
    expect(warned(['2h left', '50%'])).toEqual([
      'tue 12:00 first-response 1: 2h left',
      'tue 12:00 first-response 1: 50%',
    ]);
  });

  test('never come for a clock that has ended, also not at its last instant', () => {
    const set = { ...target('4h', ['50%']), 'clocks.acceptance.warn': [] };
    expect(given(aLead({ set }), touch('tue 12:00')).then('wed 12:00').warnings).toEqual([]);
  });

  test('come once, though pauses and new owners plan them anew', () => {
    const story = given(
      aLead({ set: { ...target('4h', ['25%', '50%']), 'clocks.acceptance.warn': [] } }),
      pause('tue 11:30'),
      reassign('tue 11:40', 'rep-east-2'),
      resume('tue 12:00'),
    );
    expect(story.then('tue 14:00').warnings).toEqual([
      'tue 11:00 first-response 1: 25%',
      'tue 12:30 first-response 1: 50%',
    ]);
  });
});

describe('a ladder', () => {
  const climbed = (tiers: readonly object[], until = '+1 mon 12:00', at = 'tue 10:00') =>
    given(
      aLead({
        at,
        set: { 'ladders.mine': tiers, 'clocks.first-response.ladder': 'mine', 'clocks.acceptance.ladder': null },
      }),
    ).then(until).escalations;

  test.each([
    { label: 'at the breach itself', tier: { after: '0h' }, at: 'tue 14:00' },
    { label: 'open time after the breach', tier: { after: '4h' }, at: 'wed 10:00' },
    { label: 'open time after the start', tier: { on: 'start', after: '1h' }, at: 'tue 11:00' },
    { label: 'at the start itself', tier: { on: 'start' }, at: 'tue 10:00' },
  ])('fires $label', ({ tier, at }) => {
    expect(climbed([{ ...tier, to: ['cro'] }])).toEqual([`${at} first-response 1 tier 1: cro`]);
  });

  test('fires at the start or the breach itself, open or not', () => {
    expect(climbed([{ on: 'start', to: ['cro'] }], 'sun 12:00', 'sat 12:00')).toEqual([
      'sat 12:00 first-response 1 tier 1: cro',
    ]);
    expect(climbed([{ to: ['cro'] }], 'fri 17:00', 'fri 13:00')).toEqual(['fri 17:00 first-response 1 tier 1: cro']);
  });

  test('never fires a tier before the one above it: one whose instant has passed fires with that one', () => {
    const tiers = [
      { after: '2h', to: ['cro'] },
      { on: 'start', after: '1h', to: ['cmo'] },
      { after: '1h', to: ['vp-sales'] },
      { after: '3h', to: ['manager-west'] },
    ];
    expect(climbed(tiers)).toEqual([
      'tue 16:00 first-response 1 tier 1: cro',
      'tue 16:00 first-response 1 tier 2: cmo',
      'tue 16:00 first-response 1 tier 3: vp-sales',
      'tue 17:00 first-response 1 tier 4: manager-west',
    ]);
  });

  test('ends when its clock ends, also at the very instant of a tier', () => {
    const set = { 'ladders.mine': [{ after: '1h', to: ['cro'] }], 'clocks.first-response.ladder': 'mine' };
    expect(given(aLead({ set }), touch('tue 15:00')).then('wed 09:00').escalations).toEqual([]);
  });
});
