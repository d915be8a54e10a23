import { reportCatalogue, type ReportDocument, type ReportName, type Section } from '../domain/reports/index.js';
import { complianceSections } from './compliance-report.js';
import { funnelSections, maturitySections, targetSections } from './metric-sections.js';
import type { ReportAsked, ReportSource } from './ports.js';
import { salesCycleSections } from './sales-cycle-report.js';
import { streakSections } from './streaks-report.js';
import { volumeSections } from './volume-report.js';

export type { ReportAsked, ReportQuery, ReportSource } from './ports.js';
export { commitmentRuns } from './streaks-report.js';

type MakeSections = (source: ReportSource, asked: ReportAsked) => Promise<readonly Section[]>;

const makers: Readonly<Record<ReportName, MakeSections>> = {
  compliance: complianceSections,
  targets: targetSections,
  maturity: maturitySections,
  funnel: funnelSections,
  volume: volumeSections,
  'sales-cycle': salesCycleSections,
  streaks: streakSections,
};

/** One report, before any format. What is recorded by `asOf` must have been projected. */
export async function makeReport(
  source: ReportSource,
  report: ReportName,
  asked: ReportAsked,
): Promise<ReportDocument> {
  const { agreement, governance, period, asOf, filter } = asked;
  return {
    report,
    title: reportCatalogue[report].title,
    agreement: agreement.name,
    timeZone: governance.timeZone,
    period,
    asOf,
    filters: Object.entries(filter).map(([by, value]) => `${by} ${value}`),
    sections: await makers[report](source, asked),
  };
}
