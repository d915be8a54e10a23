/**
 * Here live the reviews of an agreement: when each opens, what it looks at, what must come of it, and who is told. Pure:
 * zones and calendars are asked through `ReviewCalendar`; packs, rows, mails and workflows live elsewhere.
 */
import type { PlaceInMonth, ReviewRhythm } from '../agreement/index.js';
import { formatDate, parseDate, toCivilDate, weekdayOf, type EpochDay } from '../business-time/civil-date.js';
import type { Instant } from '../business-time/index.js';
import { periodAround, periodBefore, type Period, type PeriodPorts } from '../reports/index.js';

/** The agreement's zone and fiscal year, by the pinned zone data. */
export interface ReviewCalendar extends PeriodPorts {
  /** The date that the zone shows at an instant. */
  readonly dateOf: (timeZone: string, at: Instant) => string;
  /** The instant of a date and time of day in the zone; a time that the zone skips is moved forward. */
  readonly instantOf: (timeZone: string, date: string, time: string) => Instant;
}

/** Rhythms that name a day; a review that is called by a breach has none. */
export type DatedRhythm = Exclude<ReviewRhythm, { readonly kind: 'on-breach' }>;

/** No two reviews of one rhythm lie further apart: a quarter and the weeks by which a day of it may wander. */
const DAYS_MAX = 92 + 31;

/** The first instant after `after` at which the review opens. */
export function nextOpening(rhythm: DatedRhythm, after: Instant, calendar: ReviewCalendar): Instant {
  const { timeZone, instantOf, dateOf } = calendar;
  const today = parseDate(dateOf(timeZone, after))!;
  for (let day = today; day <= today + DAYS_MAX; day += 1) {
    if (!isDayOf(rhythm, day, calendar.fiscalYearStart)) continue;
    const at = instantOf(timeZone, formatDate(day), rhythm.time);
    if (at > after) return at;
  }
  throw new Error(`no ${rhythm.kind} review opens within ${DAYS_MAX} days of ${new Date(after).toISOString()}`);
}

/** Every opening in `(after, until]`, the oldest first. */
export function openingsBetween(
  rhythm: DatedRhythm,
  after: Instant,
  until: Instant,
  calendar: ReviewCalendar,
): readonly Instant[] {
  const openings: Instant[] = [];
  for (let at = nextOpening(rhythm, after, calendar); at <= until; at = nextOpening(rhythm, at, calendar)) {
    openings.push(at);
  }
  return openings;
}

function isDayOf(rhythm: DatedRhythm, day: EpochDay, fiscalYearStart: number): boolean {
  if (weekdayOf(day) !== rhythm.weekday) return false;
  if (rhythm.kind === 'weekly') return true;
  if (!isPlacedAt(rhythm.place, day)) return false;
  return rhythm.kind === 'monthly' || monthOfQuarter(day, fiscalYearStart) === rhythm.month;
}

/** Whether a day is the first, second … or last of its name in its month. */
function isPlacedAt(place: PlaceInMonth, day: EpochDay): boolean {
  const { month, day: dayOfMonth } = toCivilDate(day);
  if (place === 'last') return toCivilDate(day + 7).month !== month;
  const nth = { first: 1, second: 2, third: 3, fourth: 4 }[place];
  return Math.ceil(dayOfMonth / 7) === nth;
}

/** From 1 to 3. */
const monthOfQuarter = (day: EpochDay, fiscalYearStart: number): number =>
  ((((toCivilDate(day).month - fiscalYearStart) % 3) + 3) % 3) + 1;

/**
 * What a review looks at: the week or month before its own. A quarterly one looks at the quarter that is about to end,
 * as far as it has come; in the first month of a quarter, at the one before.
 */
export function reviewedPeriod(rhythm: DatedRhythm, opensAt: Instant, calendar: ReviewCalendar): Period {
  const date = calendar.dateOf(calendar.timeZone, opensAt);
  if (rhythm.kind === 'weekly') return periodBefore(periodAround('week', date, calendar), calendar);
  if (rhythm.kind === 'monthly') return periodBefore(periodAround('month', date, calendar), calendar);
  const quarter = periodAround('quarter', date, calendar);
  return rhythm.month === 1 ? periodBefore(quarter, calendar) : quarter;
}
