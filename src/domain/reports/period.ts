import {
  formatDate,
  parseDate,
  toCivilDate,
  toEpochDay,
  weekdayOf,
  weekdays,
  type CivilDate,
  type EpochDay,
} from '../business-time/civil-date.js';
import type { Instant } from '../business-time/index.js';

export const periodKinds = ['week', 'month', 'quarter', 'days'] as const;
export type PeriodKind = (typeof periodKinds)[number];

/** Local dates `[fromDate, toDate)`: a whole week, month or quarter, or any run of days. */
export interface DatePeriod {
  readonly kind: PeriodKind;
  /** `2026-W47`, `2026-11`, `2026-Q4`, or the two dates. */
  readonly name: string;
  readonly fromDate: string;
  readonly toDate: string;
}

/** The same as instants in the agreement's zone (R1). */
export interface Period extends DatePeriod {
  readonly from: Instant;
  readonly to: Instant;
}

/** What it takes to lay dates out in time. */
export interface PeriodPorts {
  readonly timeZone: string;
  /** The instant at which a date begins in a zone. */
  readonly dateStart: (timeZone: string, date: string) => Instant;
  /** The month with which quarters begin, 1 to 12. */
  readonly fiscalYearStart: number;
}

/** The longest period that can be asked for: two years and a day. */
export const PERIOD_DAYS_MAX = 732;

/** What a period may look like, for whoever wrote another thing. */
export const PERIOD_FORMS = '2026-W47 (a week from Monday), 2026-11 (a month), 2026-Q4 (a quarter) or two dates';

/** The period that a name says; undefined if it says none. Quarters are numbered from the fiscal year's start. */
export function periodNamed(name: string, ports: PeriodPorts): Period | undefined {
  const dates = weekNamed(name) ?? monthNamed(name) ?? quarterNamed(name, ports.fiscalYearStart);
  return dates && inTime(dates, ports);
}

/** The days `[fromDate, toDate)`; undefined unless both are dates, in this order, at most two years apart. */
export function periodOfDays(fromDate: string, toDate: string, ports: PeriodPorts): Period | undefined {
  const [from, to] = [parseDate(fromDate), parseDate(toDate)];
  if (from === undefined || to === undefined || to <= from || to - from > PERIOD_DAYS_MAX) return undefined;
  return inTime(daysFrom(from, to), ports);
}

/** The period of that kind in which a date lies; a run of days has none. */
export function periodAround(kind: Exclude<PeriodKind, 'days'>, date: string, ports: PeriodPorts): Period {
  const day = requireDay(date);
  const { year, month } = toCivilDate(day);
  if (kind === 'week') return inTime(weekFrom(mondayOf(day)), ports);
  if (kind === 'month') return inTime(monthFrom({ year, month }), ports);
  const monthsIn = (((month - ports.fiscalYearStart) % 3) + 3) % 3;
  return inTime(quarterFrom(monthAfter({ year, month }, -monthsIn), ports.fiscalYearStart), ports);
}

/** The period just before, of the same kind; before a run of days, as many days. */
export const periodBefore = (period: Period, ports: PeriodPorts): Period => inTime(neighboursOf(period)[0], ports);

/** The last `count` whole periods of a kind that had ended when a date began, the oldest first. */
export function periodsUpTo(
  kind: Exclude<PeriodKind, 'days'>,
  date: string,
  count: number,
  ports: PeriodPorts,
): readonly Period[] {
  const periods: Period[] = [];
  let next = periodAround(kind, date, ports);
  while (periods.length < count) {
    next = periodBefore(next, ports);
    periods.unshift(next);
  }
  return periods;
}

/** The instants at which periods that follow one another begin, and the one at which the last ends. */
export const edgesOf = (periods: readonly Period[]): readonly Instant[] =>
  periods.length === 0 ? [] : [periods[0]!.from, ...periods.map(({ to }) => to)];

