import type { ReportDocument } from './document.js';

/** A whole report as a file. */
export const fileFormats = ['csv', 'xlsx'] as const;
export type FileFormat = (typeof fileFormats)[number];

/** A report with what its readers can check it by. */
export interface SealedReport {
  readonly document: ReportDocument;
  /** SHA-256 of the report as JSON, in hex: the ETag of the same question asked for as JSON. */
  readonly dataHash: string;
}

/** Turns reports into files; the same report gives the same bytes. */
export interface ReportPress {
  file(report: SealedReport, format: FileFormat): Promise<string | Uint8Array>;
}
