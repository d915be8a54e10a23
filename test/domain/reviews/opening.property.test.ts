/** Promise: a review opens on every day that its agreement names, at the local time that it names, and on no other. */
import { placesInMonth } from '../../../src/domain/agreement/index.js';
import { weekdays } from '../../../src/domain/business-time/civil-date.js';
import {
  nextOpening,
  openingsBetween,
  reviewedPeriod,
  type DatedRhythm,
  type ReviewCalendar,
} from '../../../src/domain/reviews/opening.js';
import { dateOf, dateStart, instantOf } from '../../../src/zones/index.js';
import { cases, fc } from '../../chance/index.js';

const DAY_MS = 86_400_000;
const from = Date.UTC(2026, 0, 1);

const zones = ['America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kolkata', 'Pacific/Apia', 'UTC'];
const day = { weekday: fc.constantFrom(...weekdays), time: fc.constantFrom('00:00', '02:30', '10:00', '23:59') };
const rhythms: fc.Arbitrary<DatedRhythm> = fc.oneof(
  fc.record({ kind: fc.constant('weekly' as const), ...day }),
  fc.record({ kind: fc.constant('monthly' as const), place: fc.constantFrom(...placesInMonth), ...day }),
  fc.record({
    kind: fc.constant('quarterly' as const),
    place: fc.constantFrom(...placesInMonth),
    month: fc.constantFrom(1 as const, 2 as const, 3 as const),
    ...day,
  }),
);
const calendars: fc.Arbitrary<ReviewCalendar> = fc.record({
  timeZone: fc.constantFrom(...zones),
  fiscalYearStart: fc.integer({ min: 1, max: 12 }),
  dateOf: fc.constant(dateOf),
  dateStart: fc.constant(dateStart),
  instantOf: fc.constant(instantOf),
});
const instants = fc.integer({ min: from, max: from + 3 * 365 * DAY_MS });

/** Plainly: each date of a year, looked at in the words of the agreement. */
function plainOpenings(rhythm: DatedRhythm, calendar: ReviewCalendar, year: number): readonly number[] {
  const dates = Array.from({ length: 366 }, (_, index) => new Date(Date.UTC(year, 0, 1 + index)));
  const named = dates.filter((date) => weekdays[(date.getUTCDay() + 6) % 7] === rhythm.weekday);
  const chosen = named.filter((date) => {
    if (rhythm.kind === 'weekly') return true;
    const isOfMonth = (other: Date): boolean => other.getUTCMonth() === date.getUTCMonth();
    const ofMonth = named.filter((other) => isOfMonth(other) && other.getUTCFullYear() === year);
    const nth = rhythm.place === 'last' ? ofMonth.length - 1 : placesInMonth.indexOf(rhythm.place);
    if (ofMonth[nth] !== date) return false;
    const quarterMonth = (date.getUTCMonth() + 1 - calendar.fiscalYearStart + 12) % 3;
    return rhythm.kind === 'monthly' || quarterMonth + 1 === rhythm.month;
  });
  return chosen
    .filter((date) => date.getUTCFullYear() === year)
    .map((date) => instantOf(calendar.timeZone, date.toISOString().slice(0, 10), rhythm.time));
}

describe('reviews on a day', () => {
  test('open on all the days of a year that the agreement names, and on no other', () => {
    fc.assert(
      fc.property(rhythms, calendars, fc.integer({ min: 2025, max: 2031 }), (rhythm, calendar, year) => {
        const start = dateStart(calendar.timeZone, `${year}-01-01`) - 1;
        const end = dateStart(calendar.timeZone, `${year + 1}-01-01`) - 1;
        const found = openingsBetween(rhythm, start, end, calendar);
        expect(found).toEqual(plainOpenings(rhythm, calendar, year));
      }),
      cases(300),
    );
  });

  test('open once: from one opening on, the next one lies after it, and none between', () => {
    fc.assert(
      fc.property(rhythms, calendars, instants, (rhythm, calendar, after) => {
        const next = nextOpening(rhythm, after, calendar);
        expect(next).toBeGreaterThan(after);
        expect(nextOpening(rhythm, next - 1, calendar)).toBe(next);
        expect(openingsBetween(rhythm, after, next - 1, calendar)).toEqual([]);
      }),
      cases(500),
    );
  });

  test('look at a period that has begun; weekly and monthly ones at one that has ended', () => {
    fc.assert(
      fc.property(rhythms, calendars, instants, (rhythm, calendar, after) => {
        const at = nextOpening(rhythm, after, calendar);
        const { from: begunAt, to } = reviewedPeriod(rhythm, at, calendar);
        expect(begunAt).toBeLessThan(at);
        if (rhythm.kind !== 'quarterly') expect(to).toBeLessThanOrEqual(at);
      }),
      cases(500),
    );
  });
});
