import type { Instant } from '../domain/business-time/index.js';
import {
  ageBands,
  ALL,
  IDLE_AFTER_MS,
  type AgeingAsked,
  type AgeingGrouping,
  type AgeingTally,
  type LeadFilter,
} from '../domain/reports/index.js';
import { groupOf, knownRows, Values } from './known-rows.js';
import type { Known, ReportQuery } from './ports.js';

type Row = Readonly<Record<string, string>> & { readonly group: string };

/** Counts open leads by SQL; gives what `tallyAgeing` would give over the same leads. */
export async function queryAgeing(
  query: ReportQuery,
  known: Known,
  { asOf, filter, by }: AgeingAsked,
): Promise<Readonly<Record<string, AgeingTally>>> {
  const values = new Values();
  const where = knownRows(values, known, filter);
  const now = values.addInstant(asOf);
  const rows = await query<Row>(
    `SELECT ${groupSql(by)} AS "group", count(*) AS open,
      ${ageBands.map((band, index) => `count(*) FILTER (WHERE ${inBand(band, now)}) AS "${index}"`).join(', ')},
      count(*) FILTER (WHERE ${isIdle(now)}) AS idle,
      count(*) FILTER (WHERE overdue_count > 0) AS overdue,
      sum(overdue_count) AS overdue_clocks,
      count(*) FILTER (WHERE is_resting) AS resting
    FROM report_standing WHERE ${where} AND is_open GROUP BY 1`,
    values.list,
  );
  return Object.fromEntries(rows.map((row) => [row.group, tallyOf(row)]));
}

const groupSql = (by: AgeingGrouping | undefined): string =>
  by === 'stage' ? 'stage' : by === undefined ? `'${ALL}'` : groupOf(by);

const older = (at: string, now: string, ms: number): string => `(${at} <= ${now} - interval '${ms} milliseconds')`;

/** A band has its begin, not its end. */
const inBand = ({ fromMs, untilMs }: (typeof ageBands)[number], now: string): string =>
  [
    ...(Number.isFinite(fromMs) ? [older('started_at', now, fromMs)] : []),
    ...(Number.isFinite(untilMs) ? [`NOT ${older('started_at', now, untilMs)}`] : []),
  ].join(' AND ');

const isIdle = (now: string): string => older('coalesce(last_touched_at, started_at)', now, IDLE_AFTER_MS);

const tallyOf = (row: Row): AgeingTally => ({
  openCount: Number(row['open']),
  bandCounts: Object.fromEntries(
    ageBands.map(({ band }, index) => [band, Number(row[String(index)])]),
  ) as AgeingTally['bandCounts'],
  idleCount: Number(row['idle']),
  overdueCount: Number(row['overdue']),
  overdueClockCount: Number(row['overdue_clocks']),
  restingCount: Number(row['resting']),
});

/** An open lead, as a list of the oldest names it. */
export interface OldestLead {
  readonly leadId: string;
  readonly stage: string;
  readonly owner: string | null;
  readonly team: string | null;
  readonly startedAt: Instant;
  readonly enteredAt: Instant;
  readonly lastTouchedAt: Instant | null;
  readonly overdueAt: Instant | null;
  readonly isResting: boolean;
}

type OldestRow = Pick<OldestLead, 'stage' | 'owner' | 'team'> & {
  readonly lead_id: string;
  readonly started_at: Date;
  readonly entered_at: Date;
  readonly last_touched_at: Date | null;
  readonly overdue_at: Date | null;
  readonly is_resting: boolean;
};

/** The oldest open leads, the oldest first. */
export async function queryOldest(
  query: ReportQuery,
  known: Known,
  filter: LeadFilter,
  count: number,
): Promise<readonly OldestLead[]> {
  const values = new Values();
  const rows = await query<OldestRow>(
    `SELECT lead_id, stage, owner, team, started_at, entered_at, last_touched_at, overdue_at, is_resting
      FROM report_standing WHERE ${knownRows(values, known, filter)} AND is_open
      ORDER BY started_at, lead_id LIMIT ${values.add(count)}`,
    values.list,
  );
  return rows.map(({ stage, owner, team, ...row }) => ({
    leadId: row.lead_id,
    stage,
    owner,
    team,
    startedAt: row.started_at.getTime(),
    enteredAt: row.entered_at.getTime(),
    lastTouchedAt: row.last_touched_at?.getTime() ?? null,
    overdueAt: row.overdue_at?.getTime() ?? null,
    isResting: row.is_resting,
  }));
}
