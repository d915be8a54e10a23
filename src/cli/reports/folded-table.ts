import type { CellKind } from '../../domain/reports/index.js';
import { table } from '../table.js';

/** A column that has its words already. */
export interface SaidColumn {
  readonly title: string;
  readonly kind: CellKind;
}

/** How a cell is set off, padded already; row 0 has the titles. */
type Paint = (text: string, row: number, column: number) => string;

const isNumber = (kind: CellKind): boolean => kind !== 'text' && kind !== 'status' && kind !== 'instant';

const GAP = 2;

/**
 * A table whose numbers stand right below each other. Where it is wider than the terminal it is folded: its columns go on
 * below, each time behind those that say what a row is about.
 * @param rows the words of each row's cells, one for each column
 * @param width undefined: as wide as it is, for programs and files
 */
export function foldedTable(
  columns: readonly SaidColumn[],
  rows: readonly (readonly string[])[],
  paint: Paint,
  width?: number,
): readonly string[] {
  const all = [columns.map(({ title }) => title), ...rows];
  const widths = columns.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  return foldsOf(rows, widths, width).flatMap((shown, index) => {
    const cells = all.map((row) => shown.map((column) => padded(row[column]!, widths[column]!, columns[column]!.kind)));
    const lines = table(cells, (text, row, column) => paint(text, row, shown[column]!));
    return index === 0 ? lines : ['', ...lines];
  });
}

const padded = (text: string, width: number, kind: CellKind): string =>
  isNumber(kind) ? text.padStart(width) : text.padEnd(width);

/** Which columns stand together: the leading ones in each fold, and of the others as many as there is room for. */
function foldsOf(
  rows: readonly (readonly string[])[],
  widths: readonly number[],
  width = Number.POSITIVE_INFINITY,
): readonly (readonly number[])[] {
  const leading = Array.from({ length: leadingCount(rows, widths, width) }, (_, column) => column);
  const folds: number[][] = [[...leading]];
  for (let column = leading.length; column < widths.length; column += 1) {
    const fold = folds.at(-1)!;
    const isFull = fold.length > leading.length && sum([...fold, column].map((one) => widths[one]!)) > width;
    if (isFull) folds.push([...leading, column]);
    else fold.push(column);
  }
  return folds;
}

/** As many of the first columns as tell the rows apart, so that no line leaves open what it is about. */
function leadingCount(rows: readonly (readonly string[])[], widths: readonly number[], width: number): number {
  for (let count = 1; count < widths.length && sum(widths.slice(0, count)) <= (2 / 3) * width; count += 1) {
    if (new Set(rows.map((row) => row.slice(0, count).join('\n'))).size === rows.length) return count;
  }
  return 1;
}

const sum = (widths: readonly number[]): number => widths.reduce((all, one) => all + one + GAP, 0);
