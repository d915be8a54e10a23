/** What is used here of svg-to-pdfkit, which brings no types of its own. */
declare module 'svg-to-pdfkit' {
  import type PDFDocument from 'pdfkit';

  interface SvgOptions {
    readonly width: number;
    readonly height: number;
    /** Sizes in the drawing are points. */
    readonly assumePt: boolean;
    /** The name under which the document knows the font of a text. */
    readonly fontCallback: (family: string, isBold: boolean) => string;
    readonly warningCallback: (warning: string) => void;
  }

  export default function svgToPdf(pdf: PDFDocument, svg: string, x: number, y: number, options: SvgOptions): void;
}
