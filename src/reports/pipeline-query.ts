import {
  pipelineParts,
  type PipelineAsked,
  type PipelinePart,
  type PipelineSum,
  type PipelineTally,
} from '../domain/reports/index.js';
import { Values } from './known-rows.js';
import { creditedTables, knownSql, opportunityTables, pipelineGroup } from './opportunities-sql.js';
import { knownFor, type Known, type ReportAsked, type ReportQuery, type ReportSource } from './ports.js';

/** Which opportunities each part counts, as SQL; lists read the same conditions. */
export const pipelineConditions: Readonly<Record<PipelinePart, string>> = {
  'marketing-sourced': `credit = 'marketing-sourced'`,
  'sales-sourced': `credit = 'sales-sourced'`,
  'sales-first': `credit = 'sales-first'`,
  total: 'true',
  'marketing-influenced': 'is_influenced',
};

type Row = Readonly<Record<string, string | null>> & { readonly group: string };

/** Adds up the pipeline by SQL; gives what `tallyPipeline` would give over the same leads and postings. */
export async function queryPipeline(
  query: ReportQuery,
  { workspace, asOf }: Known,
  asked: PipelineAsked,
): Promise<Readonly<Record<string, PipelineTally>>> {
  const values = new Values();
  const tables = creditedTables(values, knownSql(values, { workspace, asOf, agreement: asked.agreement }), asked);
  const currency = `${values.add(asked.currency)}::text`;
  const columns = pipelineParts.flatMap((part) => sumsOf(part, pipelineConditions[part], currency));
  const rows = await query<Row>(
    `WITH ${tables} SELECT ${pipelineGroup(asked.by)} AS "group", ${columns.join(', ')} FROM credited GROUP BY 1`,
    values.list,
  );
  return Object.fromEntries(rows.map((row) => [row.group, tallyOf(row)]));
}

const sumsOf = (part: PipelinePart, is: string, currency: string): readonly string[] => [
  `count(*) FILTER (WHERE ${is}) AS "${part} count"`,
  `sum(amount_minor) FILTER (WHERE ${is} AND currency = ${currency}) AS "${part} minor"`,
  `count(*) FILTER (WHERE ${is} AND amount_minor IS NULL) AS "${part} withoutAmount"`,
  `count(*) FILTER (WHERE ${is} AND currency <> ${currency}) AS "${part} otherCurrency"`,
];

const tallyOf = (row: Row): PipelineTally =>
  Object.fromEntries(pipelineParts.map((part) => [part, sumIn(row, part)])) as PipelineTally;

const sumIn = (row: Row, part: PipelinePart): PipelineSum => ({
  count: Number(row[`${part} count`]),
  minor: Number(row[`${part} minor`] ?? 0),
  withoutAmount: Number(row[`${part} withoutAmount`]),
  otherCurrency: Number(row[`${part} otherCurrency`]),
});

/** The currency of the agreement's targets; else that of most of its opportunities; empty: none has an amount. */
export async function currencyOf(
  { workspace, query }: Pick<ReportSource, 'workspace' | 'query'>,
  asked: Pick<ReportAsked, 'agreement' | 'governance' | 'asOf'>,
): Promise<string> {
  const amounts = asked.governance.targets.flatMap(({ atLeast, atMost }) => [atLeast, atMost]);
  const money = amounts.find((amount) => amount?.kind === 'money');
  if (money?.kind === 'money') return money.currency;
  return (await queryCurrency(query, knownFor({ workspace }, asked))) ?? '';
}

async function queryCurrency(query: ReportQuery, known: Known): Promise<string | undefined> {
  const values = new Values();
  const sql = knownSql(values, known);
  const rows = await query<{ currency: string }>(
    `WITH ${opportunityTables(sql)}
      SELECT currency FROM opportunity WHERE currency IS NOT NULL AND pipeline_of = ${sql.agreement}
      GROUP BY 1 ORDER BY count(*) DESC, currency COLLATE "C" LIMIT 1`,
    values.list,
  );
  return rows[0]?.currency;
}
