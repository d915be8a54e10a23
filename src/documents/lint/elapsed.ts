import {
  addOpenTime,
  openTimeBetween,
  type CalendarWindows,
  type DurationMs,
  type Instant,
} from '../../domain/business-time/index.js';
import type { LintSubject } from './rule.js';

const DAY_MS = 86_400_000;
/** Every weekend and every listed holiday lies within it. */
const YEAR_MS = 366 * DAY_MS;
/** Room for what starts at the end of the year. */
const MARGIN_MS = 90 * DAY_MS;

/** The open hours of a calendar of the document for the year from the subject's instant. */
export function yearOf({ terms, windowsOf, at }: LintSubject, calendar: string | undefined): CalendarWindows {
  const definition = terms.calendars[calendar ?? terms.defaultCalendar];
  if (definition === undefined) throw new RangeError(`"${calendar}" is no calendar of the agreement: check it first`);
  return windowsOf(definition, at, at + YEAR_MS + MARGIN_MS);
}

/**
 * The least time that can elapse while `openMs` of open time pass: from an opening that is followed by few closed
 * hours. What needs longer than that cannot be promised to every lead.
 */
export function shortestElapsedMs(windows: CalendarWindows, openMs: DurationMs, at: Instant): DurationMs {
  if (windows.unbroken) return openMs;
  const starts = openingsIn(windows, at);
  const elapsed = starts.map((openAt) => (addOpenTime(windows, openAt, openMs) ?? Infinity) - openAt);
  return Math.min(Infinity, ...elapsed);
}

/** The least open time of `desk` that lies in `waitMs` of open time of `clock`, whenever the wait begins. */
export function leastDeskMs(clock: CalendarWindows, desk: CalendarWindows, waitMs: DurationMs, at: Instant): number {
  const closings = desk.unbroken ? [at] : closingsIn(desk, at);
  const deskMs = closings.map((closeAt) => {
    const endsAt = addOpenTime(clock, closeAt, waitMs);
    return endsAt === undefined ? Infinity : openTimeBetween(desk, closeAt, Math.min(endsAt, desk.until));
  });
  return Math.min(Infinity, ...deskMs);
}

const openingsIn = ({ flat }: CalendarWindows, at: Instant): readonly Instant[] =>
  flat.filter((instant, index) => index % 2 === 0 && instant < at + YEAR_MS);

const closingsIn = ({ flat }: CalendarWindows, at: Instant): readonly Instant[] =>
  flat.filter((instant, index) => index % 2 === 1 && instant < at + YEAR_MS);
