/** What is used here of pdfkit, which brings no types of its own. */
declare module 'pdfkit' {
  interface TextOptions {
    readonly width?: number;
    readonly align?: 'left' | 'right' | 'center';
    readonly lineGap?: number;
    readonly characterSpacing?: number;
    /** OpenType features, all others off. */
    readonly features?: readonly string[];
  }

  /** An element of the structure by which readers of the screen find their way. */
  export interface StructureElement {
    readonly dictionary: unknown;
    add(child: StructureElement): this;
    end(): void;
  }

  interface StructureOptions {
    /** What a picture says to whoever does not see it. */
    readonly alt?: string;
    /** Of a head: what it is the head of. */
    readonly scope?: 'Column' | 'Row';
  }

  type StructureChildren = (() => void) | readonly StructureElement[];

  class PDFDocument {
    constructor(options: Readonly<Record<string, unknown>>);
    registerFont(name: string, path: string): this;
    font(name: string): this;
    fontSize(size: number): this;
    fillColor(color: string): this;
    strokeColor(color: string): this;
    lineWidth(width: number): this;
    moveTo(x: number, y: number): this;
    lineTo(x: number, y: number): this;
    stroke(): this;
    save(): this;
    restore(): this;
    translate(x: number, y: number): this;
    scale(factor: number): this;
    text(text: string, x: number, y: number, options?: TextOptions): this;
    widthOfString(text: string, options?: TextOptions): number;
    heightOfString(text: string, options?: TextOptions): number;
    struct(type: string, children?: StructureChildren): StructureElement;
    struct(type: string, options: StructureOptions, children: StructureChildren): StructureElement;
    addStructure(element: StructureElement): this;
    /** Runs what draws without meaning: lines, decoration. */
    markContent(tag: 'Artifact', options?: object): this;
    endMarkedContent(): this;
    addPage(): this;
    /** With `bufferPages`: which pages are still open, and goes back to one of them. */
    bufferedPageRange(): { readonly start: number; readonly count: number };
    switchToPage(index: number): this;
    on(event: 'data', listener: (chunk: Uint8Array) => void): this;
    on(event: 'end', listener: () => void): this;
    end(): void;
    readonly page: { readonly width: number; readonly height: number };
  }

  export default PDFDocument;
}
