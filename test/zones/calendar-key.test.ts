import type { CalendarDefinition } from '../../src/domain/business-time/index.js';
import { calendarKey } from '../../src/zones/index.js';

const calendar: CalendarDefinition = {
  timeZone: 'America/New_York',
  hours: { 'mon-thu': ['09:00-17:00'], fri: ['09:00-12:00'] },
  closed: ['2026-12-25'],
};

describe('calendarKey', () => {
  test('stays the same: stored deadlines refer to it', () => expect(calendarKey(calendar)).toBe('3e2f237622cb009b'));

  test('is equal for equal definitions, whatever the order of their keys', () => {
    const reordered: CalendarDefinition = {
      closed: ['2026-12-25'],
      hours: { fri: ['09:00-12:00'], 'mon-thu': ['09:00-17:00'] },
      timeZone: 'America/New_York',
      exceptions: undefined,
    };
    expect(calendarKey(reordered)).toBe(calendarKey(calendar));
  });

  test.each<Partial<CalendarDefinition>>([
    { timeZone: 'US/Eastern' },
    { hours: { 'mon-thu': ['09:00-17:00'] } },
    { closed: [] },
    { exceptions: { '2026-12-24': [] } },
  ])('differs with %j', (change) => expect(calendarKey({ ...calendar, ...change })).not.toBe(calendarKey(calendar)));
});
