import { markup, Markup } from '../../domain/notices/index.js';
import {
  cellText,
  isFigureStatus,
  kindIn,
  statusWords,
  type Cell,
  type CellKind,
  type Column,
  type SayInstant,
  type Table,
  type TableRow,
} from '../../domain/reports/index.js';

/** What a page knows of a table beyond its cells. */
export interface TableFrame {
  /** What the table is, for whoever hears it read. */
  readonly caption: string;
  /** The id of the heading above it. */
  readonly headingId: string;
  readonly say: SayInstant;
  /** Where the list behind a number is read. */
  readonly pageOf: (list: string) => string;
}

/** Of more, paper sets a table in smaller letters rather than a number in two lines. */
const FEW_COLUMNS = 12;
const many = new Markup(' class="many"');

interface Shown {
  readonly column: Column;
  readonly index: number;
}

/** A table with caption, headers of columns and rows, and a link from each number to what it counts. */
export function reportTable(table: Table, frame: TableFrame): Markup {
  if (table.rows.length === 0) return markup`<p class="quiet">Nothing to show.</p>`;
  const shown = shownColumns(table);
  return markup`<div class="scroll" role="region" aria-labelledby="${frame.headingId}" tabindex="0">
<table role="table"${shown.length > FEW_COLUMNS ? many : null}>
<caption><span class="unseen">${frame.caption}</span></caption>
<thead role="rowgroup"><tr role="row">${shown.map(({ column }, index) => markup`<th role="columnheader" scope="col"${headClass(column, index)}>${column.title}</th>`)}</tr></thead>
<tbody role="rowgroup">
${table.rows.map((row) => tableRow(row, shown, frame))}</tbody>
</table>
</div>`;
}

/** A column in which nothing is said is left out. */
const shownColumns = ({ columns, rows }: Table): readonly Shown[] =>
  columns
    .map((column, index) => ({ column, index }))
    .filter(({ index }) => index === 0 || rows.some(({ cells }) => (cells[index] ?? null) !== null));

/** What rows are about stands at their beginning, also where it is a number. */
function headClass({ kind, title }: Column, index: number): Markup | null {
  if (index === 0 || !isNumber(kind)) return null;
  return new Markup(title.length > 20 ? ' class="number long"' : ' class="number"');
}

const isNumber = (kind: CellKind): boolean => kind !== 'text' && kind !== 'status' && kind !== 'instant';

const tableRow = (row: TableRow, [head, ...others]: readonly Shown[], frame: TableFrame): Markup =>
  markup`<tr role="row"${row.isFaint ? new Markup(' class="faint"') : null}><th role="rowheader" scope="row"${headMarks(row, head!)}>${content(row, head!, frame)}${row.isFaint ? few : null}</th>${others.map((shown) => tableCell(row, shown, frame))}</tr>
`;

/** A number at a row's beginning needs its name where columns have no heads; a name is never broken. */
const headMarks = (row: TableRow, { column, index }: Shown): Markup | null => {
  if (isNumber(kindIn(row, column))) return markup` data-column="${column.title}"`;
  return isShort(row.cells[index] ?? null) ? word : null;
};
const word = new Markup(' class="word"');

const few = new Markup('<span class="unseen"> (too few to judge)</span>');

function tableCell(row: TableRow, shown: Shown, frame: TableFrame): Markup {
  const { title } = shown.column;
  const isNone = (row.cells[shown.index] ?? null) === null;
  const kind = kindIn(row, shown.column);
  const classes = [
    ...(isNumber(kind) ? ['number'] : []),
    ...(kind === 'instant' ? ['instant'] : []),
    ...(kind === 'text' ? [isShort(row.cells[shown.index] ?? null) ? 'word' : 'words'] : []),
    ...(isNone ? ['none'] : []),
  ].join(' ');
  const attributes = classes === '' ? null : markup` class="${classes}"`;
  return markup`<td role="cell"${attributes} data-column="${title}">${content(row, shown, frame)}</td>`;
}

/** A name or a code, which no reader wants broken in two; whatever is longer needs the room to be read. */
const isShort = (cell: Cell): boolean => typeof cell !== 'string' || cell.length <= 24;

function content(row: TableRow, { column, index }: Shown, { say, pageOf }: TableFrame): Markup {
  const cell = row.cells[index] ?? null;
  const kind = kindIn(row, column);
  const text = kind === 'status' && isFigureStatus(cell) ? statusMark(cell) : plain(cell, kind, say);
  const list = cell === null || cell === 'no-leads' ? undefined : row.leads?.[column.id];
  return list === undefined ? text : markup`<a href="${pageOf(list)}">${text}</a>`;
}

const plain = (cell: Cell, kind: CellKind, say: SayInstant): Markup => markup`${cellText(cell, kind, say)}`;

/** A sign, a word and a colour, of which the word alone is enough. */
export const statusMark = (status: keyof typeof statusWords): Markup =>
  markup`<span class="status ${status}"><span aria-hidden="true">${statusWords[status].sign}</span> ${statusWords[status].word}</span>`;
