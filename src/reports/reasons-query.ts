import type { Asked, LeadGrouping, ReasonTally } from '../domain/reports/index.js';
import { groupOf, knownRows, Values } from './known-rows.js';
import type { Known, ReportQuery } from './ports.js';

type Row = Pick<ReasonTally, 'kind' | 'reason' | 'route' | 'group'> & {
  readonly counted: string;
  readonly with_notes: string;
  readonly taken_back: string;
};

/** Counts reasons by SQL; gives what `tallyReasons` would give over the same leads, in order. */
export async function queryReasons(
  query: ReportQuery,
  known: Known,
  { from, to, filter, by }: Asked & { readonly by: LeadGrouping },
): Promise<readonly ReasonTally[]> {
  const values = new Values();
  const where = knownRows(values, known, filter);
  const rows = await query<Row>(
    `SELECT kind, reason, route, ${groupOf(by)} AS "group",
      count(*) FILTER (WHERE NOT is_taken_back) AS counted,
      count(*) FILTER (WHERE NOT is_taken_back AND has_notes) AS with_notes,
      count(*) FILTER (WHERE is_taken_back) AS taken_back
    FROM report_decision
    WHERE ${where} AND reason IS NOT NULL
      AND decided_at >= ${values.addInstant(from)} AND decided_at < ${values.addInstant(to)}
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
    values.list,
  );
  return rows.map(({ kind, reason, route, group, counted, with_notes, taken_back }) => ({
    kind,
    reason,
    route,
    group,
    count: Number(counted),
    withNotesCount: Number(with_notes),
    takenBackCount: Number(taken_back),
  }));
}
