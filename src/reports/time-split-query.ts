import type { TimeAsked, TimeTally } from '../domain/reports/index.js';
import { inPeriod, isIn, type Figures } from './figures.js';
import { groupOf, knownRows, sqlEdges, Values } from './known-rows.js';
import type { Known, ReportQuery } from './ports.js';

interface Row {
  readonly commitment: string;
  readonly group: string;
  readonly clocks: string;
  readonly used_ms: string;
  readonly late_ms: string;
}

/** What lists the clocks of which some time went by somewhere. */
export const timeFigures = {
  'time-split': { rows: 'time', parts: { clocks: inPeriod('ended_at') } },
} as const satisfies Figures;

/** Adds up by SQL where time went; gives what `tallyTimes` would give over the same leads, in order. */
export async function queryTimes(
  query: ReportQuery,
  known: Known,
  { from, to, filter, by }: TimeAsked,
): Promise<readonly TimeTally[]> {
  const values = new Values();
  const where = knownRows(values, known, filter);
  const rows = await query<Row>(
    `SELECT clock AS commitment, ${groupOf(by)} AS "group",
      count(DISTINCT (lead_id, cycle, n)) AS clocks, sum(used_ms) AS used_ms, sum(late_ms) AS late_ms
    FROM report_time WHERE ${where} AND ${isIn('ended_at', sqlEdges(values, { from, to }, known.asOf))}
    GROUP BY 1, 2 ORDER BY 1, 2`,
    values.list,
  );
  return rows.map(({ commitment, group, clocks, used_ms, late_ms }) => ({
    commitment,
    group,
    clockCount: Number(clocks),
    usedMs: Number(used_ms),
    lateMs: Number(late_ms),
  }));
}
