import {
  cellText,
  isFigureStatus,
  kindIn,
  statusWords,
  type Chart,
  type Column,
  type ReportDocument,
  type ReportLetter,
  type ReportMail,
  type SayInstant,
  type SealedReport,
  type Section,
  type TableRow,
} from '../domain/reports/index.js';
import { markup, type Attachment, type Markup } from '../domain/notices/index.js';
import { chartPng } from './chart-png.js';
import { altOf } from './drawn-chart.js';
import { isNumeric, mailedTable, type MailedTable } from './mailed-table.js';
import { statusColors } from './report-looks.js';
import { printReports, type ReportPrint } from './report-pdf.js';

// Mail programs drop style sheets and flex boxes: tables, and styles on the elements themselves.
const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const INK = '#1d2733';
const QUIET = '#55626f';
const FAINT = '#8592a0';
const LINE = '#dde3e9';
const CALM = '#0b5c5c';

const WIDTH_PX = 640;
const CHART_WIDTH_PX = 580;
/** Sized so that its letters are read on a phone, where the picture is half as wide. */
const DRAWN_WIDTH_PX = 420;
/** More columns are set closer. */
const AIRY_COLUMN_COUNT = 5;
const airySet = { sidePx: 6, letters: 'font-size:13px;line-height:18px' };
const closeSet = { sidePx: 4, letters: 'font-size:12px;line-height:17px' };
/** What is longer is cut off by mail programs; the PDF has all of it. */
const ROW_COUNT_MAX = 60;
const ROWS_PER_TABLE_MAX = 12;
const CHART_COUNT_MAX = 8;

/**
 * A letter with reports, which shows its pictures without loading anything: they came along. The text says the same, and
 * the PDF has all that a mail has no room for.
 * @param timeZone the reader's
 */
export async function reportMail(
  letter: ReportLetter,
  reports: readonly SealedReport[],
  print: ReportPrint,
  timeZone: string,
): Promise<ReportMail> {
  const say = (at: number): string => print.sayInZone(timeZone, at);
  const { mailed, attachments } = await broughtAlong(reports, print);
  return {
    subject: letter.subject,
    html: htmlOf(letter, mailed, say),
    text: textOf(letter, mailed, say),
    attachments,
  };
}

interface BroughtAlong {
  readonly mailed: readonly MailedReport[];
  readonly attachments: readonly Attachment[];
}

/** Pictures and PDF are the same for every reader, and made once for as long as somebody holds the reports. */
const made = new WeakMap<readonly SealedReport[], Promise<BroughtAlong>>();

function broughtAlong(reports: readonly SealedReport[], print: ReportPrint): Promise<BroughtAlong> {
  const known = made.get(reports) ?? bringAlong(reports, print);
  made.set(reports, known);
  return known;
}

async function bringAlong(reports: readonly SealedReport[], print: ReportPrint): Promise<BroughtAlong> {
  const mailed = mailedReports(reports, print);
  return { mailed, attachments: [...mailed.flatMap(picturesIn), await pdfOf(reports, print)] };
}

interface MailedChart {
  readonly chart: Chart;
  /** What it shows, in words. */
  readonly alt: string;
  readonly picture: Attachment & { readonly contentId: string };
}

interface MailedSection {
  readonly section: Section;
  readonly table: MailedTable;
  readonly charts: readonly MailedChart[];
}

interface MailedReport {
  readonly document: ReportDocument;
  readonly dataHash: string;
  readonly sections: readonly MailedSection[];
}

/** As much of each report as a mail has room for, the first ones first. */
function mailedReports(reports: readonly SealedReport[], print: ReportPrint): readonly MailedReport[] {
  let [rowsLeft, chartCount] = [ROW_COUNT_MAX, 0];
  const mailedChart = (chart: Chart): MailedChart => {
    chartCount += 1;
    const svg = print.drawChart(chart, DRAWN_WIDTH_PX);
    const picture = {
      name: `chart-${chartCount}.png`,
      mediaType: 'image/png',
      bytes: chartPng(svg),
      contentId: `chart-${chartCount}@handoff`,
    };
    return { chart, alt: altOf(svg), picture };
  };
  const mailedSection = (section: Section): MailedSection => {
    const table = mailedTable(section.table, Math.min(ROWS_PER_TABLE_MAX, rowsLeft));
    rowsLeft -= table.rows.length;
    return { section, table, charts: section.charts.slice(0, CHART_COUNT_MAX - chartCount).map(mailedChart) };
  };
  return reports.map(({ document, dataHash }) => ({
    document,
    dataHash,
    sections: document.sections.map(mailedSection),
  }));
}

