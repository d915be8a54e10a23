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
  interface StructureElement {
    readonly dictionary: unknown;
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
    text(text: string, x: number, y: number, options?: TextOptions): this;
    heightOfString(text: string, options?: TextOptions): number;
    struct(type: string, children: StructureChildren): StructureElement;
    addStructure(element: StructureElement): this;
    /** Runs what draws without meaning: lines, decoration. */
    markContent(tag: 'Artifact', options?: object): this;
    endMarkedContent(): this;
    addPage(): this;
    on(event: 'data', listener: (chunk: Uint8Array) => void): this;
    on(event: 'end', listener: () => void): this;
    end(): void;
    readonly page: { readonly width: number; readonly height: number };
  }

  export default PDFDocument;
}
