import { ALL, type ListFilter, type ListGrouping } from '../domain/reports/index.js';
import { sqlEdges, groupOf, knownRows, Values, type Edges, type Span } from './known-rows.js';
import type { Known, ReportQuery } from './ports.js';
import { rowKinds, type RowKind } from './row-kinds.js';

/** Which rows a number counts, as an SQL condition. */
export type Part = (edges: Edges) => string;

/**
 * Numbers that count rows of one kind, by name. What counts and what lists read these same conditions, so that the list
 * behind a number has as many rows as the number says.
 */
export interface Figure {
  readonly rows: RowKind;
  /** The instant by which rows belong to the period, where it is the same for all parts: others need not be read. */
  readonly at?: string;
  readonly parts: Readonly<Record<string, Part>>;
}

export type Figures = Readonly<Record<string, Figure>>;

/** Rows whose instant lies in the period. */
export const isIn = (at: string, { from, to }: Edges): string => `${at} >= ${from} AND ${at} < ${to}`;

export const anyOf = (...parts: readonly Part[]): Part => {
  return (edges) => parts.map((part) => `(${part(edges)})`).join(' OR ');
};

/** Rows of which an instant lies in the period and which are as the condition says. */
export const inPeriod = (at: string, condition = 'true'): Part => {
  return (edges) => `${isIn(at, edges)} AND (${condition})`;
};

/** The rows of a kind that are known and pass the filter, as what stands after `FROM`. */
export const rowsOf = (values: Values, kind: RowKind, known: Known, filter: ListFilter, edges: Edges): string =>
  rowKinds[kind].from(knownRows(values, known, filter), edges, () => knownRows(values, known, {}));

/** How many rows each part counts, as columns of the parts' names. */
export const partCounts = (parts: Figure['parts'], edges: Edges): string =>
  Object.entries(parts)
    .map(([name, part]) => `count(*) FILTER (WHERE ${part(edges)}) AS "${name}"`)
    .join(', ');

type CountRow = Readonly<Record<string, string>> & { readonly group: string };

/** How many rows each part of a figure counts, by group; without a grouping, all of them are `all`. */
export async function countParts(
  query: ReportQuery,
  known: Known,
  { rows, at, parts }: Figure,
  asked: Span & { readonly filter: ListFilter; readonly by?: ListGrouping },
): Promise<Readonly<Record<string, Readonly<Record<string, number>>>>> {
  const values = new Values();
  const edges = sqlEdges(values, asked, known.asOf);
  const from = rowsOf(values, rows, known, asked.filter, edges);
  const names = Object.keys(parts);
  const group = asked.by === undefined ? `'${ALL}'` : groupOf(asked.by);
  const counted = await query<CountRow>(
    `SELECT ${group} AS "group", ${partCounts(parts, edges)} FROM ${from}
      ${at === undefined ? '' : `WHERE ${isIn(at, edges)}`} GROUP BY 1`,
    values.list,
  );
  return Object.fromEntries(
    counted.map((row) => [row.group, Object.fromEntries(names.map((name) => [name, Number(row[name])]))]),
  );
}
