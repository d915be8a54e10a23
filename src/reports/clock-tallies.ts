import type { Instant } from '../domain/business-time/index.js';
import type { ClockFilter, ClockGrouping } from '../domain/reports/index.js';
import { chosen, type Span, type Values } from './known-rows.js';
import type { Known } from './ports.js';

/** What `report_clock_day` cannot tell apart. */
const untallied: readonly ClockGrouping[] = ['owner'];

/** Whether daily tallies know all that a question splits by or filters by. */
export const areTallied = (filter: ClockFilter, by?: ClockGrouping): boolean =>
  untallied.every((grouping) => grouping !== by && !(grouping in filter));

/** What a filter may name so that it holds of a lead as a whole. */
const ofLeads: readonly ClockGrouping[] = ['segment', 'source', 'priority'];

/** Whether tallies know how often a side kept a cycle's promises: its verdicts pass the filter all or none. */
export const areSidesTallied = (filter: ClockFilter): boolean =>
  Object.keys(filter).every((grouping) => ofLeads.some((known) => known === grouping));

const shared =
  'clock, party, verdict, is_corrected, was_paused, team, segment, source, priority, agreement_name, agreement_version';
const dayAt = (column: string): string => `${column}::timestamp AT TIME ZONE 'UTC'`;
const later = (condition: string): string => `CASE WHEN ${condition} THEN 'infinity'::timestamptz END`;

/** By which instant a clock stands in a tally, and what it shows there: when it started, was decided, was cancelled, by what. */
const tallies = {
  decided: {
    isAnyDayWanted: false,
    at: 'decided_at',
    ofDay: `NULL::timestamptz, ${dayAt('day')}, NULL::timestamptz, NULL::text`,
    ofClock: 'NULL::timestamptz, decided_at, NULL::timestamptz, NULL::text',
  },
  started: {
    // What waits began on any day, and a commitment without a clock in the period is told as well.
    isAnyDayWanted: true,
    at: 'started_at',
    ofDay: `${dayAt('day')}, ${later('is_decided')}, NULL::timestamptz, NULL::text`,
    ofClock: `started_at, ${later('decided_at IS NOT NULL')}, NULL::timestamptz, NULL::text`,
  },
  cancelled: {
    isAnyDayWanted: false,
    at: 'used_until',
    ofDay: `NULL::timestamptz, NULL::timestamptz, ${dayAt('day')}, cancelled_by`,
    ofClock: 'NULL::timestamptz, NULL::timestamptz, used_until, cancelled_by',
  },
} as const;
export type TallyName = keyof typeof tallies;
const tallyNames = Object.keys(tallies) as TallyName[];

/**
 * Clocks as they were known, as what stands after `FROM`. Each row stands for `weight` clocks: a condition on one of the
 * instants `decided_at`, `started_at` and `used_until`, compared with edges of this period, holds of as many of them as
 * of the clocks themselves. Whole days (UTC) come from the tallies of days; the days in which the period begins and ends,
 * and what was recorded on the day of the report, are looked at clock by clock.
 */
export function talliedClocks(
  values: Values,
  known: Known,
  filter: ClockFilter,
  span: Span,
  wanted: readonly TallyName[] = tallyNames,
): string {
  const cut = cutOf(values, known, filter, span);
  const entries = wanted.map((name) => [name, tallies[name]] as const);
  return union([
    ...entries.map(
      ([name, { ofDay, isAnyDayWanted }]) => `SELECT ${ofDay}, ${shared}, count FROM report_clock_day
        WHERE ${cut.days} AND tally = '${name}' AND ${cut.isWholeDay('day')}
          AND ${isAnyDayWanted ? 'true' : cut.isNear('day')}`,
    ),
    ...entries.map(
      ([name, { at, ofClock }]) => `SELECT ${ofClock}, ${shared}, 1::bigint FROM report_clock
        WHERE ${cut.clocksAtMidnight} AND ${cut.isOnEdge(at)}${name === 'cancelled' ? ' AND cancelled_by IS NOT NULL' : ''}`,
    ),
    ...cut.sinceMidnight(`started_at, decided_at, used_until, cancelled_by, ${shared}`),
  ]).as('tallied (started_at, decided_at, used_until, cancelled_by, ' + `${shared}, weight)`);
}

/** A side's verdicts or its misses: by the one before, a cycle is counted once in a period. */
const sideTallies = {
  'verdict-of-side': { rows: 'true', beforeAt: 'verdict_before_at' },
  'miss-of-side': { rows: `verdict = 'breached'`, beforeAt: 'miss_before_at' },
} as const;
const sideEntries = Object.entries(sideTallies);

