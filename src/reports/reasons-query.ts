import type { Asked, LeadGrouping, ReasonTally } from '../domain/reports/index.js';
import { inPeriod, isIn, partCounts, type Figures } from './figures.js';
import { groupOf, knownRows, sqlEdges, Values } from './known-rows.js';
import type { Known, ReportQuery } from './ports.js';

type Row = Pick<ReasonTally, 'kind' | 'reason' | 'route' | 'group'> &
  Readonly<Record<keyof (typeof reasonFigures)['reasons']['parts'], string>>;

/** What counts reasons, and lists the decisions behind. */
export const reasonFigures = {
  reasons: {
    rows: 'decision',
    parts: {
      given: inPeriod('decided_at', 'reason IS NOT NULL AND NOT is_taken_back'),
      'with-notes': inPeriod('decided_at', 'reason IS NOT NULL AND NOT is_taken_back AND has_notes'),
      'taken-back': inPeriod('decided_at', 'reason IS NOT NULL AND is_taken_back'),
    },
  },
} as const satisfies Figures;

/** Counts reasons by SQL; gives what `tallyReasons` would give over the same leads, in order. */
export async function queryReasons(
  query: ReportQuery,
  known: Known,
  asked: Asked & { readonly by: LeadGrouping },
): Promise<readonly ReasonTally[]> {
  const values = new Values();
  const where = knownRows(values, known, asked.filter);
  const edges = sqlEdges(values, asked, known.asOf);
  const rows = await query<Row>(
    `SELECT kind, reason, route, ${groupOf(asked.by)} AS "group", ${partCounts(reasonFigures.reasons.parts, edges)}
    FROM report_decision WHERE ${where} AND reason IS NOT NULL AND ${isIn('decided_at', edges)}
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
    values.list,
  );
  return rows.map(({ kind, reason, route, group, ...counts }) => ({
    kind,
    reason,
    route,
    group,
    count: Number(counts.given),
    withNotesCount: Number(counts['with-notes']),
    takenBackCount: Number(counts['taken-back']),
  }));
}
