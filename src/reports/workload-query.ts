import {
  DUE_SOON_MS,
  emptyWorkload,
  workloadParts,
  type WorkloadAsked,
  type WorkloadPart,
  type WorkloadTally,
} from '../domain/reports/index.js';
import { ageingFigures } from './ageing-query.js';
import { inPeriod, partCounts, type Figures, type Part } from './figures.js';
import { groupOf, isKnownBy, knownRows, sqlEdges, Values } from './known-rows.js';
import type { Known, ReportQuery } from './ports.js';

const { open, overdue, resting } = ageingFigures.ageing.parts;

const isDueSoon: Part = ({ asOf }) =>
  `verdict = 'pending' AND party = 'sales' AND due_at >= ${asOf}
    AND due_at < ${asOf} + interval '${DUE_SOON_MS} milliseconds'`;

/** What counts the work that leads make, and lists it. */
export const workloadFigures = {
  standing: { rows: 'standing', parts: { open, overdue, resting } },
  due: { rows: 'clock', parts: { dueSoon: isDueSoon } },
  given: { rows: 'holding', parts: { given: inPeriod('given_at') } },
  touches: { rows: 'deed', parts: { touches: inPeriod('at', `kind = 'touched'`) } },
  decisions: { rows: 'decision', parts: { decided: inPeriod('decided_at', 'NOT is_taken_back') } },
} as const satisfies Figures;

/** Where each figure is counted, and which rows it looks at. */
const counts = [
  { table: 'report_standing', looksAt: open, parts: workloadFigures.standing.parts },
  { table: 'report_clock', looksAt: isDueSoon, parts: workloadFigures.due.parts },
  { table: 'report_holding', looksAt: workloadFigures.given.parts.given, parts: workloadFigures.given.parts },
  { table: 'report_deed', looksAt: workloadFigures.touches.parts.touches, parts: workloadFigures.touches.parts },
  {
    table: 'report_decision',
    looksAt: workloadFigures.decisions.parts.decided,
    parts: workloadFigures.decisions.parts,
  },
] as const satisfies readonly Count[];

interface Count {
  readonly table: string;
  readonly looksAt: Part;
  readonly parts: Readonly<Partial<Record<WorkloadPart, Part>>>;
}

/** Counts by SQL the work that leads make; gives what `tallyWorkload` would give over the same leads. */
export async function queryWorkload(
  query: ReportQuery,
  known: Known,
  asked: WorkloadAsked,
): Promise<Readonly<Record<string, WorkloadTally>>> {
  const rows = await Promise.all(counts.map((one) => queryCount(query, known, asked, one)));
  const workloads: Record<string, WorkloadTally> = {};
  for (const row of rows.flat()) {
    workloads[row.group] = withRow(workloads[row.group] ?? emptyWorkload, row);
  }
  return workloads;
}

type CountRow = Readonly<Partial<Record<WorkloadPart, string>>> & { readonly group: string };

const withRow = (tally: WorkloadTally, row: CountRow): WorkloadTally =>
  Object.fromEntries(
    workloadParts.map((part) => [part, tally[part] + Number(row[part] ?? 0)]),
  ) as unknown as WorkloadTally;

function queryCount(
  query: ReportQuery,
  known: Known,
  asked: WorkloadAsked,
  { table, looksAt, parts }: Count,
): Promise<readonly CountRow[]> {
  const values = new Values();
  const where = knownRows(values, known, asked.filter);
  const edges = sqlEdges(values, asked, asked.asOf);
  return query<CountRow>(
    `SELECT ${groupOf(asked.by)} AS "group", ${partCounts(parts, edges)}
      FROM ${table} WHERE ${where} AND ${looksAt(edges)} GROUP BY 1`,
    values.list,
  );
}

/** Open leads of each person by SQL, of whatever agreement; gives what `tallyLoads` would give. */
export async function queryLoads(query: ReportQuery, known: Known): Promise<Readonly<Record<string, number>>> {
  const values = new Values();
  const rows = await query<{ readonly owner: string; readonly count: string }>(
    `SELECT owner, count(*) AS count FROM report_standing
      WHERE workspace = ${values.add(known.workspace)} AND is_open AND owner IS NOT NULL AND ${isKnownBy(values, known)}
      GROUP BY 1`,
    values.list,
  );
  return Object.fromEntries(rows.map(({ owner, count }) => [owner, Number(count)]));
}
