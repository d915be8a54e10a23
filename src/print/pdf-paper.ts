/**
 * Here things become files that are handed out: PDF, tables for spreadsheets, from plain values, with the fonts that ship
 * with the product and nothing from elsewhere. What they tell is decided by others; no rule and no date of today lives here.
 */
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import type { PaperSize } from '../documents/index.js';

export interface Paper {
  readonly size: PaperSize;
  /** On all four sides, in points. */
  readonly margin: number;
  readonly layout?: 'portrait' | 'landscape';
  /** Whether pages stay open until the end, so that each can say how many there are. */
  readonly isKeptOpen?: boolean;
}

/** What a PDF says of itself; the same input gives the same bytes, so its date is handed in. */
export interface PdfTitle {
  readonly title: string;
  readonly author: string;
  readonly subject: string;
  readonly date: Date;
}

const require = createRequire(import.meta.url);
const fontFile = (name: string): string => require.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`);

/** The fonts by the names under which blocks ask for them. */
const fonts = {
  plain: 'DejaVuSansCondensed',
  bold: 'DejaVuSansCondensed-Bold',
  title: 'DejaVuSerif-Bold',
  code: 'DejaVuSansMono',
} as const;
export type FontName = keyof typeof fonts;

/** A document with its first page, tagged for readers of the screen. */
export function openPdf(
  { size, margin, layout = 'portrait', isKeptOpen = false }: Paper,
  { title, author, subject, date }: PdfTitle,
): PDFDocument {
  const pdf = new PDFDocument({
    size: size.toUpperCase(),
    margin,
    layout,
    bufferPages: isKeptOpen,
    lang: 'en',
    tagged: true,
    pdfVersion: '1.7',
    displayTitle: true,
    info: { Title: title, Author: author, Subject: subject, CreationDate: date, ModDate: date },
  });
  for (const [name, file] of Object.entries(fonts)) pdf.registerFont(name, fontFile(file));
  return pdf;
}

/** Ends the document and gives its bytes. */
export function bytesOf(pdf: PDFDocument): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  return new Promise((resolve) => {
    pdf.on('data', (chunk) => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.end();
  });
}
