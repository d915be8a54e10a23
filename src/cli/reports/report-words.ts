import {
  cellText,
  isFigureStatus,
  kindIn,
  statusWords,
  type Cell,
  type Chart,
  type Column,
  type SayInstant,
  type TableRow,
} from '../../domain/reports/index.js';
import { foldedTable } from './folded-table.js';
import { plainInk, type Ink } from './ink.js';
import { sparkline } from './sparkline.js';
import { wordWrap } from './word-wrap.js';

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

/** What lines are written for. */
export interface Screen {
  readonly ink: Ink;
  /** How an instant is said; absent: in UTC. */
  readonly say?: SayInstant;
  /** In characters; absent: lines are as long as they are. */
  readonly width?: number;
}

/** A report for a terminal: a heading, then each section's table, its trends, and what must be known to read it. */
export function reportLines(report: ReportView, screen: Screen = { ink: plainInk }): readonly string[] {
  const { ink } = screen;
  const only = report.filters.length === 0 ? '' : `, only ${report.filters.join(', ')}`;
  const heading = `${report.title}: ${report.agreement}, ${report.period.name} (${report.timeZone})${only}`;
  return [
    ...wordWrap(heading, screen.width).map((line) => ink.strong(line)),
    ink.faint(`as of ${textOf(report.asOf, 'instant', screen)}`),
    ...report.sections.flatMap((one) => sectionLines(one, screen)),
  ];
}

function sectionLines({ title, notes, columns, rows, charts }: SectionView, screen: Screen): readonly string[] {
  const { ink, width } = screen;
  return [
    '',
    ink.strong(title),
    ...(rows.length === 0 ? ['  nothing'] : tableLines(columns, rows, screen)),
    ...trendLines(charts, screen),
    ...notes.flatMap((note) => wordWrap(note, width && width - 2)).map((line) => `  ${ink.faint(line)}`),
  ];
}

/** A column in which nothing stands is left out. */
function tableLines(columns: readonly Column[], rows: readonly RowView[], screen: Screen): readonly string[] {
  const { ink, width } = screen;
  const shown = columns.filter(({ id }) => rows.some((row) => row[id] !== null));
  const cells = rows.map((row) => shown.map((column) => textIn(row, column, screen)));
  const paint = (text: string, at: number, index: number): string => {
    if (at === 0) return ink.faint(text);
    const row = rows[at - 1]!;
    if (row.isFaint) return ink.faint(text);
    const cell = row[shown[index]!.id] ?? null;
    return isFigureStatus(cell) && kindIn(row, shown[index]!) === 'status' ? ink.status(text, cell) : text;
  };
  return foldedTable(shown, cells, paint, width);
}

/** The API writes instants in UTC. */
export const textOf = (cell: Cell, kind: Column['kind'], { say }: Pick<Screen, 'say'>): string =>
  kind === 'instant' && typeof cell === 'string' && say ? say(Date.parse(cell)) : cellText(cell, kind);

function textIn(row: RowView, column: Column, screen: Screen): string {
  const cell = row[column.id] ?? null;
  const kind = kindIn(row, column);
  const text = textOf(cell, kind, screen);
  return kind === 'status' && isFigureStatus(cell) ? `${statusWords[cell].sign} ${text}` : text;
}

/** Each line of a chart as blocks, with its first and its last value in words. */
const trendLines = (charts: readonly Chart[], { ink, width = Number.POSITIVE_INFINITY }: Screen): readonly string[] =>
  charts.flatMap((chart) => {
    if (chart.shape !== 'line') return [];
    const [first, last] = [chart.points[0], chart.points.at(-1)];
    if (first === undefined || last === undefined) return [];
    const said = [first, last].map(({ label, value }) => `${label} ${cellText(value ?? 'no-leads', chart.kind)}`);
    const goal = chart.target === undefined ? '' : `, target ${cellText(chart.target, chart.kind)}`;
    const values = chart.points.map(({ value }) => value);
    const drawn = `  ${chart.title}  ${sparkline(values, chart.kind)}`;
    const words = `${said.join(' → ')}${goal}`;
    const isOneLine = drawn.length + 2 + words.length <= width;
    return isOneLine ? [`${drawn}  ${ink.faint(words)}`] : [drawn, `    ${ink.faint(words)}`];
  });
