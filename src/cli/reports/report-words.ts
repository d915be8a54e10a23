import {
  cellText,
  isFigureStatus,
  kindIn,
  statusWords,
  type Cell,
  type Chart,
  type Column,
  type TableRow,
} from '../../domain/reports/index.js';
import { table } from '../table.js';
import { plainInk, type Ink } from './ink.js';
import { sparkline } from './sparkline.js';

type RowView = Readonly<Record<string, Cell>> & Pick<TableRow, 'kinds' | 'isFaint'>;

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
    readonly rows: readonly RowView[];
    readonly charts: readonly Chart[];
  }[];
}

type SectionView = ReportView['sections'][number];

/** A report for a terminal: a heading, then each section's table, its trends, and what must be known to read it. */
export function reportLines(report: ReportView, ink: Ink = plainInk): readonly string[] {
  const only = report.filters.length === 0 ? '' : `, only ${report.filters.join(', ')}`;
  const heading = `${report.title}: ${report.agreement}, ${report.period.name} (${report.timeZone})${only}`;
  return [
    ink.strong(heading),
    ink.faint(`as of ${report.asOf}`),
    ...report.sections.flatMap((one) => sectionLines(one, ink)),
  ];
}

function sectionLines({ title, notes, columns, rows, charts }: SectionView, ink: Ink): readonly string[] {
  return [
    '',
    ink.strong(title),
    ...(rows.length === 0 ? ['  nothing'] : tableLines(columns, rows, ink)),
    ...trendLines(charts, ink),
    ...notes.map((note) => `  ${ink.faint(note)}`),
  ];
}

/** A column in which nothing stands is left out. */
function tableLines(columns: readonly Column[], rows: readonly RowView[], ink: Ink): readonly string[] {
  const shown = columns.filter(({ id }) => rows.some((row) => row[id] !== null));
  const cells = rows.map((row) => shown.map((column) => textIn(row, column)));
  return table([shown.map((column) => column.title), ...cells], (text, at, index) => {
    if (at === 0) return ink.faint(text);
    const row = rows[at - 1]!;
    if (row.isFaint) return ink.faint(text);
    const cell = row[shown[index]!.id] ?? null;
    return isFigureStatus(cell) && kindIn(row, shown[index]!) === 'status' ? ink.status(text, cell) : text;
  });
}

function textIn(row: RowView, column: Column): string {
  const cell = row[column.id] ?? null;
  const kind = kindIn(row, column);
  const text = cellText(cell, kind);
  return kind === 'status' && isFigureStatus(cell) ? `${statusWords[cell].sign} ${text}` : text;
}

/** Each line of a chart as blocks, with its first and its last value in words. */
const trendLines = (charts: readonly Chart[], ink: Ink): readonly string[] =>
  charts.flatMap((chart) => {
    if (chart.shape !== 'line') return [];
    const [first, last] = [chart.points[0], chart.points.at(-1)];
    if (first === undefined || last === undefined) return [];
    const said = [first, last].map(({ label, value }) => `${label} ${cellText(value ?? 'no-leads', chart.kind)}`);
    const goal = chart.target === undefined ? '' : `, target ${cellText(chart.target, chart.kind)}`;
    const values = chart.points.map(({ value }) => value);
    return [`  ${chart.title}  ${sparkline(values, chart.kind)}  ${ink.faint(`${said.join(' → ')}${goal}`)}`];
  });
