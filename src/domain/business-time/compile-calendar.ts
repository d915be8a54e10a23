import type { CalendarDefinition, CalendarKey, CalendarWindows } from './calendar.js';
import { DAY_MS, type EpochDay } from './civil-date.js';
import { hoursOn, isUnbroken, readHours, type DatedHours } from './hours.js';
import { FIRST_INSTANT, LAST_INSTANT, type Instant } from './instant.js';
import { existsLocally, instantOfLocal, localOfInstant, requireZone, type Zone, type ZoneTable } from './zone-table.js';

/**
 * The open hours of a calendar in `[from, until)`, turned from local time into UTC (spec T2).
 * An unbroken calendar is open from the first instant to the last, whatever is asked for.
 * @throws RangeError if the zone is unknown or the calendar cannot be read
 */
export function compileCalendar(
  table: ZoneTable,
  definition: CalendarDefinition,
  key: CalendarKey,
  from: Instant,
  until: Instant,
): CalendarWindows {
  const zone = requireZone(table, definition.timeZone);
  if (isUnbroken(definition)) return unbrokenWindows(key);
  return { key, from, until, flat: compileDays(zone, readHours(definition), from, until) };
}

function unbrokenWindows(key: CalendarKey): CalendarWindows {
  return { key, from: FIRST_INSTANT, until: LAST_INSTANT, flat: [FIRST_INSTANT, LAST_INSTANT], unbroken: true };
}

function compileDays(zone: Zone, hours: DatedHours, from: Instant, until: Instant): Instant[] {
  const windows: [openAt: Instant, closeAt: Instant][] = [];
  // A gap may push hours into the next day, so look at one day more on either side.
  const lastDay = dayOf(zone, until) + 1;
  for (let day = dayOf(zone, from) - 1; day <= lastDay; day += 1) {
    const intervals = hoursOn(hours, day);
    if (intervals.length === 0 || isSkipped(zone, day)) continue;
    for (const { openMs, closeMs } of intervals) {
      const openAt = Math.max(from, instantOfLocal(zone, day * DAY_MS + openMs));
      const closeAt = Math.min(until, instantOfLocal(zone, day * DAY_MS + closeMs));
      if (openAt < closeAt) windows.push([openAt, closeAt]);
    }
  }
  return merged(windows);
}

function dayOf(zone: Zone, at: Instant): EpochDay {
  return Math.floor(localOfInstant(zone, at) / DAY_MS);
}

/** Whether the zone leaves out the whole date, as Apia left out 2011-12-30. */
function isSkipped(zone: Zone, day: EpochDay): boolean {
  return !existsLocally(zone, day * DAY_MS) && !existsLocally(zone, (day + 1) * DAY_MS - 1);
}

function merged(windows: [openAt: Instant, closeAt: Instant][]): Instant[] {
  const flat: Instant[] = [];
  for (const [openAt, closeAt] of windows.sort(([a], [b]) => a - b)) {
    const lastCloseAt = flat.at(-1);
    if (lastCloseAt === undefined || openAt > lastCloseAt) flat.push(openAt, closeAt);
    else if (closeAt > lastCloseAt) flat[flat.length - 1] = closeAt;
  }
  return flat;
}
