import type { DisputesAsked, DisputeTally } from '../domain/reports/index.js';
import { inPeriod, isIn, partCounts, type Figures } from './figures.js';
import { groupOf, knownRows, sqlEdges, Values } from './known-rows.js';
import type { Known, ReportQuery } from './ports.js';
import { distributionIn, spreadSql, type SpreadRow } from './spread-sql.js';

type Row = Readonly<Record<keyof (typeof disputeFigures)['disputes']['parts'], string>> & {
  readonly group: string;
  readonly resolution: SpreadRow;
};

const became = (condition?: string) => inPeriod('opened_at', condition);

/** What counts disputes, and lists them. */
export const disputeFigures = {
  disputes: {
    rows: 'dispute',
    parts: {
      opened: became(),
      upheld: became(`outcome = 'upheld'`),
      denied: became(`outcome = 'denied'`),
      withdrawn: became(`outcome = 'withdrawn'`),
      open: became('outcome IS NULL'),
      decided: became(`outcome IN ('upheld', 'denied')`),
    },
  },
} as const satisfies Figures;

const resolutionMs = 'round(extract(epoch FROM resolved_at - opened_at) * 1000)::bigint';

/** Counts disputes by SQL; gives what `tallyDisputes` would give over the same leads. */
export async function queryDisputes(
  query: ReportQuery,
  known: Known,
  asked: DisputesAsked,
): Promise<Readonly<Record<string, DisputeTally>>> {
  const values = new Values();
  const where = knownRows(values, known, asked.filter);
  const edges = sqlEdges(values, asked, known.asOf);
  const { parts } = disputeFigures.disputes;
  const rows = await query<Row>(
    `SELECT ${groupOf(asked.by)} AS "group", ${partCounts(parts, edges)},
      ${spreadSql(resolutionMs, parts.decided(edges))} AS resolution
    FROM report_dispute WHERE ${where} AND ${isIn('opened_at', edges)} GROUP BY 1`,
    values.list,
  );
  return Object.fromEntries(rows.map((row) => [row.group, tallyOf(row)]));
}

const tallyOf = (row: Row): DisputeTally => ({
  openedCount: Number(row.opened),
  upheldCount: Number(row.upheld),
  deniedCount: Number(row.denied),
  withdrawnCount: Number(row.withdrawn),
  openCount: Number(row.open),
  resolution: distributionIn(row.resolution),
});
