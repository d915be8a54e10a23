import type { ReportDocument, Section } from '../../domain/reports/index.js';
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
  rows: table.rows.map(({ cells, kinds, isFaint, leads }) => ({
    ...Object.fromEntries(table.columns.map(({ id: name }, index) => [name, cells[index] ?? null])),
    ...(kinds && { kinds }),
    ...(isFaint && { isFaint }),
    ...(leads !== undefined && { leads }),
  })),
  charts,
});
