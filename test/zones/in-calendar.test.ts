import { CLOSED_MS_MAX, type CalendarDefinition } from '../../src/domain/business-time/index.js';
import { addInCalendar, findNoOpenTime, nextOpeningInCalendar, NoOpenTimeError } from '../../src/zones/index.js';

const HOUR_MS = 3_600_000;
const at = (text: string): number => Date.parse(text);
const office: CalendarDefinition = { timeZone: 'Europe/Berlin', hours: { 'mon-fri': ['09:00-17:00'] } };
const openOnlyOn = (...dates: string[]): CalendarDefinition => ({
  timeZone: 'UTC',
  hours: {},
  exceptions: Object.fromEntries(dates.map((date) => [date, ['09:00-17:00']])),
});

describe('addInCalendar', () => {
  test('reaches as far as it takes, beyond any horizon', () => {
    const tenYearsMs = 10 * 2_000 * HOUR_MS;
    const endsAt = addInCalendar('office', office, at('2026-01-05T08:00Z'), tenYearsMs);
    expect(new Date(endsAt).toISOString()).toBe('2035-08-03T15:00:00.000Z'); // 2,500 working days
  });

  test('goes on over a closed time of just under two years', () => {
    const calendar = openOnlyOn('2026-11-25', '2028-11-24');
    const endsAt = addInCalendar('rare', calendar, at('2026-11-20T00:00Z'), 9 * HOUR_MS);
    expect(new Date(endsAt).toISOString()).toBe('2028-11-24T10:00:00.000Z');
  });

  test('takes pauses out beyond any horizon', () => {
    const calendar = openOnlyOn('2026-11-25', '2028-11-01', '2030-10-01');
    const pause = [at('2026-11-25T10:00Z'), at('2028-11-01T16:00Z')] as const;
    const endsAt = addInCalendar('rare', calendar, at('2026-11-20T00:00Z'), 3 * HOUR_MS, [pause]);
    expect(new Date(endsAt).toISOString()).toBe('2030-10-01T10:00:00.000Z');
  });

  test('says which calendar has no open time any more, since when, and what to do', () => {
    const add = () => addInCalendar('rare', openOnlyOn('2026-11-25'), at('2026-11-20T00:00Z'), 8 * HOUR_MS + 1);
    expect(add).toThrow(NoOpenTimeError);
    expect(add).toThrow(
      'calendar "rare" has no open time from 2026-11-25T17:00:00.000Z to 2028-11-24T17:00:00.000Z; ' +
        'give it hours or dated exceptions in these two years',
    );
  });

  test('still ends at the last closing of such a calendar', () => {
    const endsAt = addInCalendar('rare', openOnlyOn('2026-11-25'), at('2026-11-20T00:00Z'), 8 * HOUR_MS);
    expect(new Date(endsAt).toISOString()).toBe('2026-11-25T17:00:00.000Z');
  });
});

describe('nextOpeningInCalendar and findNoOpenTime', () => {
  const opening = at('2028-11-24T09:00Z');
  const calendar = openOnlyOn('2028-11-24');

  test.each([
    { label: 'an opening just before 730 days are over is found', start: opening - CLOSED_MS_MAX + 1, found: true },
    { label: 'an opening after exactly 730 days is not', start: opening - CLOSED_MS_MAX, found: false },
  ])('$label', ({ start, found }) => {
    const search = () => nextOpeningInCalendar('rare', calendar, start);
    if (found) expect(search()).toBe(opening);
    else expect(search).toThrow(NoOpenTimeError);
    expect(findNoOpenTime(calendar, start)).toEqual(
      found ? undefined : { code: 'no-open-time', since: start, until: opening },
    );
  });

  test('an open calendar needs no next opening', () => {
    expect(nextOpeningInCalendar('office', office, at('2026-11-23T09:00Z'))).toBe(at('2026-11-23T09:00Z'));
    expect(findNoOpenTime(office, at('2026-11-21T09:00Z'))).toBeUndefined();
  });

  test('an unbroken calendar always has open time', () => {
    const always = { timeZone: 'UTC', hours: { 'mon-sun': ['00:00-24:00'] } };
    expect(findNoOpenTime(always, at('2026-11-23T09:00Z'))).toBeUndefined();
  });
});
