/**
 * Here live the pinned zone data and everything that needs it: compiling calendars, their keys, sums over a definition,
 * local dates and texts. Nothing here reads the runtime's own zone data or clock, and workflows never import it.
 */
import { compileCalendar } from '../domain/business-time/compile-calendar.js';
import type { CalendarDefinition, CalendarWindows, DurationMs, Instant } from '../domain/business-time/index.js';
import { localText } from '../domain/business-time/local-text.js';
import { instantToLocal, localToInstant, requireZone } from '../domain/business-time/zone-table.js';
import { calendarKey } from './calendar-key.js';
import { zoneNames, zoneTable } from './zone-data.js';

export { NoOpenTimeError, addInCalendar, findNoOpenTime, nextOpeningInCalendar } from './in-calendar.js';
export { keepWindows, type WindowsOf } from './kept-windows.js';
export { findProspectZone } from './prospect-zone.js';
export { calendarKey, zoneNames, zoneTable };

/**
 * The open hours of a calendar in `[from, until)` by the pinned zone data; all of time, if it is unbroken.
 * @throws RangeError if the zone is unknown or the calendar cannot be read
 */
export function compile(definition: CalendarDefinition, from: Instant, until: Instant): CalendarWindows {
  return compileCalendar(zoneTable, definition, calendarKey(definition), from, until);
}

/** The instant at which a date (`YYYY-MM-DD`) begins in a zone. */
export function dateStart(timeZone: string, date: string): Instant {
  return localToInstant(zoneTable, timeZone, date, '00:00');
}

/** An instant as a reader in that zone says it: `Mon 23 Nov 2026, 10:00 EST`. */
export function formatLocal(timeZone: string, at: Instant): string {
  return localText(zoneTable, timeZone, at);
}

/** The date (`YYYY-MM-DD`) that a zone's calendar shows at an instant. */
export function dateOf(timeZone: string, at: Instant): string {
  return new Date(instantToLocal(zoneTable, timeZone, at)).toISOString().slice(0, 10);
}

/** The instant of a date and time of day (`HH:MM`) in a zone. */
export function instantOf(timeZone: string, date: string, time: string): Instant {
  return localToInstant(zoneTable, timeZone, date, time);
}

/** How far local time is from UTC in `[from, to)`: from which instant on, until the next one; at least one. */
export function offsetsIn(
  timeZone: string,
  from: Instant,
  to: Instant,
): readonly { readonly from: Instant; readonly offsetMs: DurationMs }[] {
  const { changesAt, offsetsMs } = requireZone(zoneTable, timeZone);
  const first = changesAt.filter((at) => at <= from).length;
  const changes = changesAt.slice(first).filter((at) => at < to);
  return [from, ...changes].map((at, index) => ({ from: at, offsetMs: offsetsMs[first + index]! }));
}
