import { kindIn, type Column, type Table } from '../domain/reports/index.js';

/** So much of a table stands in a mail: the PDF beside it has all of it. */
export interface MailedTable extends Table {
  readonly columns: readonly (Column & { readonly index: number })[];
  readonly omittedRowCount: number;
}

const COLUMN_COUNT_MAX = 6;

/** What a reader looks for first, by the ids that reports give their columns. */
const telling = ['group', 'goal', 'target', 'value', 'actual', 'status', 'before', 'current', 'met', 'breached'];

/** The first rows, and of wide tables the first column and those that tell how it stands. */
export function mailedTable({ columns, rows }: Table, rowCountMax: number): MailedTable {
  const said = columns
    .map((column, index) => ({ ...column, index }))
    .filter(({ index }) => rows.some(({ cells }) => (cells[index] ?? null) !== null));
  return {
    columns: said.length <= COLUMN_COUNT_MAX ? said : tellingOf(said),
    rows: rows.slice(0, rowCountMax),
    omittedRowCount: Math.max(0, rows.length - rowCountMax),
  };
}

function tellingOf<C extends Column>([first, ...others]: readonly C[]): readonly C[] {
  const rank = ({ id }: C): number => (telling.includes(id) ? telling.indexOf(id) : telling.length);
  const kept = others.toSorted((one, other) => rank(one) - rank(other)).slice(0, COLUMN_COUNT_MAX - 1);
  return [first!, ...others.filter((column) => kept.includes(column))];
}

/** Numbers stand below each other by their last digit; words, statuses and instants begin where their head does. */
export const isNumeric = (row: Table['rows'][number], column: Column): boolean =>
  !['text', 'status', 'instant'].includes(kindIn(row, column));
