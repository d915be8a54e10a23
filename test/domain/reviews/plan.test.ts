import type { BreachTerms, Governance, ReviewTerms } from '../../../src/domain/agreement/index.js';
import type { CommitmentRun, FigureStatus } from '../../../src/domain/reports/index.js';
import { foldReview } from '../../../src/domain/reviews/index.js';
import type { ReviewCalendar } from '../../../src/domain/reviews/opening.js';
import { deliverablesDue, nextByDay, plannedByBreach, plannedByDay } from '../../../src/domain/reviews/plan.js';
import { dateOf, dateStart, instantOf } from '../../../src/zones/index.js';
import { aReview, DAY_MS, delivery, shortfall } from './sample-review.js';

const calendar: ReviewCalendar = { timeZone: 'America/New_York', fiscalYearStart: 1, dateOf, dateStart, instantOf };
const terms = (name: string, rhythm: ReviewTerms['rhythm']): ReviewTerms => ({
  name,
  rhythm,
  to: [],
  agenda: [],
  decisionsMin: 0,
});
const weekly = terms('weekly', { kind: 'weekly', weekday: 'mon', time: '10:00' });
const monthly = terms('monthly', { kind: 'monthly', place: 'second', weekday: 'tue', time: '14:00' });
const executive = terms('executive', { kind: 'on-breach' });

const governance = (breaches: Partial<BreachTerms> = {}): Governance => ({
  title: 'Inbound',
  timeZone: calendar.timeZone,
  fiscalYearStart: 1,
  targets: [],
  attribution: { touchWindowMs: 0, marketing: [] },
  reviews: [weekly, monthly, executive],
  breaches: { first: 'weekly', second: 'executive', weeksBelowGoal: 2, ...breaches },
  deliverables: [delivery('stories'), { ...delivery('templates'), every: 'quarter' }],
});

const monday = instantOf(calendar.timeZone, '2026-11-30', '10:00');
const soFar = (since: number, lastScheduled = {}) => ({ agreement: 'inbound-saas', since, lastScheduled });
const idsAt = (now: number, since: number, last = {}): readonly string[] =>
  plannedByDay(soFar(since, last), governance(), now, calendar).map(({ id }) => id);

describe('reviews on a day', () => {
  test.each([
    { label: 'just before', now: monday - 1, ids: [] },
    { label: 'at its instant', now: monday, ids: ['inbound-saas.weekly.2026-11-30'] },
  ])('are opened $label: $ids', ({ now, ids }) => {
    expect(idsAt(now, monday - DAY_MS)).toEqual(ids);
  });

  test('whose days passed while nothing could run are opened afterwards, each once, the oldest first', () => {
    const missed = [
      'inbound-saas.weekly.2026-11-30',
      'inbound-saas.weekly.2026-12-07',
      'inbound-saas.monthly.2026-12-08',
    ];
    const back = monday + 10 * DAY_MS;
    expect(idsAt(back, monday - DAY_MS)).toEqual(missed);
    expect(idsAt(back, monday - DAY_MS, { weekly: monday + 7 * DAY_MS })).toEqual(missed.slice(2));
  });

  test('are waited for, the next one first', () => {
    expect(nextByDay(governance(), monday, calendar)).toBe(monday + 7 * DAY_MS);
    expect(nextByDay({ ...governance(), reviews: [executive] }, monday, calendar)).toBeUndefined();
  });
});

describe('a run of weeks below goal', () => {
  const weeks = ['2026-W45', '2026-W46', '2026-W47', '2026-W48'];
  const run = (statuses: readonly FigureStatus[], currentCount: number): CommitmentRun => ({
    commitment: 'touches',
    party: 'sales',
    currentCount,
    longestCount: currentCount,
    periods: statuses.map((status, index) => ({
      period: weeks[index]!,
      met: 1,
      breached: 1,
      value: 0.5,
      goal: { atLeast: 0.9 },
      status,
    })),
  });
  const heard = foldReview(aReview({ scheduledAt: monday }), []);
  const called = (runs: readonly CommitmentRun[], reviews = [heard]) =>
    plannedByBreach('inbound-saas', { governance: governance(), runs, reviews, now: monday }, calendar);

  test('that is long enough calls the second review, over all its weeks', () => {
    const planned = called([run(['met', 'missed', 'no-leads', 'missed'], 2)]);
    expect(planned).toMatchObject({
      id: 'inbound-saas.executive.2026-W48',
      period: { fromDate: '2026-11-09', toDate: '2026-11-30' },
      climbed: [{ commitment: 'touches', weeksBelowGoal: 2, value: 0.5, goal: 0.9 }],
    });
  });

  test.each([
    { label: 'one week short', runs: [run(['met', 'met', 'met', 'missed'], 1)], reviews: [heard] },
    {
      label: 'before the first review has heard of it',
      runs: [run(['met', 'met', 'missed', 'missed'], 2)],
      reviews: [],
    },
  ])('calls nobody $label', ({ runs, reviews }) => {
    expect(called(runs, reviews)).toBeUndefined();
  });

  test('calls one review, however long it grows', () => {
    const held = aReview({ name: 'executive', openedAt: monday - 7 * DAY_MS, shortfalls: [shortfall('touches')] });
    const earlier = foldReview(held, []);
    expect(called([run(['met', 'missed', 'missed', 'missed'], 3)], [heard, earlier])).toBeUndefined();
    const after = run(['missed', 'met', 'missed', 'missed'], 2);
    const longAgo = foldReview({ ...held, openedAt: monday - 21 * DAY_MS }, []);
    expect(called([after], [heard, longAgo])).toBeDefined();
  });
});

test.each([
  { toDate: '2026-10-01', names: ['stories', 'templates'] },
  { toDate: '2026-11-01', names: ['stories'] },
])('by $toDate are due: $names', ({ toDate, names }) => {
  const { period } = aReview();
  expect(deliverablesDue(governance(), { ...period, toDate }).map(({ name }) => name)).toEqual(names);
});
