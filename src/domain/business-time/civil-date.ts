import type { DurationMs } from './instant.js';

export const DAY_MS: DurationMs = 86_400_000;

/** Days since 1970-01-01 of the proleptic Gregorian calendar, in no particular zone. */
export type EpochDay = number;

/** The days of the week as calendars write them, from Monday. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

export interface CivilDate {
  readonly year: number;
  /** From 1 to 12. */
  readonly month: number;
  readonly day: number;
}

/** The day that `YYYY-MM-DD` names; `undefined` if `text` is written otherwise or there is no such day. */
export function parseDate(text: string): EpochDay | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return undefined;
  const date = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
  const epochDay = toEpochDay(date);
  const found = toCivilDate(epochDay);
  return found.month === date.month && found.day === date.day ? epochDay : undefined;
}

/** A day as `YYYY-MM-DD`. */
export function formatDate(epochDay: EpochDay): string {
  const { year, month, day } = toCivilDate(epochDay);
  return [String(year).padStart(4, '0'), ...[month, day].map((part) => String(part).padStart(2, '0'))].join('-');
}

/** The time since midnight that `HH:MM` names, up to `24:00`; `undefined` if `text` is anything else. */
export function parseTimeOfDay(text: string): DurationMs | undefined {
  const match = /^([01]\d|2[0-4]):([0-5]\d)$/.exec(text);
  if (match === null) return undefined;
  const ms = Number(match[1]) * 3_600_000 + Number(match[2]) * 60_000;
  return ms <= DAY_MS ? ms : undefined;
}

/** The day of the week: 1970-01-01 was a Thursday. */
export function weekdayOf(epochDay: EpochDay): Weekday {
  return weekdays[(((epochDay + 3) % 7) + 7) % 7]!;
}

// Both conversions count in years that begin in March, so that the leap day comes last, and in eras of 400 years.

export function toEpochDay({ year, month, day }: CivilDate): EpochDay {
  const marchYear = month > 2 ? year : year - 1;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

export function toCivilDate(epochDay: EpochDay): CivilDate {
  const days = epochDay + 719_468;
  const era = Math.floor(days / 146_097);
  const dayOfEra = days - era * 146_097;
  const leapDays = Math.floor(dayOfEra / 1_460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  return { year: era * 400 + yearOfEra + (month > 2 ? 0 : 1), month, day };
}
