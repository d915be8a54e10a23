/**
 * Here live calendars as data, durations, and sums in open time: pure integer arithmetic over compiled windows.
 * Zone data and the code that turns local hours into windows stay out of this entry (`zone-table.ts`,
 * `compile-calendar.ts` beside it are imported by name), because workflows import it and must never touch time zones.
 */
export type { CalendarDefinition, CalendarKey, CalendarWindows } from './calendar.js';
export { formatDuration, parseDuration, usesDays } from './duration.js';
export { findCalendarMistakes, hoursPerDay, isUnbroken } from './hours.js';
export { FIRST_INSTANT, LAST_INSTANT, type DurationMs, type Instant } from './instant.js';
export {
  CLOSED_MS_MAX,
  addOpenTime,
  coversTime,
  isOpen,
  nextOpening,
  openIntervals,
  openTimeBetween,
  provesNoOpenTime,
  type Pause,
} from './open-time.js';
