import type { Asked, SalesCycleTally } from '../domain/reports/index.js';
import { inPeriod, isIn, type Figures } from './figures.js';
import { groupOf, knownRows, sqlEdges, Values } from './known-rows.js';
import type { Known, ReportQuery } from './ports.js';
import { elapsedSpreadSql, spreadIn, type SummedRow } from './spread-sql.js';

interface Row {
  readonly group: string;
  readonly won: SummedRow;
  readonly lead_to_win: SummedRow;
  readonly lost: SummedRow;
}

/** What measures deals, and lists their leads. */
export const salesCycleFigures = {
  'sales-cycle': {
    rows: 'lead',
    parts: {
      won: inPeriod('won_at', 'sales_qualified_at IS NOT NULL'),
      'lead-to-win': inPeriod('won_at'),
      lost: inPeriod('lost_at', 'sales_qualified_at IS NOT NULL'),
    },
  },
} as const satisfies Figures;

/** Measures deals by SQL; gives what `tallySalesCycle` would give over the same leads. */
export async function querySalesCycle(
  query: ReportQuery,
  known: Known,
  { from, to, filter, by }: Asked,
): Promise<Readonly<Record<string, SalesCycleTally>>> {
  const values = new Values();
  const where = knownRows(values, known, filter);
  const edges = sqlEdges(values, { from, to }, known.asOf);
  const { parts } = salesCycleFigures['sales-cycle'];
  const [won, leadToWin, lost] = [parts.won(edges), parts['lead-to-win'](edges), parts.lost(edges)];
  const rows = await query<Row>(
    `SELECT ${groupOf(by)} AS "group",
        ${elapsedSpreadSql('sales_qualified_at', 'won_at', won)} AS won,
        ${elapsedSpreadSql('handed_off_at', 'won_at', leadToWin)} AS lead_to_win,
        ${elapsedSpreadSql('sales_qualified_at', 'lost_at', lost)} AS lost
      FROM report_lead WHERE ${where} AND ((${leadToWin}) OR (${isIn('lost_at', edges)})) GROUP BY 1`,
    values.list,
  );
  return Object.fromEntries(
    rows.map(({ group, won, lead_to_win: leadToWin, lost }) => [
      group,
      { won: spreadIn(won), leadToWin: spreadIn(leadToWin), lost: spreadIn(lost) },
    ]),
  );
}
