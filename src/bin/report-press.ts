import type { ReportPress, SealedReport } from '../domain/reports/index.js';

/** Reports as files; what makes a format is loaded when somebody first asks for it. */
export const reportPress: ReportPress = {
  file: async (report, format) => {
    switch (format) {
      case 'csv':
        return csvOf(report);
      case 'xlsx':
        return xlsxOf(report);
    }
  },
};

async function csvOf({ document }: SealedReport): Promise<string> {
  const { reportCsv } = await import('../print/report-csv.js');
  return reportCsv(document);
}

async function xlsxOf(report: SealedReport): Promise<Uint8Array> {
  const { reportXlsx } = await import('../print/report-xlsx.js');
  return reportXlsx(report);
}
