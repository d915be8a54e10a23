import {
  kindIn,
  type Cell,
  type CellKind,
  type Column,
  type Money,
  type TableRow,
} from '../../domain/reports/index.js';
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

const MINUTE_MS = 60_000;

/** A cell in words: shares rounded down to 0.1 %, times in hours and minutes. */
export function cellText(cell: Cell, kind: CellKind): string {
  if (cell === null) return '–';
  if (typeof cell === 'object') return moneyText(cell);
  if (typeof cell === 'string') return cell === 'no-leads' ? 'no leads' : cell;
  switch (kind) {
    case 'share':
      return `${(Math.floor(cell * 1_000 + 1e-9) / 10).toFixed(1)} %`;
    case 'open-time':
    case 'elapsed':
      return timeText(cell);
    case 'instant':
      return new Date(cell).toISOString();
    case 'text':
    case 'count':
    case 'days':
    case 'money':
    case 'status':
      return String(cell);
  }
}

const moneyText = ({ minor, currency }: Money): string => `${(minor / 100).toFixed(2)} ${currency}`;

function timeText(ms: number): string {
  const minutes = Math.floor(ms / MINUTE_MS);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
