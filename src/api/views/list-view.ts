import type { LeadList, ListPage, TableRow } from '../../domain/reports/index.js';
import { cellView } from './cell-view.js';
import { iso } from './iso.js';

/** A page of the list behind a number, as JSON: each row as an object, by the columns' names. */
export const listView = (list: LeadList, { rows }: ListPage, next: string | null) => ({
  report: list.report,
  figure: list.figure,
  part: list.part,
  agreement: list.agreement,
  timeZone: list.timeZone,
  period: { name: list.period.name, from: iso(list.period.from), to: iso(list.period.to) },
  asOf: iso(list.asOf),
  filters: list.filters,
  columns: list.columns,
  leads: rows.map((row) => rowView(list, row)),
  next,
});

const rowView = ({ columns }: LeadList, { cells }: TableRow) =>
  Object.fromEntries(columns.map(({ id, kind }, index) => [id, cellView(cells[index] ?? null, kind)]));
