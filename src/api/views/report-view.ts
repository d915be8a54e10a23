import { kindIn, type Column, type ReportDocument, type Section, type TableRow } from '../../domain/reports/index.js';
import { cellView } from './cell-view.js';
import { iso } from './iso.js';

/** A report as JSON: each table's rows as objects, by the columns' names. */
export const reportView = ({
  report,
  title,
  agreement,
  timeZone,
  period,
  asOf,
  filters,
  sections,
}: ReportDocument) => ({
  report,
  title,
  agreement,
  timeZone,
  period: { name: period.name, from: iso(period.from), to: iso(period.to) },
  asOf: iso(asOf),
  filters,
  sections: sections.map(sectionView),
});

const sectionView = ({ id, title, notes, table, charts }: Section) => ({
  id,
  title,
  notes,
  columns: table.columns,
  rows: table.rows.map((row) => rowView(table.columns, row)),
  charts,
});

const rowView = (columns: readonly Column[], row: TableRow) => ({
  ...Object.fromEntries(
    columns.map((column, index) => [column.id, cellView(row.cells[index] ?? null, kindIn(row, column))]),
  ),
  ...(row.kinds && { kinds: row.kinds }),
  ...(row.isFaint && { isFaint: row.isFaint }),
  ...(row.leads !== undefined && { leads: row.leads }),
});
