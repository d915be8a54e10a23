import {
  ALL,
  costGroup,
  emptyCost,
  withCosts,
  type CostEntry,
  type CostsAsked,
  type CostTally,
  type LeadFilter,
} from '../domain/reports/index.js';
import { inPeriod, isIn, type Figures } from './figures.js';
import { groupOf, knownRows, sqlEdges, Values, type Span } from './known-rows.js';
import { knownSql, opportunityTables, type KnownSql } from './opportunities-sql.js';
import type { Known, ReportQuery } from './ports.js';

/** What came of costs, as numbers with lists behind them; customers are told by their opportunities. */
export const costFigures = {
  costs: {
    rows: 'lead',
    parts: {
      leads: inPeriod('handed_off_at'),
      mqls: inPeriod('handed_off_at', 'NOT is_excluded'),
      'sales-qualified': inPeriod('sales_qualified_at'),
    },
  },
} as const satisfies Figures;

/** Counts what came of costs by SQL, and adds these up; gives what `tallyCosts` would give over the same. */
export async function queryCosts(
  query: ReportQuery,
  known: Known,
  entries: readonly CostEntry[],
  asked: CostsAsked,
): Promise<Readonly<Record<string, CostTally>>> {
  const [leads, customers] = await Promise.all([queryLeads(query, known, asked), queryCustomers(query, known, asked)]);
  const counts: Record<string, CostTally> = {};
  for (const { group: source, ...row } of [...leads, ...customers]) {
    for (const group of [ALL, costGroup(source)]) counts[group] = withRow(counts[group] ?? emptyCost, row);
  }
  return withCosts(counts, entries, asked);
}

type CountRow = Readonly<Partial<Record<'leads' | 'mqls' | 'salesQualified' | 'customers', string>>>;

const withRow = (tally: CostTally, row: CountRow): CostTally => ({
  ...tally,
  leads: tally.leads + Number(row.leads ?? 0),
  mqls: tally.mqls + Number(row.mqls ?? 0),
  salesQualified: tally.salesQualified + Number(row.salesQualified ?? 0),
  customers: tally.customers + Number(row.customers ?? 0),
});

function queryLeads(query: ReportQuery, known: Known, asked: CostsAsked) {
  const values = new Values();
  const where = knownRows(values, known, asked.filter);
  const edges = sqlEdges(values, asked, known.asOf);
  const { parts } = costFigures.costs;
  const [isHandedOff, isQualified] = [parts.leads(edges), parts['sales-qualified'](edges)];
  return query<CountRow & { readonly group: string }>(
    `SELECT ${groupOf('source')} AS "group", count(*) FILTER (WHERE ${isHandedOff}) AS leads,
        count(*) FILTER (WHERE ${parts.mqls(edges)}) AS mqls,
        count(*) FILTER (WHERE ${isQualified}) AS "salesQualified"
      FROM report_lead WHERE ${where} AND ((${isHandedOff}) OR (${isQualified})) GROUP BY 1`,
    values.list,
  );
}

function queryCustomers(query: ReportQuery, known: Known, asked: CostsAsked) {
  const values = new Values();
  const sql = knownSql(values, known);
  return query<CountRow & { readonly group: string }>(
    `WITH ${opportunityTables(sql)}
      SELECT ${groupOf('source')} AS "group", count(*) AS customers FROM ${firstWon(values, sql, known, asked)} GROUP BY 1`,
    values.list,
  );
}

/** The opportunity with which each account became a customer in the period, as what stands after `FROM`. */
export function firstWon(
  values: Values,
  { agreement }: KnownSql,
  { asOf }: Pick<Known, 'asOf'>,
  { from, to, filter }: Span & { readonly filter: LeadFilter },
): string {
  const isWonIn = isIn('closed_at', sqlEdges(values, { from, to }, asOf));
  const passes = Object.entries(filter).map(
    ([by, value]) => `AND ${groupOf(by as keyof LeadFilter)} = ${values.add(value)}`,
  );
  return `(SELECT * FROM (
      SELECT DISTINCT ON (account) * FROM opportunity WHERE status = 'won' AND pipeline_of = ${agreement}
        ORDER BY account, closed_at, crm_id COLLATE "C") AS won
    WHERE ${isWonIn} ${passes.join(' ')}) AS customer`;
}

/** Every cost that is known of an agreement, with the currency in which they are; undefined: there are none. */
export async function queryCostEntries(
  query: ReportQuery,
  known: Known,
): Promise<{ readonly entries: readonly CostEntry[]; readonly currency: string | undefined }> {
  const values = new Values();
  const { workspace, asOf, agreement } = knownSql(values, known);
  interface Row {
    readonly month: string;
    readonly source: string;
    readonly marketing_minor: string | null;
    readonly sales_minor: string | null;
    readonly currency: string | null;
  }
  const rows = await query<Row>(
    `SELECT month, source, marketing_minor, sales_minor, currency FROM cost_entry
      WHERE workspace = ${workspace} AND agreement_name = ${agreement} AND recorded_at <= ${asOf}
        AND superseded_at > ${asOf} ORDER BY month, source COLLATE "C"`,
    values.list,
  );
  const minor = (text: string | null): number | null => (text === null ? null : Number(text));
  return {
    entries: rows.map(({ month, source, marketing_minor: marketing, sales_minor: sales }) => {
      return { month, source, marketingMinor: minor(marketing), salesMinor: minor(sales) };
    }),
    currency: rows.find(({ currency }) => currency !== null)?.currency ?? undefined,
  };
}
