// The owner's next step: which it is, and on which day, within which hours it falls.
import type { Fields } from '../../../src/domain/agreement/index.js';
import type { CalendarDefinition } from '../../../src/domain/business-time/index.js';
import { nextStep, type NextStep, type OfferedStep } from '../../../src/domain/cadence/index.js';
import type { LeadState } from '../../../src/domain/lifecycle/state.js';
import type { Absence } from '../../../src/domain/routing/directory.js';
import { afterSaying, aLead, minutes, mondayTen, terms } from '../notices/sample-lead.js';
import { aState, aTouch, local, slotText, touches, utc, withFields } from './sample-book.js';

const ask = (state: LeadState, at = mondayTen, absences: readonly Absence[] = [], agreed = terms): NextStep =>
  nextStep({ state, terms: agreed, absences, local, at });

function offered(step: NextStep): OfferedStep {
  if (step.kind !== 'offered') throw new Error(`no step is offered: ${step.kind}, ${step.because}`);
  return step;
}

describe('which step', () => {
  test.each([
    { label: 'the first one before any touch', touches: [], is: '1 first-call' },
    { label: 'the next one after a human touch', touches: touches(1), is: '2 first-mail' },
    {
      label: 'the next one after a touch on another channel',
      touches: [aTouch({ channel: 'sms' })],
      is: '2 first-mail',
    },
    { label: 'the same after what a machine sent', touches: [aTouch({ origin: 'sequence' })], is: '1 first-call' },
    { label: 'the same after a mail that bounced', touches: [aTouch({ outcome: 'bounced' })], is: '1 first-call' },
    { label: 'the last one', touches: touches(7), is: '8 closing-the-file' },
  ])('$label', ({ touches: made, is }) => {
    const { number, step } = offered(ask(aState({ touches: made })));
    expect(`${number} ${step.template}`).toBe(is);
  });

  test.each([
    { label: 'every step was made', facts: { touches: touches(8) }, because: 'all-made' },
    { label: 'the prospect replied', facts: { touches: [aTouch({ outcome: 'replied' })] }, because: 'answered' },
    { label: 'the prospect was reached', facts: { touches: [aTouch({ outcome: 'reached' })] }, because: 'answered' },
    { label: 'the lead is closed', facts: { stage: 'nurture' }, because: 'not-open' },
  ] as const)('none once $label', ({ facts, because }) => {
    expect(ask(aState(facts))).toEqual({ kind: 'over', because });
  });

  test('a touch taken back gives its step back', () => {
    const called = afterSaying(aLead(), minutes(5), { type: 'touch', channel: 'phone', outcome: 'no-answer' });
    expect(offered(ask(called.state)).number).toBe(2);
    const retracted = afterSaying(called, minutes(6), {
      type: 'retract',
      touch: called.state.touches[0]!.seq,
      reason: 'another lead',
    });
    expect(offered(ask(retracted.state)).number).toBe(1);
  });

  test('it brings channel, template and talking points', () => {
    expect(offered(ask(aState()))).toMatchObject({
      owner: 'rep-east-1',
      stepCount: 8,
      step: { channel: 'phone', talkingPoints: ['Ask what made them look now', 'Offer the 20-minute tour'] },
    });
  });
});

describe('its day', () => {
  test.each([
    {
      label: 'the day of the hand-off',
      made: 0,
      at: '2026-11-23T15:00Z',
      slot: '2026-11-23T15:00/22:00',
      movedBy: null,
    },
    { label: 'two days later', made: 2, at: '2026-11-23T15:00Z', slot: '2026-11-25T14:00/22:00', movedBy: null },
    {
      label: 'the day after a holiday',
      made: 3,
      at: '2026-11-26T15:00Z',
      slot: '2026-11-27T14:00/22:00',
      movedBy: null,
    },
    {
      label: 'the next opening if the day is a weekend',
      made: 2,
      startedAt: '2026-11-26T15:00Z',
      at: '2026-11-26T15:00Z',
      slot: '2026-11-30T14:00/22:00',
      movedBy: 'closed-hours',
    },
    {
      label: 'today if it was not made on its day',
      made: 0,
      at: '2026-11-24T16:00Z',
      slot: '2026-11-24T16:00/22:00',
      movedBy: 'overdue',
    },
    {
      label: 'today with a quarter of an hour left',
      made: 0,
      at: '2026-11-23T21:45Z',
      slot: '2026-11-23T21:45/22:00',
      movedBy: null,
    },
    {
      label: 'tomorrow with less',
      made: 0,
      at: '2026-11-23T21:46Z',
      slot: '2026-11-24T14:00/22:00',
      movedBy: 'closed-hours',
    },
    {
      label: 'after a change of clock, by the clock',
      made: 2,
      startedAt: '2027-03-13T15:00Z',
      at: '2027-03-13T15:00Z',
      slot: '2027-03-15T13:00/21:00',
      movedBy: null,
    },
  ])('is $label', ({ made, startedAt = '2026-11-23T15:00Z', at, slot, movedBy }) => {
    const step = offered(ask(aState({ touches: touches(made), cycleStartedAt: utc(startedAt) }), utc(at)));
    expect([slotText(step), step.movedBy]).toEqual([slot, movedBy]);
  });
});

