import { DAY_MS, parseDate, parseTimeOfDay } from './civil-date.js';
import type { DurationMs, Instant } from './instant.js';

/** The clocks of one IANA zone: period `i` ends where period `i + 1` begins, at `changesAt[i]`. */
export interface Zone {
  readonly name: string;
  /** Instants at which the zone's clocks change, ascending. */
  readonly changesAt: readonly Instant[];
  /** Local time minus UTC in each period; one more than there are changes. */
  readonly offsetsMs: readonly DurationMs[];
  /** What local time is called in each period: `EST`, or a number such as `+03`. */
  readonly abbreviations: readonly string[];
}

/** One release of the IANA zone data. */
export interface ZoneTable {
  readonly release: string;
  /** The zone of that name, exactly as IANA spells it, old names included. */
  findZone(name: string): Zone | undefined;
}

/** A local date and time, counted in milliseconds as if it were UTC. */
export type LocalMs = number;

/** @throws RangeError if this release knows no zone of that name */
export function requireZone(table: ZoneTable, name: string): Zone {
  const zone = table.findZone(name);
  if (zone !== undefined) return zone;
  throw new RangeError(
    `time zone "${name}" is not in IANA release ${table.release}; write a name such as "Europe/Berlin"`,
  );
}

/**
 * The instant of a local `date` (`YYYY-MM-DD`) and `time` (`HH:MM`, up to `24:00`, the next midnight). A time that a
 * change of clock skips moves forward by the gap, one that occurs twice means the first (spec T2).
 * @throws RangeError if the zone is unknown, or date or time cannot be read
 */
export function localToInstant(table: ZoneTable, zoneName: string, date: string, time: string): Instant {
  const epochDay = parseDate(date);
  if (epochDay === undefined) throw new RangeError(`"${date}" is no date; write one such as 2026-11-23`);
  const timeMs = parseTimeOfDay(time);
  if (timeMs === undefined) throw new RangeError(`"${time}" is no time of day; write one from 00:00 to 24:00`);
  return instantOfLocal(requireZone(table, zoneName), epochDay * DAY_MS + timeMs);
}

/** Local time minus UTC at that instant. */
export function offsetAt(table: ZoneTable, zoneName: string, at: Instant): DurationMs {
  const zone = requireZone(table, zoneName);
  return zone.offsetsMs[periodAt(zone, at)]!;
}

/** What the zone's clocks show at that instant. */
export function instantToLocal(table: ZoneTable, zoneName: string, at: Instant): LocalMs {
  return localOfInstant(requireZone(table, zoneName), at);
}

export function localOfInstant(zone: Zone, at: Instant): LocalMs {
  return at + zone.offsetsMs[periodAt(zone, at)]!;
}

/** As `localToInstant`: the first period that still shows `local`, or, in a gap, the offset before it. */
export function instantOfLocal(zone: Zone, local: LocalMs): Instant {
  let period = periodAt(zone, local - DAY_MS); // No offset reaches a day, so no later period can be the first.
  while (local >= (zone.changesAt[period] ?? Infinity) + zone.offsetsMs[period]!) period += 1;
  const beganAt = zone.changesAt[period - 1] ?? -Infinity;
  const isSkipped = local < beganAt + zone.offsetsMs[period]!;
  return local - zone.offsetsMs[isSkipped ? period - 1 : period]!;
}

/** Whether the zone's clocks ever show `local`. */
export function existsLocally(zone: Zone, local: LocalMs): boolean {
  return localOfInstant(zone, instantOfLocal(zone, local)) === local;
}

/** The index of the period that holds at `at`: the number of changes up to then. */
export function periodAt({ changesAt }: Zone, at: Instant): number {
  let low = 0;
  let high = changesAt.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (changesAt[middle]! <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
