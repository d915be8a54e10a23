import type PDFDocument from 'pdfkit';
import svgToPdf from 'svg-to-pdfkit';
import type { Chart } from '../domain/reports/index.js';
import type { Block } from './blocks.js';
import { altOf, sizeOf, type DrawChart } from './drawn-chart.js';

/** Letters of a chart are 12 px and should be as those of the tables. */
const POINTS_PER_PX = 0.74;

/** A chart in lines and letters, not as a picture; one that is too high for a page is drawn smaller. */
export function chartBlock(pdf: PDFDocument, chart: Chart, drawChart: DrawChart, heightMax: number): Block {
  const drawnFor = (width: number) => {
    const svg = drawChart(chart, Math.round(width / POINTS_PER_PX));
    const [svgWidth, svgHeight] = sizeOf(svg);
    const scale = Math.min(width / svgWidth, heightMax / svgHeight);
    return { svg, scale, width: svgWidth, height: svgHeight };
  };
  return {
    heightIn: (width) => {
      const { height, scale } = drawnFor(width);
      return height * scale;
    },
    drawAt: (x, y, width) => {
      const { svg, scale, ...size } = drawnFor(width);
      const draw = () => {
        pdf.save().translate(x, y).scale(scale);
        svgToPdf(pdf, svg, 0, 0, { ...size, assumePt: true, fontCallback: fontOf, warningCallback });
        pdf.restore();
      };
      pdf.addStructure(pdf.struct('Figure', { alt: altOf(svg) }, draw));
    },
  };
}

const fontOf = (_family: string, isBold: boolean): string => (isBold ? 'bold' : 'plain');

/** Whatever a drawing of ours has that cannot be printed is a mistake of ours. */
const warningCallback = (warning: string): void => {
  throw new Error(`the chart cannot be printed: ${warning}`);
};
