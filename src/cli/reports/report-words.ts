import { cellText, kindIn, type Cell, type Column, type TableRow } from '../../domain/reports/index.js';
import { table } from '../table.js';

/** A report as the API answers it. */
export interface ReportView {
  readonly title: string;
  readonly agreement: string;
  readonly timeZone: string;
  readonly period: { readonly name: string };
  readonly asOf: string;
  readonly filters: readonly string[];
  readonly sections: readonly {
    readonly title: string;
    readonly notes: readonly string[];
    readonly columns: readonly Column[];
    readonly rows: readonly (Readonly<Record<string, Cell>> & Pick<TableRow, 'kinds' | 'isFaint'>)[];
  }[];
}

/** A report for a terminal: a heading, then each section's table and what must be known to read it. */
export function reportLines(report: ReportView): readonly string[] {
  const only = report.filters.length === 0 ? '' : `, only ${report.filters.join(', ')}`;
  const heading = `${report.title}: ${report.agreement}, ${report.period.name} (${report.timeZone})${only}`;
  return [heading, `as of ${report.asOf}`, ...report.sections.flatMap(sectionLines)];
}

function sectionLines({ title, notes, columns, rows }: ReportView['sections'][number]): readonly string[] {
  const shown = columns.filter(({ id }) => rows.some((row) => row[id] !== null));
  const cells = rows.map((row) => shown.map((column) => cellText(row[column.id] ?? null, kindIn(row, column))));
  const body = rows.length === 0 ? ['  nothing'] : table([shown.map((column) => column.title), ...cells]);
  return ['', title, ...body, ...notes.map((note) => `  ${note}`)];
}
