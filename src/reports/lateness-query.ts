import {
  BAGS_MAX,
  conversionWithinMs,
  stratumGroupings,
  type Bag,
  type LatenessAsked,
  type LatenessFacts,
  type LateSide,
  type Stratum,
  type StratumName,
} from '../domain/reports/index.js';
import { inPeriod, type Figures, type Part } from './figures.js';
import { groupOf, knownRows, sqlEdges, Values } from './known-rows.js';
import { knownSql, opportunityTables } from './opportunities-sql.js';
import type { Known, ReportQuery } from './ports.js';

const QUALIFIED = `sales_qualified_at <= handed_off_at + interval '${conversionWithinMs['sales-qualified']} milliseconds'`;
const isKept = 'NOT is_excluded AND dispute_upheld_at IS NULL';
const answered = (verdict: string, condition = 'true'): Part =>
  inPeriod('handed_off_at', `${isKept} AND response = '${verdict}' AND ${condition}`);

/** What counts leads by when they were answered, and lists them. */
export const latenessFigures = {
  lateness: {
    rows: 'lead',
    parts: {
      'in-time': answered('met'),
      'in-time-qualified': answered('met', QUALIFIED),
      late: answered('breached'),
      'late-qualified': answered('breached', QUALIFIED),
      qualified: inPeriod('handed_off_at', `${isKept} AND response IN ('met', 'breached') AND ${QUALIFIED}`),
      'dispute-upheld': inPeriod('handed_off_at', 'NOT is_excluded AND dispute_upheld_at IS NOT NULL'),
      'no-verdict': inPeriod('handed_off_at', `${isKept} AND (response IN ('met', 'breached')) IS NOT TRUE`),
    },
  },
} as const satisfies Figures;

interface BagRow extends StratumName {
  readonly side: LateSide;
  readonly leads: string;
  readonly qualified: string;
  readonly minor: string | null;
  readonly unvalued: string;
}

interface LeftOutRow {
  readonly upheld: string;
  readonly unjudged: string;
}

const judgedNames = [...stratumGroupings, 'side', 'is_qualified'];

/** Puts the leads of a period into strata by SQL; gives what `lateLeads` would give over the same leads and postings. */
export async function queryLateLeads(query: ReportQuery, known: Known, asked: LatenessAsked): Promise<LatenessFacts> {
  const [rows, [leftOut]] = await Promise.all([queryBags(query, known, asked), queryLeftOut(query, known, asked)]);
  return {
    strata: strataIn(rows),
    leftOut: { 'dispute-upheld': Number(leftOut!.upheld), 'no-verdict': Number(leftOut!.unjudged) },
    unvaluedCount: rows.reduce((sum, { unvalued }) => sum + Number(unvalued), 0),
  };
}

/**
 * One row for each bag, strata, sides and bags in order. What leads are worth is put beside them by grouping: a planner
 * that has no figures for a table of a `WITH` would join row by row.
 */
function queryBags(query: ReportQuery, known: Known, asked: LatenessAsked): Promise<readonly BagRow[]> {
  const values = new Values();
  const where = knownRows(values, known, asked.filter);
  const edges = sqlEdges(values, asked, known.asOf);
  const sql = knownSql(values, known);
  const currency = `${values.add(asked.currency)}::text`;
  const { parts } = latenessFigures.lateness;
  const names = stratumGroupings.map((by) => `${groupOf(by)} AS ${by}`);
  return query<BagRow>(
    `WITH ${opportunityTables(sql)}, worth AS (
      SELECT lead_id, sum(amount_minor) AS minor FROM opportunity
        WHERE pipeline_of = ${sql.agreement} AND currency = ${currency} AND lead_id IS NOT NULL GROUP BY 1
    ), judged AS (
      SELECT lead_id, ${names.join(', ')}, CASE response WHEN 'met' THEN 'in-time' ELSE 'late' END AS side,
          coalesce(${QUALIFIED}, false)::int AS is_qualified
        FROM report_lead WHERE ${where} AND ((${parts['in-time'](edges)}) OR (${parts.late(edges)}))
    ), valued AS (
      SELECT lead_id, ${judgedNames.map((name) => `max(${name}) AS ${name}`).join(', ')}, max(minor) AS minor FROM (
          SELECT lead_id, ${judgedNames.join(', ')}, NULL::numeric AS minor FROM judged
          UNION ALL SELECT lead_id, ${judgedNames.map(() => 'NULL').join(', ')}, minor FROM worth) AS told
        GROUP BY lead_id HAVING max(side) IS NOT NULL
    ), bagged AS (
      SELECT valued.*, ntile(${BAGS_MAX})
          OVER (PARTITION BY ${stratumGroupings.join(', ')}, side ORDER BY reverse(lead_id) COLLATE "C") AS bag
        FROM valued
    )
    SELECT ${stratumGroupings.join(', ')}, side, count(*) AS leads, sum(is_qualified) AS qualified,
        sum(minor) FILTER (WHERE is_qualified = 1) AS minor,
        count(*) FILTER (WHERE is_qualified = 1 AND minor IS NULL) AS unvalued
      FROM bagged GROUP BY ${stratumGroupings.join(', ')}, side, bag
      ORDER BY ${stratumGroupings.map((by) => `${by} COLLATE "C"`).join(', ')}, side, bag`,
    values.list,
  );
}

function queryLeftOut(query: ReportQuery, known: Known, asked: LatenessAsked): Promise<readonly LeftOutRow[]> {
  const values = new Values();
  const where = knownRows(values, known, asked.filter);
  const edges = sqlEdges(values, asked, known.asOf);
  const { parts } = latenessFigures.lateness;
  return query<LeftOutRow>(
    `SELECT count(*) FILTER (WHERE ${parts['dispute-upheld'](edges)}) AS upheld,
        count(*) FILTER (WHERE ${parts['no-verdict'](edges)}) AS unjudged
      FROM report_lead WHERE ${where} AND handed_off_at >= ${edges.from} AND handed_off_at < ${edges.to}`,
    values.list,
  );
}

/** Rows of one stratum stand together. */
function strataIn(rows: readonly BagRow[]): readonly Stratum[] {
  const strata = new Map<string, { readonly name: StratumName; readonly bags: Record<LateSide, Bag[]> }>();
  for (const { segment, priority, source, side, leads, qualified, minor } of rows) {
    const name = { segment, priority, source };
    const key = JSON.stringify(Object.values(name));
    const stratum = strata.get(key) ?? { name, bags: { 'in-time': [], late: [] } };
    strata.set(key, stratum);
    stratum.bags[side].push({
      leadCount: Number(leads),
      qualifiedCount: Number(qualified),
      minor: Number(minor ?? 0),
    });
  }
  return [...strata.values()];
}
