import type { Instant } from '../domain/business-time/index.js';
import {
  ageBands,
  IDLE_AFTER_MS,
  type AgeingAsked,
  type AgeingTally,
  type LeadFilter,
} from '../domain/reports/index.js';
import { partCounts, type Figures, type Part } from './figures.js';
import { groupOf, knownRows, sqlEdges, Values } from './known-rows.js';
import type { Known, ReportQuery } from './ports.js';

type Row = Readonly<Record<string, string>> & { readonly group: string };

const older = (at: string, asOf: string, ms: number): string => `(${at} <= ${asOf} - interval '${ms} milliseconds')`;

/** A band has its begin, not its end. */
const isInBand =
  ({ fromMs, untilMs }: (typeof ageBands)[number]): Part =>
  ({ asOf }) =>
    [
      'is_open',
      ...(Number.isFinite(fromMs) ? [older('started_at', asOf, fromMs)] : []),
      ...(Number.isFinite(untilMs) ? [`NOT ${older('started_at', asOf, untilMs)}`] : []),
    ].join(' AND ');

/** The part that counts a band, by its place. */
export const bandPart = (index: number): string => `band-${index + 1}`;

/** What counts open leads, and lists them. */
export const ageingFigures = {
  ageing: {
    rows: 'standing',
    parts: {
      open: () => 'is_open',
      ...(Object.fromEntries(ageBands.map((band, index) => [bandPart(index), isInBand(band)])) as Record<string, Part>),
      idle: ({ asOf }) => `is_open AND ${older('coalesce(last_touched_at, started_at)', asOf, IDLE_AFTER_MS)}`,
      overdue: () => 'is_open AND overdue_count > 0',
      resting: () => 'is_open AND is_resting',
    },
  },
} satisfies Figures;

/** Counts open leads by SQL; gives what `tallyAgeing` would give over the same leads. */
export async function queryAgeing(
  query: ReportQuery,
  known: Known,
  { asOf, filter, by }: AgeingAsked,
): Promise<Readonly<Record<string, AgeingTally>>> {
  const values = new Values();
  const where = knownRows(values, known, filter);
  const edges = sqlEdges(values, { from: asOf, to: asOf }, asOf);
  const rows = await query<Row>(
    `SELECT ${groupOf(by)} AS "group", ${partCounts(ageingFigures.ageing.parts, edges)},
      sum(overdue_count) AS overdue_clocks
    FROM report_standing WHERE ${where} AND is_open GROUP BY 1`,
    values.list,
  );
  return Object.fromEntries(rows.map((row) => [row.group, tallyOf(row)]));
}

const tallyOf = (row: Row): AgeingTally => ({
  openCount: Number(row['open']),
  bandCounts: Object.fromEntries(
    ageBands.map(({ band }, index) => [band, Number(row[bandPart(index)])]),
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