/**
 * Verdicts and misses of sides in the same way, as `tally`, with the instants `at` and `before_at`: a cycle with one in a
 * period has just one of them in it with none before it there.
 */
export function talliedSides(values: Values, known: Known, filter: ClockFilter, span: Span): string {
  const cut = cutOf(values, known, filter, span);
  return union(
    sideEntries.flatMap(([name, { rows, beforeAt }]) => [
      `SELECT '${name}', party, ${dayAt('day')}, ${dayAt('before_on')}, count FROM report_clock_day
        WHERE ${cut.days} AND tally = '${name}' AND ${cut.isWholeDay('day')}
          AND ${cut.isNear('day')}
          AND (before_on IS NULL OR ${cut.isWholeDay('before_on')})`,
      `SELECT '${name}', party, decided_at, ${beforeAt}, 1::bigint FROM report_clock
        WHERE ${cut.clocksAtMidnight} AND ${rows} AND ${cut.isOnEdge('decided_at')}`,
      `SELECT '${name}', party, decided_at, ${beforeAt}, 1::bigint FROM report_clock
        WHERE ${cut.clocksAtMidnight} AND ${rows} AND ${cut.isOnEdge(beforeAt)} AND NOT (${cut.isOnEdge('decided_at')})`,
      ...cut.sinceMidnight(`'${name}', party, decided_at, ${beforeAt}`, `${rows} AND decided_at IS NOT NULL`),
    ]),
  ).as('tallied (tally, party, at, before_at, weight)');
}

/** Weights are alike in type in all parts, that is bigint: then several processors share the parts among them. */
const union = (parts: readonly string[]) => ({
  as: (name: string): string => `(${parts.join('\nUNION ALL\n')}) AS ${name}`,
});

/** Where whole days end and single clocks begin, as SQL conditions. */
interface Cut {
  /** Tallies of what was recorded before the day of the report. */
  readonly days: string;
  /** Revisions that held when that day began. */
  readonly clocksAtMidnight: string;
  readonly isWholeDay: (column: string) => string;
  /** Days that lie before or after the period altogether need not be looked at. */
  readonly isNear: (column: string) => string;
  readonly isOnEdge: (column: string) => string;
  /** What that day brought, and what it took away. */
  readonly sinceMidnight: (columns: string, rows?: string) => readonly string[];
}

const DAY_MS = 86_400_000;
const dayStartOf = (at: Instant): Instant => Math.floor(at / DAY_MS) * DAY_MS;

function cutOf(values: Values, known: Known, filter: ClockFilter, { from, to }: Span): Cut {
  const instant = (at: Instant): string => `${values.add(new Date(at).toISOString())}::timestamptz`;
  const ours = chosen(values, known, filter);
  const [midnight, asOf] = [instant(dayStartOf(known.asOf)), instant(known.asOf)];
  // A period that begins at midnight has no part of a day there.
  const edges = [...new Set([from, to].filter((at) => at % DAY_MS !== 0).map(dayStartOf))].map((start) => ({
    start: instant(start),
    end: instant(start + DAY_MS),
  }));
  const dayOf = (at: string): string => `(${at} AT TIME ZONE 'UTC')::date`;
  const [first, last] = [instant(from), instant(to)];
  const clocks = `${ours} AND NOT is_test`;
  return {
    days: `${ours} AND recorded_on < ${dayOf(midnight)}`,
    clocksAtMidnight: `${clocks} AND recorded_at < ${midnight} AND superseded_at >= ${midnight}`,
    isWholeDay: (column) => edges.map(({ start }) => `${column} <> ${dayOf(start)}`).join(' AND ') || 'true',
    isNear: (column) => `${column} >= ${dayOf(first)} AND ${column} <= ${dayOf(last)}`,
    isOnEdge: (column) =>
      `(${edges.map(({ start, end }) => `${column} >= ${start} AND ${column} < ${end}`).join(' OR ') || 'false'})`,
    sinceMidnight: (columns, rows = 'true') => [
      `SELECT ${columns}, 1::bigint FROM report_clock
        WHERE ${clocks} AND recorded_at >= ${midnight} AND recorded_at <= ${asOf} AND ${rows}`,
      `SELECT ${columns}, -1::bigint FROM report_clock
        WHERE ${clocks} AND superseded_at >= ${midnight} AND superseded_at <= ${asOf} AND ${rows}`,
    ],
  };
}
