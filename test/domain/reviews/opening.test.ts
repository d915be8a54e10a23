import { nextOpening, reviewedPeriod, type ReviewCalendar } from '../../../src/domain/reviews/opening.js';
import { dateOf, dateStart, instantOf } from '../../../src/zones/index.js';

const newYork: ReviewCalendar = { timeZone: 'America/New_York', fiscalYearStart: 1, dateOf, dateStart, instantOf };
const weekly = { kind: 'weekly', weekday: 'mon', time: '10:00' } as const;
const monthly = { kind: 'monthly', place: 'second', weekday: 'tue', time: '14:00' } as const;
const quarterly = { kind: 'quarterly', place: 'second', weekday: 'wed', month: 3, time: '15:00' } as const;

const monday = Date.parse('2026-11-30T15:00:00Z');

describe('the next opening of a review', () => {
  test.each([
    { label: 'just before', after: monday - 1, opensAt: '2026-11-30T15:00:00.000Z' },
    { label: 'at its instant, a week later', after: monday, opensAt: '2026-12-07T15:00:00.000Z' },
    { label: 'just after', after: monday + 1, opensAt: '2026-12-07T15:00:00.000Z' },
  ])('$label is $opensAt', ({ after, opensAt }) => {
    expect(new Date(nextOpening(weekly, after, newYork)).toISOString()).toBe(opensAt);
  });

  test.each([
    { rhythm: monthly, after: '2026-12-01T00:00:00Z', opensAt: '2026-12-08T19:00:00.000Z' },
    { rhythm: monthly, after: '2026-12-08T19:00:00Z', opensAt: '2027-01-12T19:00:00.000Z' },
    { rhythm: quarterly, after: '2026-10-01T00:00:00Z', opensAt: '2026-12-09T20:00:00.000Z' },
    { rhythm: weekly, after: '2026-10-31T00:00:00Z', opensAt: '2026-11-02T15:00:00.000Z' },
    { rhythm: weekly, after: '2027-03-13T00:00:00Z', opensAt: '2027-03-15T14:00:00.000Z' },
  ])('$rhythm.kind after $after is $opensAt, by the clock on the wall', ({ rhythm, after, opensAt }) => {
    expect(new Date(nextOpening(rhythm, Date.parse(after), newYork)).toISOString()).toBe(opensAt);
  });

  test('follows the fiscal year', () => {
    const fromFebruary = { ...newYork, fiscalYearStart: 2 };
    const opensAt = nextOpening(quarterly, Date.parse('2026-11-01T00:00:00Z'), fromFebruary);
    expect(new Date(opensAt).toISOString()).toBe('2027-01-13T20:00:00.000Z');
  });

  test.each([
    { rhythm: weekly, at: monday, name: '2026-W48' },
    { rhythm: monthly, at: Date.parse('2026-12-08T19:00:00Z'), name: '2026-11' },
    { rhythm: quarterly, at: Date.parse('2026-12-09T20:00:00Z'), name: '2026-Q4' },
    { rhythm: { ...quarterly, month: 1 } as const, at: Date.parse('2027-01-13T20:00:00Z'), name: '2026-Q4' },
  ])('a $rhythm.kind review looks at $name', ({ rhythm, at, name }) => {
    expect(reviewedPeriod(rhythm, at, newYork).name).toBe(name);
  });
});
