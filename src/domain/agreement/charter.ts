import type { Instant } from '../business-time/index.js';
import { DAY_MS, parseDate } from '../business-time/civil-date.js';
import type { Charter } from './version.js';

/** The parts of an agreement's document that speak of its life. */
export interface CharteredDocument extends Omit<Partial<Charter>, 'title'> {
  readonly title?: string | undefined;
  readonly calendars?: Readonly<Record<string, { readonly timeZone: string }>>;
  readonly defaultCalendar?: string;
}

/** Without a zone of its own, a document's days are those of its default calendar. */
export function charterOf(document: CharteredDocument): Charter {
  const { title, effectiveFrom, reviewBy, signers } = document;
  return {
    timeZone: document.timeZone ?? document.calendars?.[document.defaultCalendar ?? '']?.timeZone ?? 'UTC',
    ...(title !== undefined && { title }),
    ...(effectiveFrom !== undefined && { effectiveFrom }),
    ...(reviewBy !== undefined && { reviewBy }),
    ...(signers !== undefined && { signers }),
  };
}

/** Instants of a document's days, which only zone data can tell. */
export interface CharterInstants {
  /** The beginning of its `effectiveFrom`; absent without one. */
  readonly effectiveFromAt?: Instant;
  /** The end of its `reviewBy`; absent without one. */
  readonly reviewDueAt?: Instant;
}

/** @param dateStart the instant at which a date begins in a zone, by the pinned zone data */
export const charterInstants = (
  { timeZone, effectiveFrom, reviewBy }: Charter,
  dateStart: (timeZone: string, date: string) => Instant,
): CharterInstants => ({
  ...(effectiveFrom !== undefined && { effectiveFromAt: dateStart(timeZone, effectiveFrom) }),
  ...(reviewBy !== undefined && { reviewDueAt: dateStart(timeZone, dayAfter(reviewBy)) }),
});

/** Dates are checked when a document is read. */
const dayAfter = (date: string): string =>
  new Date((parseDate(date)! + 1) * DAY_MS).toISOString().slice(0, 'YYYY-MM-DD'.length);
