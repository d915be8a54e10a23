import { noVerdicts, type PeriodsAsked, type VerdictCount, type VerdictCounts } from '../domain/reports/index.js';
import { knownRows, placeSql, sqlEdges, Values } from './known-rows.js';
import type { Known, ReportQuery } from './ports.js';

interface Row {
  readonly commitment: string;
  readonly place: number;
  readonly met: string;
  readonly breached: string;
}

/** Counts verdicts period by period in one scan; gives what `tallyVerdicts` would give over the same leads. */
export async function queryVerdicts(
  query: ReportQuery,
  known: Known,
  { edges, filter }: PeriodsAsked,
): Promise<VerdictCounts> {
  if (edges.length < 2) return {};
  const values = new Values();
  const where = knownRows(values, known, filter);
  const { from, to } = sqlEdges(values, { from: edges[0]!, to: edges.at(-1)! }, known.asOf);
  const rows = await query<Row>(
    `SELECT clock AS commitment, ${placeSql(values, 'decided_at', edges)} AS place,
        count(*) FILTER (WHERE verdict = 'met') AS met, count(*) FILTER (WHERE verdict = 'breached') AS breached
      FROM report_clock
      WHERE ${where} AND decided_at >= ${from} AND decided_at < ${to} GROUP BY 1, 2`,
    values.list,
  );
  const counts: Record<string, VerdictCount[]> = {};
  for (const { commitment, place, met, breached } of rows) {
    (counts[commitment] ??= noVerdicts(edges))[place] = { met: Number(met), breached: Number(breached) };
  }
  return counts;
}
