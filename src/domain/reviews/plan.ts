import type { Deliverable, Governance, ReviewTerms } from '../agreement/index.js';
import type { Instant } from '../business-time/index.js';
import { periodNamed, periodOfDays, type CommitmentRun, type Period } from '../reports/index.js';
import { nextOpening, openingsBetween, reviewedPeriod, type DatedRhythm, type ReviewCalendar } from './opening.js';
import type { ReviewState, Shortfall } from './review.js';

/** A review that is to be opened. */
export interface PlannedReview {
  readonly id: string;
  readonly terms: ReviewTerms;
  readonly scheduledAt: Instant;
  readonly period: Period;
  /** Commitments whose breaches have climbed to it; a review on a day finds out by itself. */
  readonly climbed: readonly Shortfall[];
}

/** What of an agreement's reviews has been opened before. */
export interface SeriesSoFar {
  readonly agreement: string;
  /** Nothing before this is opened any more. */
  readonly since: Instant;
  /** By the name of the review, the last day on which one was to open. */
  readonly lastScheduled: Readonly<Record<string, Instant>>;
}

/** Reviews whose day has come, the oldest first: also those whose day passed while nothing could run, each once. */
export function plannedByDay(
  { agreement, since, lastScheduled }: SeriesSoFar,
  { reviews }: Governance,
  now: Instant,
  calendar: ReviewCalendar,
): readonly PlannedReview[] {
  const planned = dated(reviews).flatMap(({ terms, rhythm }) => {
    const after = Math.max(since, lastScheduled[terms.name] ?? since);
    return openingsBetween(rhythm, after, now, calendar).map((scheduledAt) => ({
      id: `${agreement}.${terms.name}.${calendar.dateOf(calendar.timeZone, scheduledAt)}`,
      terms,
      scheduledAt,
      period: reviewedPeriod(rhythm, scheduledAt, calendar),
      climbed: [],
    }));
  });
  return planned.toSorted((one, other) => one.scheduledAt - other.scheduledAt);
}

/** The next instant at which any review opens by itself; undefined: none ever does. */
export function nextByDay({ reviews }: Governance, now: Instant, calendar: ReviewCalendar): Instant | undefined {
  const openings = dated(reviews).map(({ rhythm }) => nextOpening(rhythm, now, calendar));
  return openings.length === 0 ? undefined : Math.min(...openings);
}

const dated = (reviews: readonly ReviewTerms[]) =>
  reviews.flatMap((terms) =>
    terms.rhythm.kind === 'on-breach' ? [] : [{ terms, rhythm: terms.rhythm satisfies DatedRhythm }],
  );

export interface Climbing {
  readonly governance: Governance;
  /** By commitment, up to the last week that has ended. */
  readonly runs: readonly CommitmentRun[];
  /** Reviews of the agreement so far. */
  readonly reviews: readonly ReviewState[];
  readonly now: Instant;
}

/**
 * The review to which breaches climb: once for each run of weeks below goal that is long enough, and only after the
 * review that hears of breaches first has opened for the last of these weeks.
 */
export function plannedByBreach(
  agreement: string,
  { governance, runs, reviews, now }: Climbing,
  calendar: ReviewCalendar,
): PlannedReview | undefined {
  const { first, second, weeksBelowGoal } = governance.breaches;
  const terms = governance.reviews.find(({ name, rhythm }) => name === second && rhythm.kind === 'on-breach');
  const lastWeek = weekNamed(runs[0]?.periods.at(-1)?.period, calendar);
  if (terms === undefined || lastWeek === undefined) return undefined;
  const isHeard = reviews.some(({ name, scheduledAt }) => name === first && scheduledAt >= lastWeek.to);
  if (first !== undefined && !isHeard) return undefined;
  const climbing = runs
    .filter(({ currentCount }) => currentCount >= weeksBelowGoal)
    .map((run) => ({ run, begunAt: weekNamed(firstMissed(run), calendar)! }))
    .filter(({ run, begunAt }) => !isCovered(run.commitment, begunAt.from, terms.name, reviews));
  if (climbing.length === 0) return undefined;
  const from = climbing.map(({ begunAt }) => begunAt.fromDate).sort()[0]!;
  return {
    id: `${agreement}.${terms.name}.${lastWeek.name}`,
    terms,
    scheduledAt: now,
    period: periodOfDays(from, lastWeek.toDate, calendar)!,
    climbed: climbing.map(({ run }) => shortfallOf(run)),
  };
}

const weekNamed = (name: string | undefined, calendar: ReviewCalendar): Period | undefined =>
  name === undefined ? undefined : periodNamed(name, calendar);

/** The week with which the present run began; weeks without a verdict belong to no run. */
function firstMissed({ periods }: CommitmentRun): string | undefined {
  let first: string | undefined;
  for (const { status, period } of periods.toReversed()) {
    if (status === 'met') break;
    if (status === 'missed') first = period;
  }
  return first;
}

/** Whether a review was called for this run before. */
const isCovered = (commitment: string, begunAt: Instant, second: string, reviews: readonly ReviewState[]): boolean =>
  reviews.some(
    ({ name, openedAt, shortfalls }) =>
      name === second && openedAt > begunAt && shortfalls.some((shortfall) => shortfall.commitment === commitment),
  );

export function shortfallOf({ commitment, party, periods, currentCount }: CommitmentRun): Shortfall {
  const last = periods.findLast(({ status }) => status === 'missed');
  const goal = last?.goal && 'atLeast' in last.goal ? last.goal.atLeast : null;
  return { commitment, party, goal, value: last?.value ?? null, weeksBelowGoal: currentCount };
}

/** Deliverables whose period ends with the one under review. */
export function deliverablesDue(
  { deliverables, fiscalYearStart }: Governance,
  { toDate }: Period,
): readonly Deliverable[] {
  const monthsIn = (Number(toDate.slice(5, 7)) - fiscalYearStart + 12) % 12;
  const isDue = { week: true, month: true, quarter: monthsIn % 3 === 0, year: monthsIn === 0 };
  return deliverables.filter(({ every }) => isDue[every]);
}
