import {
  leadGroupings,
  type Cell,
  type CellKind,
  type ListFilter,
  type Column,
  type LeadList,
  type ListPage,
  type ListPlace,
  type ListRequest,
  type NoSuchList,
  type TableRow,
} from '../domain/reports/index.js';
import { column } from './cells.js';
import { rowsOf, type Figure, type Figures } from './figures.js';
import { sqlEdges, Values } from './known-rows.js';
import { explainLink } from './list-links.js';
import type { Known, ReportAsked, ReportSource } from './ports.js';
import { rowKinds, type RowKind } from './row-kinds.js';

/** Which list it is. */
export type ListNamed = Pick<ListRequest, 'report' | 'figure' | 'part' | 'filter'>;

/** Makes a list of another kind than those of rows that figures count. */
export type MakeList = (source: ReportSource, named: ListNamed, asked: ListAsked) => LeadList | NoSuchList;

/** Where and when the question is put. */
export type ListAsked = Pick<ReportAsked, 'agreement' | 'governance' | 'period' | 'months' | 'asOf'>;

/** What a number counts, as a list; or what could have been asked for instead. */
export function leadList(
  source: ReportSource,
  figures: Figures,
  { report, figure, part, filter }: ListNamed,
  asked: ListAsked,
): LeadList | NoSuchList {
  const found = figures[figure];
  if (found === undefined) return { code: 'unknown-figure', possible: Object.keys(figures) };
  if (found.parts[part] === undefined) return { code: 'unknown-part', possible: Object.keys(found.parts) };
  const fit = [...rowKinds[found.rows].groupings, ...leadGroupings];
  const unfit = Object.keys(filter).filter((by) => !fit.some((one) => one === by));
  if (unfit.length > 0) return { code: 'unfit-filter', possible: fit };
  const { agreement, period, asOf } = asked;
  const known: Known = { workspace: source.workspace, agreement: agreement.name, asOf };
  return {
    ...listHead({ report, figure, part, filter }, asked),
    columns: columnsOf(found.rows),
    pages: (after, pageSize) =>
      pagesOf(after, (place) =>
        readPage(source, known, { figure: found, part, filter, from: period.from, to: period.to }, place, pageSize),
      ),
  };
}

/** What a list says of itself, whatever it lists. */
export const listHead = (
  { report, figure, part, filter }: ListNamed,
  { agreement, governance, period, asOf }: ListAsked,
): Omit<LeadList, 'columns' | 'pages'> => ({
  report,
  figure,
  part,
  agreement: agreement.name,
  timeZone: governance.timeZone,
  period,
  asOf,
  filters: Object.entries(filter).map(([by, value]) => `${by} ${value}`),
});

/** What a list shows: the lead, what is counted of it, and where it says why. */
const columnsOf = (kind: RowKind): readonly Column[] => [
  column('leadId', 'lead', 'text'),
  column('externalId', 'id at its source', 'text'),
  ...rowKinds[kind].columns.map(({ id, title, kind: cellKind }) => column(id, title, cellKind)),
  column('explain', 'why', 'text'),
];

/** Page after page, each read when it is asked for. */
export async function* pagesOf(
  after: ListPlace | null,
  read: (place: ListPlace | null) => Promise<ListPage>,
): AsyncGenerator<ListPage> {
  for (let page = await read(after); ; page = await read(page.next)) {
    yield page;
    if (page.next === null) return;
  }
}

interface Question {
  readonly figure: Figure;
  readonly part: string;
  readonly filter: ListFilter;
  readonly from: number;
  readonly to: number;
}

type ListedRow = Readonly<Record<string, unknown>>;

/** One row more is read than is shown, to know whether another page follows. */
async function readPage(
  { query }: ReportSource,
  known: Known,
  { figure, part, filter, from, to }: Question,
  after: ListPlace | null,
  pageSize: number,
): Promise<ListPage> {
  const { key, columns } = rowKinds[figure.rows];
  const values = new Values();
  const edges = sqlEdges(values, { from, to }, known.asOf);
  const rows = rowsOf(values, figure.rows, known, filter, edges);
  const goesOn = after === null ? '' : `AND (${key.join(', ')}) > (${after.map((one) => values.add(one)).join(', ')})`;
  // The name of a lead at its source is as at intake for ever: the one join that needs no as-of.
  const listed = await query<ListedRow>(
    `SELECT page.*, lead.external_id AS "externalId" FROM (
        SELECT ${key.map((name, index) => `${name} AS key_${index}`).join(', ')},
          ${columns.map(({ sql, id }) => `${sql} AS "${id}"`).join(', ')}
        FROM ${rows} WHERE (${figure.parts[part]!(edges)}) ${goesOn}
        ORDER BY ${key.join(', ')} LIMIT ${pageSize + 1}) AS page
      LEFT JOIN lead ON lead.workspace = ${values.add(known.workspace)} AND lead.id = page.key_0
      ORDER BY ${key.map((_, index) => `page.key_${index}`).join(', ')}`,
    values.list,
  );
  const page = listed.slice(0, pageSize);
  const last = listed.length > pageSize ? page.at(-1)! : undefined;
  const next = last === undefined ? null : key.map((_, index) => last[`key_${index}`] as string | number);
  return { rows: page.map((row) => rowOf(row, columnsOf(figure.rows), known)), next };
}

const rowOf = (row: ListedRow, columns: readonly Column[], { asOf }: Known): TableRow => {
  const leadId = String(row['key_0']);
  const more: ListedRow = { ...row, leadId, explain: explainLink(leadId, asOf) };
  return { cells: columns.map(({ id, kind }) => cellOf(more[id], kind)) };
};

/** PostgreSQL's driver gives instants as dates and large numbers as texts; of flags, only true ones are told. */
function cellOf(value: unknown, kind: CellKind): Cell {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.getTime();
  if (typeof value === 'boolean') return value ? 'yes' : null;
  return kind === 'text' ? (value as string) : Number(value);
}
