import type PDFDocument from 'pdfkit';
import type { PaperSize } from '../documents/index.js';
import type { Chart, ReportDocument, SealedReport, Section } from '../domain/reports/index.js';
import type { Instant } from '../domain/business-time/index.js';
import { BlockMaker, type Block } from './blocks.js';
import { chartBlock } from './chart-block.js';
import type { DrawChart } from './drawn-chart.js';
import { PageFlow, type TypeArea } from './page-flow.js';
import { bytesOf, openPdf } from './pdf-paper.js';
import { ACCENT, HAIRLINE, looks } from './report-looks.js';
import { putTable } from './report-table.js';

export interface ReportPrint {
  readonly paper: PaperSize;
  readonly drawChart: DrawChart;
  /** An instant as a reader in that zone says it. */
  readonly sayInZone: (timeZone: string, at: Instant) => string;
}

const MARGIN = 36;
const FOOT_HEIGHT = 34;
const CHART_GAP = 22;

/**
 * Reports on paper, each beginning on a page of its own: tables that go over pages with their heads, charts in lines, and
 * on every page what it belongs to, as of when, and the hash of the data. The same reports give the same bytes.
 * @param reports at least one; their latest as-of is the date that the file carries
 */
export async function printReports(reports: readonly SealedReport[], print: ReportPrint): Promise<Uint8Array> {
  const pdf = openReports(reports, print.paper);
  const area: TypeArea = {
    left: MARGIN,
    top: MARGIN,
    width: pdf.page.width - 2 * MARGIN,
    height: pdf.page.height - 2 * MARGIN - FOOT_HEIGHT,
  };
  const make = new BlockMaker(pdf, 1);
  const flow = new PageFlow(pdf, area);
  const pageCounts = reports.map(({ document }, index) => {
    const before = index === 0 ? 0 : pageCount(pdf);
    if (index > 0) flow.turn();
    putReport({ pdf, make, flow, print }, document);
    return pageCount(pdf) - before;
  });
  const owners = pageCounts.flatMap((count, index) => Array.from({ length: count }, () => reports[index]!));
  owners.forEach((report, index) => {
    pdf.switchToPage(index);
    footOf(make, report, print, `page ${index + 1} of ${owners.length}`).drawAt(
      area.left,
      area.top + area.height + 10,
      area.width,
    );
  });
  return bytesOf(pdf);
}

function openReports(reports: readonly SealedReport[], size: PaperSize): PDFDocument {
  const [{ document, dataHash }] = reports as readonly [SealedReport];
  const names = reports.map((report) => report.document.title).join(', ');
  return openPdf(
    // What is written below the type area would begin a page of its own if it had a margin.
    { size, margin: 0, layout: 'landscape', isKeptOpen: true },
    {
      title: `${names}: ${document.agreement}, ${document.period.name}`,
      author: 'Handoff',
      subject: `Data with SHA-256 ${dataHash}`,
      date: new Date(Math.max(...reports.map((report) => report.document.asOf))),
    },
  );
}

const pageCount = (pdf: PDFDocument): number => pdf.bufferedPageRange().count;

interface Press {
  readonly pdf: PDFDocument;
  readonly make: BlockMaker;
  readonly flow: PageFlow;
  readonly print: ReportPrint;
}

function putReport(press: Press, document: ReportDocument): void {
  press.flow.put(headOf(press, document));
  for (const section of document.sections) putSection(press, document, section);
}

function headOf({ make, print }: Press, { title, agreement, period, timeZone, asOf, filters }: ReportDocument): Block {
  const days = `${period.name}, from ${period.fromDate} to before ${period.toDate} (${timeZone})`;
  const only = filters.length === 0 ? [] : [`only ${filters.join(', ')}`];
  return make.stack([
    make.text(`SERVICE-LEVEL AGREEMENT ${agreement.toUpperCase()}`, looks.over),
    make.gap(1),
    make.text(title, looks.title, 'H1'),
    make.text([days, ...only].join('  ·  '), looks.under),
    make.text(`As of ${print.sayInZone(timeZone, asOf)}: what was recorded by then`, looks.under),
    make.gap(6),
    make.rule(ACCENT, 1.4),
    make.gap(4),
  ]);
}

function putSection({ pdf, make, flow, print }: Press, { timeZone }: ReportDocument, section: Section): void {
  const { title, notes, table, charts } = section;
  const heading = make.stack([make.gap(9), make.text(title, looks.heading, 'H2'), make.gap(3)]);
  if (table.rows.length === 0) flow.put(make.stack([heading, make.text('Nothing to show', looks.note)]));
  else putTable({ pdf, make, flow, say: (at) => print.sayInZone(timeZone, at) }, heading, table);
  if (notes.length > 0) flow.put(make.stack([make.gap(4), ...notes.map((note) => make.text(note, looks.note))]));
  for (const block of chartRows({ pdf, make, flow, print }, charts)) flow.put(make.stack([make.gap(8), block]));
}

/** Two beside each other; a field needs the width and gets all of it. */
function chartRows({ pdf, make, flow, print }: Press, charts: readonly Chart[]): readonly Block[] {
  const block = (chart: Chart) => chartBlock(pdf, chart, print.drawChart, flow.area.height - CHART_GAP);
  const rows: (readonly Chart[])[] = [];
  for (const chart of charts) {
    const last = rows.at(-1);
    if (chart.shape !== 'heat-map' && last?.length === 1 && last[0]!.shape !== 'heat-map')
      rows[rows.length - 1] = [...last, chart];
    else rows.push([chart]);
  }
  return rows.map((row) =>
    row[0]!.shape !== 'heat-map'
      ? make.columns([...row.map(block), ...(row.length === 1 ? [make.gap(0)] : [])], CHART_GAP)
      : block(row[0]!),
  );
}

function footOf(make: BlockMaker, { document, dataHash }: SealedReport, print: ReportPrint, page: string): Block {
  const { agreement, title, period, asOf, timeZone } = document;
  const said = [title, agreement, period.name, `as of ${print.sayInZone(timeZone, asOf)}`].join('  ·  ');
  const columns = [
    { share: 86, look: looks.foot },
    { share: 14, look: { ...looks.foot, align: 'right' } as const },
  ];
  return make.stack([
    make.rule(HAIRLINE, 0.6),
    make.gap(3),
    make.table(columns, [[said, page]]),
    make.text(`SHA-256 of the data ${dataHash}`, looks.code),
  ]);
}
