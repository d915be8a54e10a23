import type PDFDocument from 'pdfkit';
import type { Block } from './blocks.js';

/** The part of a page that is written on, in points. */
export interface TypeArea {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Puts blocks below each other, on the next page where one does not fit any more. */
export class PageFlow {
  #top: number;

  constructor(
    private readonly pdf: PDFDocument,
    readonly area: TypeArea,
  ) {
    this.#top = area.top;
  }

  /** Whether a block would still stand on this page, with so much room below it. */
  fits(block: Block, roomBelow = 0): boolean {
    const isEmptyPage = this.#top === this.area.top;
    const bottom = this.#top + block.heightIn(this.area.width) + roomBelow;
    return isEmptyPage || bottom <= this.area.top + this.area.height + 0.01;
  }

  /** Draws a block on this page or, where it does not fit with what must follow it, on the next. */
  put(block: Block, roomBelow = 0): void {
    if (!this.fits(block, roomBelow)) this.turn();
    block.drawAt(this.area.left, this.#top, this.area.width);
    this.#top += block.heightIn(this.area.width);
  }

  turn(): void {
    this.pdf.addPage();
    this.#top = this.area.top;
  }
}
