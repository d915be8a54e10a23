import type { Asked, SalesCycleTally } from '../domain/reports/index.js';
import { groupOf, knownRows, Values } from './known-rows.js';
import type { Known, ReportQuery } from './ports.js';
import { spreadIn, spreadSql, type SpreadRow } from './spread-sql.js';

interface Row {
  readonly group: string;
  readonly won: SpreadRow;
  readonly lead_to_win: SpreadRow;
  readonly lost: SpreadRow;
}

/** Measures deals by SQL; gives what `tallySalesCycle` would give over the same leads. */
export async function querySalesCycle(
  query: ReportQuery,
  known: Known,
  { from, to, filter, by }: Asked,
): Promise<Readonly<Record<string, SalesCycleTally>>> {
  const values = new Values();
  const where = knownRows(values, known, filter);
  const [first, last] = [from, to].map((at) => `${values.add(new Date(at).toISOString())}::timestamptz`);
  const isIn = (at: string): string => `${at} >= ${first} AND ${at} < ${last}`;
  const rows = await query<Row>(
    `SELECT ${groupOf(by)} AS "group",
        ${spreadSql('sales_qualified_at', 'won_at', isIn('won_at'))} AS won,
        ${spreadSql('handed_off_at', 'won_at', isIn('won_at'))} AS lead_to_win,
        ${spreadSql('sales_qualified_at', 'lost_at', isIn('lost_at'))} AS lost
      FROM report_lead WHERE ${where} AND ((${isIn('won_at')}) OR (${isIn('lost_at')})) GROUP BY 1`,
    values.list,
  );
  return Object.fromEntries(
    rows.map(({ group, won, lead_to_win: leadToWin, lost }) => [
      group,
      { won: spreadIn(won), leadToWin: spreadIn(leadToWin), lost: spreadIn(lost) },
    ]),
  );
}
