import { chartSvg } from '../console/charts/chart-svg.js';
import { reportHtml } from '../console/reports/report-page.js';
import type { Chart, ReportPress } from '../domain/reports/index.js';
import { formatLocal } from '../zones/index.js';

/** How wide a chart is that stands by itself. */
const CHART_WIDTH_PX = 720;

/** Reports as files and pictures; what makes a format is heavy, and loaded when somebody first asks for it. */
export const reportPress: ReportPress = {
  file: async (report, format) => {
    switch (format) {
      case 'csv':
        return (await import('../print/report-csv.js')).reportCsv(report.document);
      case 'xlsx':
        return (await import('../print/report-xlsx.js')).reportXlsx(report);
      case 'html':
        return reportHtml(report.document, formatLocal);
      case 'pdf':
        return (await import('../print/report-pdf.js')).printReports([report], print);
    }
  },
  chart: async (chart, format) => {
    switch (format) {
      case 'svg':
        return chartSvg(chart, { palette: 'adaptive', widthPx: CHART_WIDTH_PX });
      case 'png':
        return pngOf(chart);
    }
  },
  mail: async (letter, reports, timeZone) => {
    const { reportMail } = await import('../print/report-mail.js');
    return reportMail(letter, reports, print, timeZone);
  },
  list: async function* (list) {
    const { listCsv } = await import('../print/list-csv.js');
    yield* listCsv(list);
  },
};

const print = {
  paper: 'a4',
  drawChart: (chart: Chart, widthPx: number) => chartSvg(chart, { palette: 'light', widthPx, isFlush: true }),
  sayInZone: formatLocal,
} as const;

/** In a picture the colours are fixed. */
async function pngOf(chart: Chart): Promise<Uint8Array> {
  const { chartPng } = await import('../print/chart-png.js');
  return chartPng(chartSvg(chart, { palette: 'light', widthPx: CHART_WIDTH_PX }));
}