const picturesIn = ({ sections }: MailedReport): readonly Attachment[] =>
  sections.flatMap(({ charts }) => charts.map(({ picture }) => picture));

async function pdfOf(reports: readonly SealedReport[], print: ReportPrint): Promise<Attachment> {
  const { agreement, period } = reports[0]!.document;
  const name = `${agreement}-${period.name.replace('–', '_')}`.replaceAll(/[^\w.-]/g, '-');
  return { name: `${name}.pdf`, mediaType: 'application/pdf', bytes: await printReports(reports, print) };
}

function htmlOf(letter: ReportLetter, reports: readonly MailedReport[], say: SayInstant): string {
  const { subject, paragraphs, link } = letter;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light">
<title>${subject}</title>
</head>
<body style="margin:0;padding:0;background:#f3f5f8;${FONT};color:${INK}">
<div style="display:none;max-height:0;overflow:hidden">${paragraphs[0]}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="table-layout:fixed;background:#f3f5f8">
<tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="table-layout:fixed;max-width:${WIDTH_PX}px;background:#ffffff;border:1px solid ${LINE};border-radius:8px">
<tr><td style="height:4px;background:${CALM};border-radius:8px 8px 0 0;font-size:0">&nbsp;</td></tr>
<tr><td align="left" style="padding:24px 20px 8px">
<h1 style="margin:0 0 14px;font-size:22px;line-height:28px;font-weight:600">${subject}</h1>
${paragraphs.map(paragraph)}${link === undefined ? null : button(link)}</td></tr>
${reports.map((report) => reportPart(report, say))}
</table>
<p style="max-width:${WIDTH_PX}px;margin:16px auto 0;font-size:12px;line-height:18px;color:${QUIET}">${CLOSING}</p>
</td></tr>
</table>
</body>
</html>
`.html;
}

const CLOSING = 'All tables, with every row and column, are in the PDF that came with this mail.';

const paragraph = (text: string): Markup =>
  markup`<p style="margin:0 0 14px;font-size:15px;line-height:22px;white-space:pre-line;overflow-wrap:anywhere">${text}</p>\n`;

const button = ({ href, words }: NonNullable<ReportLetter['link']>): Markup =>
  markup`<p style="margin:18px 0"><a href="${href}" style="display:inline-block;padding:11px 22px;border-radius:6px;background:${CALM};color:#ffffff;font-size:15px;line-height:20px;text-decoration:none">${words}</a></p>\n`;

const reportPart = (
  { document, sections }: MailedReport,
  say: SayInstant,
): Markup => markup`<tr><td align="left" style="padding:20px 20px 12px;border-top:1px solid ${LINE}">
<h2 style="margin:0;font-size:18px;line-height:24px;font-weight:600;color:${CALM}">${document.title}</h2>
<p style="margin:2px 0 0;font-size:13px;line-height:18px;color:${QUIET}">${contextOf(document, say)}</p>
${sections.filter(showsSomething).map((section) => sectionPart(section, say))}${inPdfAlone(sections).map(note)}</td></tr>
`;

/** Whether a mail has room for anything of a section: for a heading alone nobody reads on. */
const showsSomething = ({ table, charts }: MailedSection): boolean =>
  table.rows.length > 0 || charts.length > 0 || table.omittedRowCount === 0;

/** Sections that the PDF alone has, in one line. */
function inPdfAlone(sections: readonly MailedSection[]): readonly string[] {
  const titles = sections.filter((one) => !showsSomething(one)).map(({ section }) => section.title);
  return titles.length === 0 ? [] : [`In the PDF: ${titles.join('; ')}.`];
}

const contextOf = ({ agreement, period, filters, asOf }: ReportDocument, say: SayInstant): string =>
  [agreement, period.name, ...(filters.length === 0 ? [] : [`only ${filters.join(', ')}`]), `as of ${say(asOf)}`].join(
    ' · ',
  );

const sectionPart = (
  { section, table, charts }: MailedSection,
  say: SayInstant,
): Markup => markup`<h3 style="margin:18px 0 6px;font-size:14px;line-height:20px;font-weight:600">${section.title}</h3>
${tablePart(table, say)}${charts.map(picture)}${section.notes.map(note)}`;

function tablePart({ columns, rows, omittedRowCount }: MailedTable, say: SayInstant): Markup {
  if (rows.length === 0) return omittedRowCount > 0 ? omitted(omittedRowCount) : note('Nothing to show.');
  const { sidePx, letters } = columns.length > AIRY_COLUMN_COUNT ? closeSet : airySet;
  const head = columns.map((column) => {
    const align = isNumeric(rows[0]!, column) ? 'right' : 'left';
    return markup`<th scope="col" align="${align}" valign="bottom" style="padding:4px ${sidePx}px;border-bottom:1px solid #9fb0bf;font-weight:600;color:${QUIET}">${column.title}</th>`;
  });
  return markup`<div style="overflow-x:auto"><table width="100%" cellpadding="0" cellspacing="0" style="${letters}">
<tr>${head}</tr>
${rows.map((row) => markup`<tr>${columns.map((column) => cellPart(row, column, sidePx, say))}</tr>\n`)}</table></div>
${omittedRowCount > 0 ? omitted(omittedRowCount) : null}`;
}

function cellPart(row: TableRow, column: MailedTable['columns'][number], sidePx: number, say: SayInstant): Markup {
  const align = isNumeric(row, column) ? 'right' : 'left';
  const colour = colourOf(row, column);
  const kind = kindIn(row, column);
  const wrap = align === 'right' || kind === 'status' ? 'white-space:nowrap;' : '';
  const text = textIn(row, column, say);
  return markup`<td align="${align}" valign="top" style="${wrap}padding:5px ${sidePx}px;border-bottom:1px solid ${LINE};color:${colour}">${kind === 'instant' ? unbroken(text) : text}</td>`;
}

/** An instant in one line, or its day in one and its time in the next. */
const unbroken = (instant: string): readonly Markup[] =>
  instant
    .split(/(?<=,) /)
    .map((part, index) => markup`${index > 0 ? ' ' : null}<span style="white-space:nowrap">${part}</span>`);

function colourOf(row: TableRow, column: Column & { readonly index: number }): string {
  const cell = row.cells[column.index] ?? null;
  if (row.isFaint) return FAINT;
  return kindIn(row, column) === 'status' && isFigureStatus(cell) ? statusColors[cell] : INK;
}

function textIn(row: TableRow, column: Column & { readonly index: number }, say: SayInstant): string {
  const cell = row.cells[column.index] ?? null;
  const kind = kindIn(row, column);
  const text = cellText(cell, kind, say);
  return kind === 'status' && isFigureStatus(cell) ? `${statusWords[cell].sign} ${text}` : text;
}

const omitted = (count: number): Markup => note(omittedText(count));
const omittedText = (count: number): string => `${count === 1 ? 'One row more' : `${count} rows more`} in the PDF.`;

const picture = ({ alt, picture: { contentId } }: MailedChart): Markup =>
  markup`<p style="margin:12px 0"><img src="cid:${contentId}" alt="${alt}" width="${CHART_WIDTH_PX}" style="display:block;width:100%;max-width:${CHART_WIDTH_PX}px;height:auto;border:0"></p>\n`;

const note = (text: string): Markup =>
  markup`<p style="margin:4px 0 0;font-size:12px;line-height:17px;color:${QUIET}">${text}</p>\n`;

function textOf({ paragraphs, link }: ReportLetter, reports: readonly MailedReport[], say: SayInstant): string {
  const parts = [
    ...paragraphs,
    ...(link === undefined ? [] : [`${link.words}: ${link.href}`]),
    ...reports.flatMap((report) => reportText(report, say)),
    CLOSING,
  ];
  return `${parts.join('\n\n')}\n`;
}

const reportText = ({ document, dataHash, sections }: MailedReport, say: SayInstant): readonly string[] => [
  `${document.title.toUpperCase()}\n${contextOf(document, say)}\nSHA-256 of the data ${dataHash}`,
  ...sections.filter(showsSomething).map((section) => sectionText(section, say)),
  ...inPdfAlone(sections),
];

/** A row is a line that names each value: programs that show text know no columns. */
function sectionText({ section, table, charts }: MailedSection, say: SayInstant): string {
  const [first, ...others] = table.columns;
  const rows = table.rows.map((row) => {
    const known = others.filter(({ index }) => (row.cells[index] ?? null) !== null);
    const said = known.map((column) => `${column.title} ${textIn(row, column, say)}`);
    const name = first === undefined ? '' : textIn(row, first, say);
    return said.length === 0 ? `- ${name}` : `- ${name}: ${said.join(', ')}`;
  });
  return [
    section.title,
    ...rows,
    ...(rows.length === 0 && table.omittedRowCount === 0 ? ['Nothing to show.'] : []),
    ...(table.omittedRowCount > 0 ? [omittedText(table.omittedRowCount)] : []),
    ...charts.map(({ alt }) => alt),
    ...section.notes,
  ].join('\n');
}
