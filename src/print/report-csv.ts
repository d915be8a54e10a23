import {
  kindIn,
  type Column,
  type ReportDocument,
  type Section,
  type Table,
  type TableRow,
} from '../domain/reports/index.js';
import { fieldsOf, isoOf, namesOf } from './csv-columns.js';
import { csvLines, type CsvField } from './csv.js';

/** What stands before each row, so that files put together still tell whence a row comes. */
const opening = ['report', 'agreement', 'period', 'asOf', 'filters', 'section'] as const;

/**
 * A whole report as one table for programs: its sections' rows below each other, a column for each name that any of them
 * has. Values are as they were counted: shares of 1 unrounded, times in milliseconds, instants in UTC, amounts with
 * their currency in a column of their own; an empty field says that there is none.
 */
export function reportCsv(document: ReportDocument): string {
  const { report, agreement, period, asOf, filters, sections } = document;
  const names = [...new Set(sections.flatMap(({ table }) => namesIn(table)))];
  const before = [report, agreement, period.name, isoOf(asOf), filters.length === 0 ? null : filters.join(', ')];
  const rows = sections.flatMap((section) =>
    section.table.rows.map((row) => [...before, section.id, ...fieldsIn(section, row, names), row.isFaint ? 1 : null]),
  );
  return csvLines([[...opening, ...names, 'isFaint'], ...rows]);
}

/** Of every column, and of its cells that are of another kind. */
const namesIn = ({ columns, rows }: Table): readonly string[] =>
  columns.flatMap((column) => [
    ...namesOf(column),
    ...rows.filter(({ kinds }) => kinds?.[column.id]).flatMap((row) => namesOf(ofKind(row, column))),
  ]);

const ofKind = (row: TableRow, column: Column): Column => ({ ...column, kind: kindIn(row, column) });

function fieldsIn({ table }: Section, row: TableRow, names: readonly string[]): readonly CsvField[] {
  const fields = new Map(
    table.columns.flatMap((asDeclared, index) => {
      const column = ofKind(row, asDeclared);
      const values = fieldsOf(column, row.cells[index] ?? null);
      return namesOf(column).map((name, at) => [name, values[at] ?? null] as const);
    }),
  );
  return names.map((name) => fields.get(name) ?? null);
}
