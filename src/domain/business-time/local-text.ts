import { DAY_MS, toCivilDate, weekdayOf } from './civil-date.js';
import type { Instant } from './instant.js';
import { localOfInstant, periodAt, requireZone, type ZoneTable } from './zone-table.js';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** An instant as a reader in that zone says it: `Mon 23 Nov 2026, 10:00 EST`, with seconds unless they are 0. */
export function localText(table: ZoneTable, zoneName: string, at: Instant): string {
  const zone = requireZone(table, zoneName);
  const local = localOfInstant(zone, at);
  const epochDay = Math.floor(local / DAY_MS);
  const { year, month, day } = toCivilDate(epochDay);
  const weekday = weekdayOf(epochDay);
  const name = zone.abbreviations[periodAt(zone, at)]!;
  return (
    `${weekday[0]!.toUpperCase()}${weekday.slice(1)} ${day} ${months[month - 1]} ${year}, ` +
    `${timeText(local - epochDay * DAY_MS)} ${/^[+-]/.test(name) ? `UTC${name}` : name}`
  );
}

function timeText(msOfDay: number): string {
  const [hours, minutes, seconds] = [3_600_000, 60_000, 1_000].map((unitMs, index) =>
    String(Math.floor(msOfDay / unitMs) % (index === 0 ? 24 : 60)).padStart(2, '0'),
  );
  return seconds === '00' ? `${hours}:${minutes}` : `${hours}:${minutes}:${seconds}`;
}
