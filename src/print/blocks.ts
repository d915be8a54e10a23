import type PDFDocument from 'pdfkit';
import type { StructureElement } from 'pdfkit';
import type { FontName } from './pdf-paper.js';

/** Something with a width given and a height of its own; measured as often as wanted, drawn once. */
export interface Block {
  heightIn(width: number): number;
  drawAt(x: number, y: number, width: number): void;
}

/** How a text looks; `size` in points before scaling. */
export interface TextLook {
  readonly font: FontName;
  readonly size: number;
  readonly color: string;
  readonly align?: 'left' | 'right';
  /** Between letters, in points. */
  readonly spacing?: number;
}

/** A column of a table: its share of the width, the others' sum being the whole, and how its cells look. */
export interface Column {
  readonly share: number;
  readonly look: TextLook;
}

/** A text of a table with the room that its column leaves it. */
interface Cell {
  readonly text: string;
  readonly look: TextLook;
  readonly offset: number;
  readonly room: number;
}

/** Where a row of a table stands in the structure, and how it is set off from the next. */
interface RowPlace {
  readonly table: StructureElement;
  readonly cell: 'TH' | 'TD';
  readonly hairline?: string;
  /** Between two cells, in points. */
  readonly gap: number;
}

/** Lines of two lengths give a table air without boxes. */
const LEADING = 0.22;
const CELL_GAP = 6;
const ROW_PADDING = 2.4;

/** Makes blocks for one document, all of them larger or smaller by the same factor. */
export class BlockMaker {
  /** Measuring is most of the work, and everything is asked for its height several times. */
  readonly #heights = new Map<string, number>();

  constructor(
    private readonly pdf: PDFDocument,
    private readonly scale: number,
  ) {}

