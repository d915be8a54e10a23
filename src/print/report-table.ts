import type PDFDocument from 'pdfkit';
import {
  cellText,
  isFigureStatus,
  kindIn,
  statusWords,
  type Column,
  type SayInstant,
  type Table,
  type TableRow,
} from '../domain/reports/index.js';
import type { Block, BlockMaker, TextLook } from './blocks.js';
import type { PageFlow } from './page-flow.js';
import { HAIRLINE, looks, statusColors, STRONG_LINE } from './report-looks.js';

/** A word that is longer is broken; a text that is wider goes on in the next line. */
const COLUMN_WIDTH_MAX = 190;
const COLUMN_WIDTH_MIN = 24;
const CELL_GAP = 8;
/** A word is broken unless the blank behind it has room as well. */
const BLANK = 3.5;
/** So many rows stand at least below a head before a page ends. */
const ROWS_BELOW_HEAD = 2;

interface Printed {
  readonly column: Column;
  readonly index: number;
  /** In one line. */
  readonly naturalWidth: number;
  /** With a line for each word. */
  readonly leastWidth: number;
}

/**
 * Puts a table below its heading on as many pages as it needs, each with the head; one too wide for a page, in several
 * parts, of which the later ones leave out the rows in which they have nothing to say.
 */
export function putTable(press: TablePress, heading: Block, table: Table): void {
  const [first = [], ...others] = partsOf(printedColumns(press.make, table, press.say), press.flow.area.width);
  putPart(press, heading, first, table.rows);
  for (const columns of others) putPart(press, press.make.gap(8), columns, rowsThatSay(columns, table.rows));
}

const rowsThatSay = ([, ...columns]: readonly Printed[], rows: readonly TableRow[]): readonly TableRow[] =>
  rows.filter(({ cells }) => columns.some(({ index }) => (cells[index] ?? null) !== null));

/** A column in which nothing stands says nothing on paper. */
const printedColumns = (make: BlockMaker, { columns, rows }: Table, say: SayInstant): readonly Printed[] =>
  columns.flatMap((column, index) => {
    if (rows.every(({ cells }) => (cells[index] ?? null) === null)) return [];
    const texts = rows.map((row) => textIn(row, column, index, say));
    return [{ column, index, ...widthsOf(make, column, texts) }];
  });

function widthsOf(make: BlockMaker, { title, kind }: Column, texts: readonly string[]) {
  // Names and statuses are bold, which is wider.
  const widest = (words: readonly string[]) => Math.max(0, ...words.map((word) => make.widthOf(word, looks.name)));
  const shown = [...new Set(texts)];
  const head = Math.max(...title.split(' ').map((word) => make.widthOf(word, looks.head)));
  const natural = Math.max(widest(shown), head);
  // Only texts are broken: a number in two lines is two numbers.
  const least = kind === 'text' ? Math.max(widest(shown.flatMap((text) => text.split(' '))), head) : natural;
  const within = (width: number) => Math.min(Math.max(width + BLANK, COLUMN_WIDTH_MIN), COLUMN_WIDTH_MAX) + CELL_GAP;
  return { naturalWidth: within(natural), leastWidth: within(least) };
}

/** The columns in as few parts as fit side by side; each part begins with the first column, which names the row. */
function partsOf(columns: readonly Printed[], width: number): readonly (readonly Printed[])[] {
  const [first, ...others] = columns;
  if (first === undefined) return [];
  const parts: Printed[][] = [[first]];
  for (const column of others) {
    const used = parts.at(-1)!.reduce((sum, { leastWidth }) => sum + leastWidth, 0);
    if (used + column.leastWidth > width && parts.at(-1)!.length > 1) parts.push([first]);
    parts.at(-1)!.push(column);
  }
  return parts;
}

export interface TablePress {
  readonly pdf: PDFDocument;
  readonly make: BlockMaker;
  readonly flow: PageFlow;
  readonly say: SayInstant;
}