/** The periods just before and just after one, of the same kind; beside a run of days, as many days. */
export function neighboursOf(period: DatePeriod): readonly [before: DatePeriod, after: DatePeriod] {
  const [from, to] = [requireDay(period.fromDate), requireDay(period.toDate)];
  const [first, next] = [toCivilDate(from), toCivilDate(to)];
  switch (period.kind) {
    case 'week':
      return [weekFrom(from - 7), weekFrom(to)];
    case 'month':
      return [monthFrom(monthAfter(first, -1)), monthFrom(next)];
    case 'quarter': {
      // Its number says how many quarters of the fiscal year lie before it.
      const yearStart = monthAfter(first, -3 * (Number(period.name.slice(-1)) - 1)).month;
      return [quarterFrom(monthAfter(first, -3), yearStart), quarterFrom(next, yearStart)];
    }
    case 'days':
      return [daysFrom(from - (to - from), from), daysFrom(to, to + (to - from))];
  }
}

function daysFrom(from: EpochDay, to: EpochDay): DatePeriod {
  const [fromDate, toDate] = [formatDate(from), formatDate(to)];
  return { kind: 'days', name: `${fromDate}–${toDate}`, fromDate, toDate };
}

const inTime = (dates: DatePeriod, { timeZone, dateStart }: PeriodPorts): Period => ({
  ...dates,
  from: dateStart(timeZone, dates.fromDate),
  to: dateStart(timeZone, dates.toDate),
});

type Month = Pick<CivilDate, 'year' | 'month'>;

/** ISO 8601: the first week of a year is the one with its first Thursday. */
function weekNamed(name: string): DatePeriod | undefined {
  const match = /^(\d{4})-W(\d{2})$/.exec(name);
  if (!match) return undefined;
  const monday = mondayOf(toEpochDay({ year: Number(match[1]), month: 1, day: 4 })) + 7 * (Number(match[2]) - 1);
  const week = weekFrom(monday);
  return week.name === name ? week : undefined;
}

function weekFrom(monday: EpochDay): DatePeriod {
  const { year } = toCivilDate(monday + 3);
  const first = mondayOf(toEpochDay({ year, month: 1, day: 4 }));
  const name = `${year}-W${twoDigits((monday - first) / 7 + 1)}`;
  return { kind: 'week', name, fromDate: formatDate(monday), toDate: formatDate(monday + 7) };
}

const mondayOf = (day: EpochDay): EpochDay => day - weekdays.indexOf(weekdayOf(day));

function monthNamed(name: string): DatePeriod | undefined {
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(name);
  return match ? monthFrom({ year: Number(match[1]), month: Number(match[2]) }) : undefined;
}

const monthFrom = (month: Month): DatePeriod => ({
  kind: 'month',
  name: `${month.year}-${twoDigits(month.month)}`,
  fromDate: firstOf(month),
  toDate: firstOf(monthAfter(month, 1)),
});

/** A fiscal year bears the number of the calendar year in which it begins. */
function quarterNamed(name: string, fiscalYearStart: number): DatePeriod | undefined {
  const match = /^(\d{4})-Q([1-4])$/.exec(name);
  if (!match) return undefined;
  const start = { year: Number(match[1]), month: fiscalYearStart };
  return quarterFrom(monthAfter(start, 3 * (Number(match[2]) - 1)), fiscalYearStart);
}

function quarterFrom(first: Month, fiscalYearStart: number): DatePeriod {
  const monthsIn = (((first.month - fiscalYearStart) % 12) + 12) % 12;
  const { year } = monthAfter(first, -monthsIn);
  const name = `${year}-Q${monthsIn / 3 + 1}`;
  return { kind: 'quarter', name, fromDate: firstOf(first), toDate: firstOf(monthAfter(first, 3)) };
}

function monthAfter({ year, month }: Month, count: number): Month {
  const months = year * 12 + month - 1 + count;
  return { year: Math.floor(months / 12), month: (((months % 12) + 12) % 12) + 1 };
}

const firstOf = ({ year, month }: Month): string => formatDate(toEpochDay({ year, month, day: 1 }));

const twoDigits = (count: number): string => String(count).padStart(2, '0');

function requireDay(date: string): EpochDay {
  const day = parseDate(date);
  if (day === undefined) throw new Error(`${date} is no date`);
  return day;
}