describe("the prospect's daytime", () => {
  test.each<{ label: string; fields: Fields; zone: string; slot: string }>([
    {
      label: 'nothing known: the owner',
      fields: { country: 'US' },
      zone: 'America/New_York',
      slot: '2026-11-23T15:00/22:00',
    },
    { label: 'California', fields: { region: 'CA' }, zone: 'America/Los_Angeles', slot: '2026-11-23T17:00/22:00' },
    { label: 'Berlin', fields: { country: 'DE' }, zone: 'Europe/Zurich', slot: '2026-11-23T15:00/17:00' },
    {
      label: 'Sydney, where Tuesday begins on the Monday of New York',
      fields: { country: 'AU', region: 'NSW' },
      zone: 'Australia/Sydney',
      slot: '2026-11-23T22:00/07:00',
    },
  ])('$label', ({ fields, zone, slot }) => {
    const step = offered(ask(withFields(fields)));
    expect([step.timeZone, slotText(step)]).toEqual([zone, slot]);
  });

  test('counts whole where it never meets the hours of the owner, on days on which the owner works', () => {
    const tokyo = withFields({ country: 'JP' });
    const friday = ask({ ...tokyo, cycleStartedAt: utc('2026-11-27T15:00Z') }, utc('2026-11-27T15:00Z'));
    expect(slotText(offered(friday))).toBe('2026-11-30T00:00/09:00');
  });

  test('spans the lunch of the owner', () => {
    const holders = [{ ...aState().holders[0]!, owner: 'rep-west-1', calendar: 'sales-us-west' }];
    const west = { ...withFields({ region: 'Oregon' }), holders };
    expect(slotText(offered(ask(west)))).toBe('2026-11-23T17:00/01:00');
  });
});

describe('it rests', () => {
  const away = (from: string, until: string): Absence => ({ person: 'rep-east-1', from: utc(from), until: utc(until) });
  test.each([
    {
      label: 'while the owner is absent',
      absences: [away('2026-11-23T00:00Z', '2026-11-25T14:00Z')],
      slot: '2026-11-25T14:00/22:00',
      movedBy: 'owner-absent',
    },
    {
      label: 'over two absences that meet',
      absences: [away('2026-11-24T00:00Z', '2026-11-25T14:00Z'), away('2026-11-20T00:00Z', '2026-11-24T00:00Z')],
      slot: '2026-11-25T14:00/22:00',
      movedBy: 'owner-absent',
    },
    {
      label: 'until the date on which the prospect is back',
      fields: { outOfOfficeUntil: '2026-12-01' },
      slot: '2026-12-01T14:00/22:00',
      movedBy: 'out-of-office',
    },
    {
      label: 'until the instant at which the prospect is back',
      fields: { outOfOfficeUntil: '2026-11-24T12:00:00-05:00' },
      slot: '2026-11-24T17:00/22:00',
      movedBy: 'out-of-office',
    },
    {
      label: 'not for a text that says no date',
      fields: { outOfOfficeUntil: 'after Christmas' },
      slot: '2026-11-23T15:00/22:00',
      movedBy: null,
    },
    {
      label: 'until a pause ends',
      pause: { since: mondayTen, endsAt: utc('2026-11-25T16:00Z'), reason: 'trade fair' },
      slot: '2026-11-25T16:00/22:00',
      movedBy: 'paused',
    },
  ])('$label', ({ absences = [], fields = {}, pause = null, slot, movedBy }) => {
    const step = offered(ask({ ...withFields(fields), pause }, mondayTen, absences));
    expect([slotText(step), step.movedBy]).toEqual([slot, movedBy]);
  });

  test('not for the absence of somebody else', () => {
    const other = { ...away('2026-11-23T00:00Z', '2026-11-25T14:00Z'), person: 'rep-east-2' };
    expect(offered(ask(aState(), mondayTen, [other])).from).toBe(mondayTen);
  });

  test.each([
    {
      label: 'a pause without an end',
      facts: { pause: { since: mondayTen, endsAt: null, reason: 'x' } },
      because: 'paused',
    },
    { label: 'a dispute', facts: { dispute: { since: mondayTen, reason: 'x', pauses: true } }, because: 'disputed' },
  ] as const)('without a day during $label', ({ facts, because }) => {
    expect(ask(aState(facts))).toMatchObject({ kind: 'resting', because, number: 1 });
  });

  test.each(['9999-12-31', '9999-12-31T23:59:59Z'])('without a day for a prospect who is away until %s', (until) => {
    const step = ask(withFields({ outOfOfficeUntil: until }));
    expect(step).toMatchObject({ kind: 'resting', because: 'no-open-day' });
  });

  test('without a day if the owner has left for good', () => {
    const gone = { person: 'rep-east-1', from: mondayTen, until: utc('9999-12-31T00:00Z') };
    expect(ask(aState(), mondayTen, [gone])).toMatchObject({ kind: 'resting', because: 'no-open-day' });
  });

  test('without a day for a step that the cadence means in a century', () => {
    const agreed = { ...terms, cadence: [{ ...terms.cadence[0]!, day: 100_000_000 }] };
    expect(ask(aState(), mondayTen, [], agreed)).toMatchObject({ kind: 'resting', because: 'no-open-day' });
  });

  test('without a day if the owner has no hours', () => {
    const closed: CalendarDefinition = { timeZone: 'UTC', hours: {} };
    const agreed = { ...terms, calendars: { ...terms.calendars, 'sales-us-east': closed } };
    expect(ask(aState(), mondayTen, [], agreed)).toMatchObject({ kind: 'resting', because: 'no-open-day' });
  });
});
