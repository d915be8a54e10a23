import type { CalendarDefinition } from './calendar.js';
import { DAY_MS, parseDate, parseTimeOfDay, weekdayOf, weekdays, type EpochDay, type Weekday } from './civil-date.js';
import { formatDuration } from './duration.js';
import type { DurationMs } from './instant.js';

/** One interval of a day's hours, in local time since midnight: `[openMs, closeMs)`. */
export interface HoursInterval {
  readonly openMs: DurationMs;
  readonly closeMs: DurationMs;
}

/** A mistake in a calendar, with the place below the calendar where it stands. */
export interface CalendarMistake {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** The hours of every date, before any zone comes in. */
export interface DatedHours {
  readonly weekly: ReadonlyMap<Weekday, readonly HoursInterval[]>;
  /** Dates with hours of their own; none on a closed day. */
  readonly dated: ReadonlyMap<EpochDay, readonly HoursInterval[]>;
}

/**
 * Reads the hours of a calendar; an exception counts more than a closed day, and that more than the week (spec T2).
 * @throws RangeError if a day, date or interval cannot be read: see `findCalendarMistakes`
 */
export function readHours({ hours, closed = [], exceptions = {} }: CalendarDefinition): DatedHours {
  const weekly = new Map<Weekday, readonly HoursInterval[]>();
  for (const [key, intervals] of Object.entries(hours)) {
    for (const day of requireDays(key))
      weekly.set(day, [...(weekly.get(day) ?? []), ...intervals.map(requireInterval)]);
  }
  const dated = new Map<EpochDay, readonly HoursInterval[]>(closed.map((date) => [requireDate(date), []]));
  for (const [date, intervals] of Object.entries(exceptions)) {
    dated.set(requireDate(date), intervals.map(requireInterval));
  }
  return { weekly, dated };
}

/** The hours of one date, as written: they may overlap. */
export function hoursOn({ weekly, dated }: DatedHours, epochDay: EpochDay): readonly HoursInterval[] {
  return dated.get(epochDay) ?? weekly.get(weekdayOf(epochDay)) ?? [];
}

/** Whether a calendar is open at every instant, so that a day of it has 24 h in any zone (spec T1). */
export function isUnbroken(definition: CalendarDefinition): boolean {
  const { weekly, dated } = readHours(definition);
  return (
    weekdays.every((day) => openMsOf(weekly.get(day) ?? []) === DAY_MS) &&
    [...dated.values()].every((intervals) => openMsOf(intervals) === DAY_MS)
  );
}

/** How long a business day is, for people: `8 h`, `6 h to 9 h` where days differ, `no hours` where none is open. */
export function hoursPerDay(definition: CalendarDefinition): string {
  const { weekly, dated } = readHours(definition);
  const weeklyMs = [...weekly.values()].map(openMsOf).filter((ms) => ms > 0);
  const datedMs = [...dated.values()].map(openMsOf).filter((ms) => ms > 0);
  const lengthsMs = weeklyMs.length > 0 ? weeklyMs : datedMs;
  if (lengthsMs.length === 0) return 'no hours';
  const [shortest, longest] = [Math.min(...lengthsMs), Math.max(...lengthsMs)].map(spacedDuration);
  return shortest === longest ? shortest! : `${shortest} to ${longest}`;
}

/**
 * Everything that is wrong with how a calendar is written, in the order of the document.
 * @param knowsZone tells whether the zone data has a zone of that name; left out, the zone is not looked at
 */
export function findCalendarMistakes(
  { timeZone, hours, closed = [], exceptions = {} }: CalendarDefinition,
  knowsZone: (timeZone: string) => boolean = () => true,
): CalendarMistake[] {
  return [
    ...(knowsZone(timeZone)
      ? []
      : [mistake(['timeZone'], `"${timeZone}" is no IANA time zone; write one such as "Europe/Berlin"`)]),
    ...findDayMistakes(Object.keys(hours)),
    ...findIntervalMistakes('hours', hours),
    ...closed.flatMap((date, index) => findDateMistakes(['closed', index], date)),
    ...Object.keys(exceptions).flatMap((date) => findDateMistakes(['exceptions', date], date)),
    ...findIntervalMistakes('exceptions', exceptions),
  ];
}

function findDayMistakes(keys: readonly string[]): CalendarMistake[] {
  const keyOfDay = new Map<Weekday, string>();
  return keys.flatMap((key) => {
    const days = parseDays(key);
    if (days === undefined) return [mistake(['hours', key], unreadableDays(key))];
    const twice = days.filter((day) => keyOfDay.has(day));
    const mistakes = twice.map((day) =>
      mistake(['hours', key], `"${day}" already has its hours under "${keyOfDay.get(day)}"; write each day once`),
    );
    for (const day of days) keyOfDay.set(day, key);
    return mistakes;
  });
}

function findIntervalMistakes(
  part: 'hours' | 'exceptions',
  intervalsOf: Readonly<Record<string, readonly string[]>>,
): CalendarMistake[] {
  return Object.entries(intervalsOf).flatMap(([key, intervals]) =>
    intervals.flatMap((text, index) => {
      const message = findIntervalMistake(text);
      return message === undefined ? [] : [mistake([part, key, index], message)];
    }),
  );
}

function findIntervalMistake(text: string): string | undefined {
  const interval = parseInterval(text);
  if (interval === undefined) return unreadableInterval(text);
  if (interval.openMs < interval.closeMs) return undefined;
  const [open, close] = text.split('-');
  return interval.openMs === interval.closeMs
    ? `"${text}" is empty; leave it out, or write "00:00-24:00" for a whole day`
    : `"${text}" ends before it starts; write "${open}-24:00" and, on the next day, "00:00-${close}"`;
}

function findDateMistakes(path: readonly (string | number)[], date: string): CalendarMistake[] {
  return parseDate(date) === undefined ? [mistake(path, unreadableDate(date))] : [];
}

function mistake(path: readonly (string | number)[], message: string): CalendarMistake {
  return { path, message };
}

/** `mon`, or a range such as `mon-fri`, which may run over the end of the week (`sat-mon`). */
function parseDays(key: string): readonly Weekday[] | undefined {
  const [first, last = first, ...rest] = key.split('-').map((day) => weekdays.indexOf(day as Weekday));
  if (first === undefined || last === undefined || first < 0 || last < 0 || rest.length > 0) return undefined;
  const dayCount = ((last - first + 7) % 7) + 1;
  return Array.from({ length: dayCount }, (_, step) => weekdays[(first + step) % 7]!);
}

function parseInterval(text: string): HoursInterval | undefined {
  const [openMs, closeMs, ...rest] = text.split('-').map(parseTimeOfDay);
  return openMs === undefined || closeMs === undefined || rest.length > 0 ? undefined : { openMs, closeMs };
}

function requireDays(key: string): readonly Weekday[] {
  return required(parseDays(key), () => unreadableDays(key));
}

function requireInterval(text: string): HoursInterval {
  return required(parseInterval(text), () => unreadableInterval(text));
}

function requireDate(date: string): EpochDay {
  return required(parseDate(date), () => unreadableDate(date));
}

function required<T>(value: T | undefined, message: () => string): T {
  if (value === undefined) throw new RangeError(`calendar: ${message()}`);
  return value;
}

const unreadableDays = (key: string) =>
  `"${key}" is neither a day nor a range of days; write ${weekdays.join(', ')}, or a range such as "mon-fri"`;
const unreadableInterval = (text: string) =>
  `"${text}" is no interval of a day; write one such as "09:00-17:00", between 00:00 and 24:00`;
const unreadableDate = (date: string) => `"${date}" is no date; write one such as "2026-11-26"`;

function openMsOf(intervals: readonly HoursInterval[]): DurationMs {
  let reachedMs = 0;
  let openMs = 0;
  for (const { openMs: fromMs, closeMs } of [...intervals].sort((a, b) => a.openMs - b.openMs)) {
    openMs += Math.max(0, closeMs - Math.max(fromMs, reachedMs));
    reachedMs = Math.max(reachedMs, closeMs);
  }
  return openMs;
}

/** `7 h 30 m`: numbers and units apart, as in a sentence. */
function spacedDuration(ms: DurationMs): string {
  return formatDuration(ms)
    .replace(/(\d+)([a-z]+)/g, '$1 $2 ')
    .trimEnd();
}
