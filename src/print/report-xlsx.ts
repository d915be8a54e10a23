import writeExcelFile, { type CellObject, type Sheet } from 'write-excel-file/node';
import {
  kindIn,
  type Cell,
  type CellKind,
  type Column,
  type ReportDocument,
  type SealedReport,
  type Section,
} from '../domain/reports/index.js';
import { withoutPackingTimes } from './fixed-zip.js';

const DAY_MS = 86_400_000;
const HEAD = '#e3eef0';
const QUIET = '#6b7785';

/**
 * A report as a workbook: first what it is about, then a sheet for each section. Numbers are numbers, in the format of
 * what they count; no text is ever a formula.
 */
export async function reportXlsx(report: SealedReport): Promise<Uint8Array> {
  const { sections } = report.document;
  const names = sheetNames(['About', ...sections.map(({ title }) => title)]);
  const sheets = [aboutSheet(report), ...sections.map(sectionSheet)];
  const named = sheets.map((sheet, index) => ({ ...sheet, sheet: names[index]! }));
  const bytes = await writeExcelFile(named, { fontFamily: 'Calibri', fontSize: 11 }).toBuffer();
  return withoutPackingTimes(bytes);
}

type SheetOfOurs = Pick<Sheet<never>, 'data' | 'columns' | 'stickyRowsCount'>;

function aboutSheet({ document, dataHash }: SealedReport): SheetOfOurs {
  const { title, sections } = document;
  const facts = factsOf(document, dataHash).map(([name, value]) => [bold(name), text(value)]);
  const notes = sections
    .filter((section) => section.notes.length > 0)
    .flatMap((section) => [[], [bold(section.title)], ...section.notes.map((note) => [text(note)])]);
  const data = [[{ ...bold(title), fontSize: 15 }], [], ...facts, [], ...READING.map((line) => [text(line)]), ...notes];
  return { data, columns: [{ width: 18 }, { width: 70 }] };
}

const factsOf = (document: ReportDocument, dataHash: string): readonly (readonly [string, string])[] => [
  ['Agreement', document.agreement],
  ['Period', document.period.name],
  ['From', isoOf(document.period.from)],
  ['To (not included)', isoOf(document.period.to)],
  ['Time zone', document.timeZone],
  ['As of', isoOf(document.asOf)],
  ['Only', document.filters.length === 0 ? 'all leads' : document.filters.join(', ')],
  ['SHA-256 of the data', dataHash],
];

const READING = [
  'Shares are rounded down to 0.1 %; CSV and JSON have them unrounded.',
  'Times are hours, minutes and seconds; instants are in UTC. An empty cell says that there is none.',
];

function sectionSheet({ table: { columns, rows } }: Section): SheetOfOurs {
  const heads = columns.map((column) => ({ ...bold(headOf(column)), backgroundColor: HEAD, wrap: true }));
  const body = rows.map((row) =>
    columns.map((column, index) => {
      const cell = cellOf(row.cells[index] ?? null, kindIn(row, column));
      return cell === null ? null : { ...cell, ...(row.isFaint && { textColor: QUIET }) };
    }),
  );
  const widths = columns.map((column, index) => ({ width: widthOf(column, body, index) }));
  return { data: [heads, ...body], columns: widths, stickyRowsCount: 1 };
}

const headOf = ({ title, kind }: Column): string => (kind === 'instant' ? `${title} (UTC)` : title);

function cellOf(cell: Cell, kind: CellKind): CellObject | null {
  if (cell === null) return null;
  if (typeof cell === 'object') return number(cell.minor / 100, `#,##0.00 "${cell.currency.replaceAll('"', '')}"`);
  if (typeof cell === 'string') return text(cell.replaceAll('-', kind === 'status' || cell === 'no-leads' ? ' ' : '-'));
  switch (kind) {
    case 'share':
      return number(Math.floor(cell * 1_000 + 1e-9) / 1_000, '0.0%');
    case 'open-time':
    case 'elapsed':
      return number(cell / DAY_MS, '[h]:mm:ss');
    case 'instant':
      return { value: new Date(cell), type: Date, format: 'yyyy-mm-dd hh:mm:ss' };
    case 'days':
      return number(cell, '0.0');
    case 'text':
    case 'count':
    case 'money':
    case 'status':
      return number(cell, '#,##0.##');
  }
}

/** Of the type `Text`: it stays one also when somebody edits it. */
const text = (value: string) => ({ value, type: String, format: '@' }) satisfies CellObject;
const bold = (value: string) => ({ ...text(value), fontWeight: 'bold' }) satisfies CellObject;
const number = (value: number, format: string): CellObject => ({ value, type: Number, format });

const WIDTH_MIN = 9;
const WIDTH_MAX = 44;

/** As wide as its longest text; numbers need less than that. */
function widthOf({ title }: Column, body: readonly (readonly (CellObject | null)[])[], index: number): number {
  const texts = body.map((row) => row[index]?.value).filter((value) => typeof value === 'string');
  const longest = Math.max(title.length, ...texts.map(({ length }) => length));
  return Math.min(Math.max(longest + 2, WIDTH_MIN), WIDTH_MAX);
}

const SHEET_NAME_LENGTH_MAX = 31;

/** Names as Excel takes them: short, without its own signs, and no two alike but for capitals. */
function sheetNames(titles: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return titles.map((title) => {
    const plain = title.replaceAll(/[[\]:*?/\\']/g, ' ').trim() || 'Sheet';
    let name = plain.slice(0, SHEET_NAME_LENGTH_MAX);
    for (let count = 2; taken.has(name.toLowerCase()); count += 1) {
      name = `${plain.slice(0, SHEET_NAME_LENGTH_MAX - 4)} ${count}`;
    }
    taken.add(name.toLowerCase());
    return name;
  });
}

const isoOf = (at: number): string => new Date(at).toISOString();
