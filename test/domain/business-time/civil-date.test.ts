import { cases, fc } from '../../chance/index.js';
import {
  parseDate,
  parseTimeOfDay,
  toCivilDate,
  toEpochDay,
  weekdayOf,
  weekdays,
} from '../../../src/domain/business-time/civil-date.js';

const DAY_MS = 86_400_000;

test('days, dates and weekdays agree with UTC for ten thousand years', () => {
  fc.assert(
    fc.property(fc.integer({ min: -719_528, max: 2_932_896 }), (epochDay) => {
      const utc = new Date(epochDay * DAY_MS);
      const date = { year: utc.getUTCFullYear(), month: utc.getUTCMonth() + 1, day: utc.getUTCDate() };
      expect(toCivilDate(epochDay)).toEqual(date);
      expect(toEpochDay(date)).toBe(epochDay);
      expect(weekdays.indexOf(weekdayOf(epochDay))).toBe((utc.getUTCDay() + 6) % 7);
      expect(parseDate(utc.toISOString().slice(0, 10))).toBe(epochDay);
    }),
    cases(2_000),
  );
});

describe('parseDate', () => {
  test.each([
    { text: '1970-01-01', epochDay: 0 },
    { text: '2024-02-29', epochDay: 19_782 },
    { text: '2000-02-29', epochDay: 11_016 },
  ])('reads $text', ({ text, epochDay }) => expect(parseDate(text)).toBe(epochDay));

  test.each([
    '2026-02-29',
    '1900-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-1-1',
    '26-01-01',
    '2026-11-26T00:00',
    '',
  ])('refuses %j', (text) => expect(parseDate(text)).toBeUndefined());
});

describe('parseTimeOfDay', () => {
  test.each([
    { text: '00:00', ms: 0 },
    { text: '09:30', ms: 34_200_000 },
    { text: '23:59', ms: DAY_MS - 60_000 },
    { text: '24:00', ms: DAY_MS },
  ])('reads $text', ({ text, ms }) => expect(parseTimeOfDay(text)).toBe(ms));

  test.each(['24:01', '25:00', '9:00', '09:60', '09', '09:00:00', '-1:00', ''])('refuses %j', (text) =>
    expect(parseTimeOfDay(text)).toBeUndefined(),
  );
});