function putPart(press: TablePress, above: Block, columns: readonly Printed[], rows: readonly TableRow[]): void {
  const { pdf, make, flow } = press;
  const table = pdf.struct('Table');
  const widths = fittedWidths(columns, flow.area.width);
  const place = { table, hairline: HAIRLINE, gap: CELL_GAP } as const;
  const head = make.row(
    columns.map(({ column }, index) => ({ share: widths[index]!, look: aligned(looks.head, column) })),
    columns.map(({ column }) => column.title),
    { ...place, cell: 'TH', hairline: STRONG_LINE },
  );
  const body = rows.map((row) => bodyRow(press, columns, widths, row, place));
  const below = body.slice(0, ROWS_BELOW_HEAD).reduce((sum, row) => sum + row.heightIn(tableWidth(widths)), 0);
  const headHeight = head.heightIn(tableWidth(widths));
  flow.put(above, headHeight + below);
  pdf.addStructure(table);
  flow.put(narrowed(head, widths), below);
  for (const row of body.map((one) => narrowed(one, widths))) {
    if (!flow.fits(row)) {
      flow.turn();
      flow.put(narrowed(head, widths));
    }
    flow.put(row);
  }
  table.end();
}

const tableWidth = (widths: readonly number[]): number => widths.reduce((sum, width) => sum + width, 0);

/** A block that is no wider than the table, on however wide a page. */
const narrowed = (block: Block, widths: readonly number[]): Block => ({
  heightIn: () => block.heightIn(tableWidth(widths)),
  drawAt: (x, y) => block.drawAt(x, y, tableWidth(widths)),
});

/** As wide as their texts; a little wider where there is room, and narrower, down to their words, where there is none. */
function fittedWidths(columns: readonly Printed[], width: number): readonly number[] {
  const natural = columns.reduce((sum, column) => sum + column.naturalWidth, 0);
  if (natural <= width) {
    const more = Math.min((width - natural) / columns.length, 18);
    return columns.map(({ naturalWidth }) => naturalWidth + more);
  }
  const least = columns.reduce((sum, column) => sum + Math.min(column.leastWidth, column.naturalWidth), 0);
  const part = Math.max(0, (width - least) / (natural - least));
  return columns.map(({ leastWidth, naturalWidth }) => leastWidth + part * (naturalWidth - leastWidth));
}

function bodyRow(
  { make, say }: TablePress,
  columns: readonly Printed[],
  widths: readonly number[],
  row: TableRow,
  place: Omit<Parameters<BlockMaker['row']>[2], 'cell'>,
): Block {
  const cells = columns.map(({ column, index }, at) => ({
    share: widths[at]!,
    look: lookOf(row, column, index, at === 0),
  }));
  const texts = columns.map(({ column, index }) => textIn(row, column, index, say));
  return make.row(cells, texts, { ...place, cell: 'TD' });
}

function textIn(row: TableRow, column: Column, index: number, say: SayInstant): string {
  const cell = row.cells[index] ?? null;
  const kind = kindIn(row, column);
  const text = cellText(cell, kind, say);
  return kind === 'status' && isFigureStatus(cell) ? `${statusWords[cell].sign} ${text}` : text;
}

function lookOf(row: TableRow, column: Column, index: number, isFirst: boolean): TextLook {
  if (row.isFaint) return aligned(looks.faint, column);
  const cell = row.cells[index] ?? null;
  if (kindIn(row, column) === 'status' && isFigureStatus(cell)) return { ...looks.status, color: statusColors[cell] };
  if (cell === null || cell === 'no-leads') return aligned(looks.nothing, column);
  return aligned(isFirst ? looks.name : looks.cell, column);
}

/** Numbers stand below each other by their last digit; words, statuses and instants begin where their head does. */
const aligned = (look: TextLook, { kind }: Column): TextLook =>
  kind === 'text' || kind === 'status' || kind === 'instant' ? look : { ...look, align: 'right' };
