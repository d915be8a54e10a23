import { compileCalendar } from '../domain/business-time/compile-calendar.js';
import type { CalendarDefinition, CalendarKey, CalendarWindows, Instant } from '../domain/business-time/index.js';
import { zoneTable } from './zone-data.js';

/** Open hours over at least `[from, until)`. */
export type WindowsOf = (
  key: CalendarKey,
  definition: CalendarDefinition,
  from: Instant,
  until: Instant,
) => CalendarWindows;

const BLOCK_MS = 100 * 86_400_000;

/**
 * Compiles each calendar in whole blocks of 100 days and keeps what it has compiled, so that whoever asks for many
 * short times pays once. `key` alone tells calendars apart.
 * @throws RangeError if the zone is unknown or the calendar cannot be read
 */
export function keepWindows(): WindowsOf {
  const kept = new Map<CalendarKey, CalendarWindows>();
  return (key, definition, from, until) => {
    const known = kept.get(key);
    if (known && (known.unbroken || (known.from <= from && known.until >= until))) return known;
    const start = Math.floor(Math.min(from, known?.from ?? from) / BLOCK_MS) * BLOCK_MS;
    const end = Math.ceil(Math.max(until, known?.until ?? until) / BLOCK_MS) * BLOCK_MS;
    const windows = compileCalendar(zoneTable, definition, key, start, end);
    kept.set(key, windows);
    return windows;
  };
}
