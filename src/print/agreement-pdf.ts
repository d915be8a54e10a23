import type PDFDocument from 'pdfkit';
import type { OnePage, PageSignature, PaperSize } from '../documents/index.js';
import { BlockMaker, type Block, type Column, type TextLook } from './blocks.js';
import { bytesOf, openPdf } from './pdf-paper.js';

const INK = '#1d2733';
const QUIET = '#55626f';
const ACCENT = '#0b5c5c';
const HAIRLINE = '#d5dce3';

const looks = {
  over: { font: 'plain', size: 7.4, color: QUIET, spacing: 0.5 },
  title: { font: 'title', size: 16.5, color: INK },
  under: { font: 'plain', size: 8, color: QUIET },
  heading: { font: 'bold', size: 8.8, color: ACCENT },
  lead: { font: 'bold', size: 7.1, color: INK },
  body: { font: 'plain', size: 7.1, color: INK },
  goal: { font: 'bold', size: 7.1, color: ACCENT, align: 'right' },
  signed: { font: 'title', size: 9, color: INK },
  small: { font: 'plain', size: 6.3, color: QUIET },
  code: { font: 'code', size: 6.1, color: QUIET },
} as const satisfies Record<string, TextLook>;

const commitmentColumns: readonly Column[] = [
  { share: 24, look: looks.lead },
  { share: 67, look: looks.body },
  { share: 9, look: looks.goal },
];
const sectionColumns: readonly Column[] = [
  { share: 21, look: looks.lead },
  { share: 79, look: looks.body },
];

const MARGIN = 34;
/** Larger than life looks childish, smaller than this nobody reads: then it takes a second page. */
const SCALE_MAX = 1.2;
const SCALE_MIN = 0.82;
const SCALE_STEP = 0.01;

/** What the paper is for besides its page. */
export interface AgreementPrint {
  readonly paper: PaperSize;
  /** The date that the file carries: the version's own, never that of the printing. */
  readonly date: Date;
}

/** The page for signatures as a PDF: one page, unless the agreement says more than a page can hold in readable type. */
export async function printAgreement(page: OnePage, { paper, date }: AgreementPrint): Promise<Uint8Array> {
  const title = `${page.title}: ${page.name}`;
  const subject = `Service-level agreement, SHA-256 ${page.key}`;
  const pdf = openPdf({ size: paper, margin: MARGIN }, { title, author: 'Marketing and Sales', subject, date });
  const room = { width: pdf.page.width - 2 * MARGIN, height: pdf.page.height - 2 * MARGIN };
  const parts = fittingParts(pdf, page, room);
  let top = MARGIN;
  for (const part of parts) {
    const height = part.heightIn(room.width);
    if (top > MARGIN && top + height > MARGIN + room.height + 0.01) {
      pdf.addPage();
      top = MARGIN;
    }
    part.drawAt(MARGIN, top, room.width);
    top += height;
  }
  return bytesOf(pdf);
}

interface Room {
  readonly width: number;
  readonly height: number;
}

/** The parts in the largest type in which they fit one page; else in the smallest that can be read. */
function fittingParts(pdf: PDFDocument, page: OnePage, { width, height }: Room): readonly Block[] {
  const partsAt = (scale: number) => partsOf(new BlockMaker(pdf, scale), page);
  let [fits, tooLarge] = [SCALE_MIN, SCALE_MAX];
  let best = partsAt(fits);
  while (tooLarge - fits > SCALE_STEP) {
    const scale = (fits + tooLarge) / 2;
    const parts = partsAt(scale);
    const total = parts.reduce((sum, part) => sum + part.heightIn(width), 0);
    if (total > height) tooLarge = scale;
    else [fits, best] = [scale, parts];
  }
  return best;
}

function partsOf(make: BlockMaker, page: OnePage): readonly Block[] {
  return [headOf(make, page), sidesOf(make, page), sectionsOf(make, page), signaturesOf(make, page)];
}

function headOf(make: BlockMaker, { title, name, status, dates }: OnePage): Block {
  const standing = status === 'file' ? [] : [status.replaceAll('-', ' ')];
  return make.stack([
    make.text('SERVICE-LEVEL AGREEMENT BETWEEN MARKETING AND SALES', looks.over),
    make.gap(1),
    make.text(title, looks.title, 'H1'),
    make.text([name, ...standing, ...dates].join('  ·  '), looks.under),
    make.gap(5),
    make.rule(ACCENT, 1.4),
    make.gap(7),
  ]);
}

const headed = (make: BlockMaker, title: string, body: Block): Block =>
  make.stack([make.text(title, looks.heading, 'H2'), make.gap(1.5), body, make.gap(6)]);

function sidesOf(make: BlockMaker, { sides }: OnePage): Block {
  const blocks = sides.map(({ heading, commitments }) => {
    const rows = commitments.map(({ lead, text, goal }) => [lead, text, goal ?? '']);
    return headed(make, heading, make.table(commitmentColumns, rows, HAIRLINE));
  });
  const note = 'A share on the right is how many of the cases of a month must be kept at least.';
  return make.stack([make.columns(blocks, 18), make.text(note, looks.small), make.gap(5)]);
}

/** The first section, the definitions, beside all others: they are about as long. */
function sectionsOf(make: BlockMaker, { sections }: OnePage): Block {
  const blocks = sections.map(({ title, lines }) => {
    const rows = lines.map(({ lead, text }) => [lead, text]);
    return headed(make, title, make.table(sectionColumns, rows));
  });
  return make.stack([
    make.rule(HAIRLINE, 0.6),
    make.gap(6),
    make.columns([make.stack(blocks.slice(0, 1)), make.stack(blocks.slice(1))], 18),
  ]);
}

function signaturesOf(make: BlockMaker, { signatures, key, name }: OnePage): Block {
  const statement = `Signed for the document ${name} with SHA-256`;
  return make.stack([
    make.rule(ACCENT, 0.8),
    make.gap(6),
    make.columns(
      signatures.map((signature) => signatureOf(make, signature)),
      18,
    ),
    make.gap(6),
    make.text(`${statement} ${key}`, looks.code),
    make.text('This page is made from that document, which decides where the two differ.', looks.small),
  ]);
}

function signatureOf(make: BlockMaker, { party, signer, signed }: PageSignature): Block {
  const side = party === 'marketing' ? 'For marketing' : 'For sales';
  return make.stack([
    make.text(`${side}: ${signer}`, looks.lead),
    make.gap(signed === null ? 17 : 5),
    ...(signed === null ? [] : [make.text(signed.person, looks.signed)]),
    make.rule(INK, 0.5),
    make.gap(1.5),
    make.text(signed === null ? 'Name, signature, date' : `Signed on ${signed.on}`, looks.small),
  ]);
}
