import type { Mail } from '../notices/ports.js';
import type { Chart, ReportDocument, Section } from './document.js';
import type { LeadList } from './lead-list.js';

/** A whole report as a file. */
export const fileFormats = ['csv', 'xlsx', 'html', 'pdf'] as const;
export type FileFormat = (typeof fileFormats)[number];

/** One chart of a report as a picture. */
export const chartFormats = ['svg', 'png'] as const;
export type ChartFormat = (typeof chartFormats)[number];

/** A report with what its readers can check it by. */
export interface SealedReport {
  readonly document: ReportDocument;
  /** SHA-256 of the report as JSON, in hex: the ETag of the same question asked for as JSON. */
  readonly dataHash: string;
}

/** What is said before the reports of a mail. */
export interface ReportLetter {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly link?: { readonly href: string; readonly words: string };
}

export type ReportMail = Pick<Mail, 'subject' | 'html' | 'text' | 'attachments'>;

/** Turns reports into files and pictures; the same report gives the same bytes. */
export interface ReportPress {
  file(report: SealedReport, format: FileFormat): Promise<string | Uint8Array>;
  chart(chart: Chart, format: ChartFormat): Promise<string | Uint8Array>;
  /**
   * A letter with reports: HTML whose pictures came along, text that says the same, and all of it as a PDF.
   * @param reports at least one
   * @param timeZone the reader's; the PDF, which is the same for everybody, keeps to that of the agreement
   */
  mail(letter: ReportLetter, reports: readonly SealedReport[], timeZone: string): Promise<ReportMail>;
  /** The whole list as CSV, piece by piece; each is made when the one before has been taken. */
  list(list: Pick<LeadList, 'columns' | 'pages'>): AsyncIterable<string>;
}

/** The name under which a chart is asked for: its section's, and its number there, from 1. */
export const chartName = ({ id }: Pick<Section, 'id'>, index: number): string => `${id}.${index + 1}`;

export const chartsIn = ({ sections }: ReportDocument): ReadonlyMap<string, Chart> =>
  new Map(
    sections.flatMap((section) => section.charts.map((chart, index) => [chartName(section, index), chart] as const)),
  );