  /** `tag` is what it is in the structure: `H1`, `H2`, `P`. */
  text(text: string, look: TextLook, tag = 'P'): Block {
    return {
      heightIn: (width) => this.#heightOf(text, look, width),
      drawAt: (x, y, width) => {
        this.pdf.addStructure(this.pdf.struct(tag, () => this.#write(text, look, x, y, width)));
      },
    };
  }

  gap(height: number): Block {
    return { heightIn: () => height * this.scale, drawAt: () => undefined };
  }

  /** A line across, in points as wide as it says. */
  rule(color: string, thickness: number): Block {
    return {
      heightIn: () => thickness,
      drawAt: (x, y, width) => this.#line(x, y + thickness / 2, width, color, thickness),
    };
  }

  stack(blocks: readonly Block[]): Block {
    return {
      heightIn: (width) => sum(blocks.map((block) => block.heightIn(width))),
      drawAt: (x, y, width) => {
        let top = y;
        for (const block of blocks) {
          block.drawAt(x, top, width);
          top += block.heightIn(width);
        }
      },
    };
  }

  /** Side by side, all of one width. */
  columns(blocks: readonly Block[], gap: number): Block {
    const widthOf = (width: number) => (width - gap * this.scale * (blocks.length - 1)) / blocks.length;
    return {
      heightIn: (width) => Math.max(0, ...blocks.map((block) => block.heightIn(widthOf(width)))),
      drawAt: (x, y, width) => {
        const own = widthOf(width);
        for (const [index, block] of blocks.entries()) block.drawAt(x + index * (own + gap * this.scale), y, own);
      },
    };
  }

  /** Rows of cells, with a hairline between rows where there is a colour for it. */
  table(columns: readonly Column[], rows: readonly (readonly string[])[], hairline?: string): Block {
    const padding = 1.6 * this.scale;
    const heightOfRow = (row: readonly string[], width: number) =>
      Math.max(...this.#cellsOf(columns, row, width).map(({ text, look, room }) => this.#heightOf(text, look, room))) +
      2 * padding;
    return {
      heightIn: (width) => sum(rows.map((row) => heightOfRow(row, width))),
      drawAt: (x, y, width) => {
        let top = y;
        for (const [index, row] of rows.entries()) {
          if (index > 0 && hairline !== undefined) this.#line(x, top, width, hairline, 0.4);
          this.#drawRow(this.#cellsOf(columns, row, width), x, top + padding);
          top += heightOfRow(row, width);
        }
      },
    };
  }

  /**
   * One row of a table that may go over pages: `table` is its place in the structure, and what its cells are there. The
   * row has room above and below, and a hairline below it where there is a colour for it.
   */
  row(columns: readonly Column[], texts: readonly string[], { table, cell, hairline, gap }: RowPlace): Block {
    const padding = ROW_PADDING * this.scale;
    const heightIn = (width: number) =>
      Math.max(
        ...this.#cellsOf(columns, texts, width, gap).map((one) => this.#heightOf(one.text, one.look, one.room)),
      ) +
      2 * padding;
    return {
      heightIn,
      drawAt: (x, y, width) => {
        const cells = this.#cellsOf(columns, texts, width, gap).map(({ text, look, offset, room }) =>
          this.pdf.struct(cell, cell === 'TH' ? { scope: 'Column' } : {}, () =>
            this.#write(text, look, x + offset, y + padding, room),
          ),
        );
        table.add(this.pdf.struct('TR', cells));
        if (hairline !== undefined) this.#line(x, y + heightIn(width), width, hairline, 0.4);
      },
    };
  }

  /** How wide a text is in one line; of several lines, the widest. */
  widthOf(text: string, look: TextLook): number {
    const lines = text.split('\n').map((line) => this.#take(look).widthOfString(line, { features: [] }));
    return Math.max(...lines);
  }

  #cellsOf(columns: readonly Column[], row: readonly string[], width: number, gapWidth = CELL_GAP): readonly Cell[] {
    const gap = gapWidth * this.scale;
    const whole = sum(columns.map(({ share }) => share));
    let offset = 0;
    return columns.map(({ share, look }, index) => {
      const own = (share / whole) * width;
      const cell = { text: row[index] ?? '', look, offset, room: own - (index < columns.length - 1 ? gap : 0) };
      offset += own;
      return cell;
    });
  }

  #drawRow(cells: readonly Cell[], x: number, y: number): void {
    const { pdf } = this;
    const said = cells.filter(({ text }) => text !== '');
    const structure = said.map(({ text, look, offset, room }) =>
      pdf.struct('P', () => this.#write(text, look, x + offset, y, room)),
    );
    for (const cell of structure) pdf.addStructure(cell);
  }

  #write(text: string, look: TextLook, x: number, y: number, width: number): void {
    this.#take(look).fillColor(look.color).text(text, x, y, this.#optionsOf(look, width));
  }

  #heightOf(text: string, look: TextLook, width: number): number {
    if (text === '') return 0;
    const key = `${look.font} ${look.size} ${width} ${text}`;
    const known = this.#heights.get(key);
    if (known !== undefined) return known;
    const height = this.#take(look).heightOfString(text, this.#optionsOf(look, width));
    this.#heights.set(key, height);
    return height;
  }

  #take({ font, size }: TextLook): PDFDocument {
    return this.pdf.font(font).fontSize(size * this.scale);
  }

  #optionsOf({ size, align = 'left', spacing = 0 }: TextLook, width: number) {
    // Without ligatures: a reader who copies or searches a text finds the letters that were written.
    return { width, align, lineGap: size * this.scale * LEADING, characterSpacing: spacing * this.scale, features: [] };
  }

  #line(x: number, y: number, width: number, color: string, thickness: number): void {
    this.pdf.markContent('Artifact', { type: 'Layout' });
    this.pdf
      .lineWidth(thickness)
      .strokeColor(color)
      .moveTo(x, y)
      .lineTo(x + width, y)
      .stroke();
    this.pdf.endMarkedContent();
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
