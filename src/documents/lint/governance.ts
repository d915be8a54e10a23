import { hoursPerDay } from '../../domain/business-time/index.js';
import type { LintRule } from './rule.js';

const DAY_MS = 86_400_000;
/** No quarter is longer. */
const QUARTER_DAYS_MAX = 92;

const dayOf = (date: string): number => Date.parse(date) / DAY_MS;

export const reviewFarAway: LintRule = {
  id: 'review-far-away',
  severity: 'warning',
  finds: 'No day on which the agreement is looked at again, or one more than a quarter after it takes effect.',
  advice: 'set reviewBy to a day within a quarter: numbers nobody looks at are not kept',
  look: ({ document: { effectiveFrom, reviewBy }, at }) => {
    if (reviewBy === undefined) return [{ path: ['reviewBy'], message: 'nobody has to look at this agreement again' }];
    const dayCount = dayOf(reviewBy) - (effectiveFrom === undefined ? Math.floor(at / DAY_MS) : dayOf(effectiveFrom));
    if (dayCount <= QUARTER_DAYS_MAX) return [];
    return [{ path: ['reviewBy'], message: `the review lies ${dayCount} days ahead, more than a quarter` }];
  },
};

export const noClosedDayAfterReview: LintRule = {
  id: 'no-closed-day-after-review',
  severity: 'warning',
  finds: 'A calendar that lists no closed day after `reviewBy`, though leads of then still run on it.',
  advice: 'list the holidays of at least the quarter after the review',
  look: ({ document: { calendars, reviewBy } }) =>
    reviewBy === undefined
      ? []
      : Object.entries(calendars)
          .filter(([, definition]) => !isOpenAllWeek(definition))
          .filter(([, { closed = [] }]) => !closed.some((date) => date > reviewBy))
          .map(([name]) => ({
            path: ['calendars', name, 'closed'],
            message: `calendar "${name}" lists no closed day after ${reviewBy}`,
          })),
};

/** Whether holidays mean nothing to it: open around the clock, seven days a week. */
function isOpenAllWeek(definition: Parameters<typeof hoursPerDay>[0]): boolean {
  const days = Object.keys(definition.hours);
  return days.length === 1 && days[0] === 'mon-sun' && hoursPerDay(definition) === '24 h';
}
