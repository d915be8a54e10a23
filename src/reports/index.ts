import {
  reportCatalogue,
  type LeadList,
  type ListRequest,
  type NoSuchList,
  type ReportDocument,
  type ReportName,
  type Section,
} from '../domain/reports/index.js';
import { complianceFigures } from './compliance-query.js';
import { complianceSections } from './compliance-report.js';
import { correctionFigures } from './corrections-query.js';
import { correctionSections } from './corrections-report.js';
import { costSections } from './costs-report.js';
import { fairPlaySections } from './fair-play-report.js';
import { fairPlayFigures } from './fair-play-query.js';
import type { Figures } from './figures.js';
import { leadList, type ListAsked } from './lead-list.js';
import { ageingFigures } from './ageing-query.js';
import { ageingSections } from './ageing-report.js';
import { disputeFigures } from './disputes-query.js';
import { disputeSections } from './disputes-report.js';
import { escalationFigures } from './escalations-query.js';
import { escalationSections } from './escalations-report.js';
import { frictionFigures } from './friction-query.js';
import { frictionSections } from './friction-report.js';
import { funnelSections } from './funnel-report.js';
import { latenessFigures } from './lateness-query.js';
import { latenessSections } from './lateness-report.js';
import { maturitySections } from './maturity-report.js';
import { metricFigures } from './metrics.js';
import { pipelineList } from './pipeline-list.js';
import { pipelineSections } from './pipeline-report.js';
import type { ReportAsked, ReportSource } from './ports.js';
import { salesCycleSections } from './sales-cycle-report.js';
import { speedFigures } from './speed-query.js';
import { speedSections } from './speed-report.js';
import { streakSections } from './streaks-report.js';
import { targetSections } from './targets-report.js';
import { volumeSections } from './volume-report.js';
import { weeklySections } from './weekly-report.js';
import { reasonFigures } from './reasons-query.js';
import { reasonSections } from './reasons-report.js';
import { timeFigures } from './time-split-query.js';
import { timeSplitSections } from './time-split-report.js';
import { workloadFigures } from './workload-query.js';
import { workloadSections } from './workload-report.js';

export { queryWorstBreaches } from './worst-breaches.js';
export type { BaselineSpan, InForce, ReportAsked, ReportQuery, ReportSource, UpcomingVersion } from './ports.js';
export { commitmentRuns } from './streaks-report.js';

type MakeSections = (source: ReportSource, asked: ReportAsked) => Promise<readonly Section[]>;

type MakeList = (source: ReportSource, named: ListNamed, asked: ListAsked) => LeadList | NoSuchList;
type ListNamed = Pick<ListRequest, 'report' | 'figure' | 'part' | 'filter'>;

/** Figures that count by the calendar of the agreement are made for the question. */
type FiguresOf = (source: ReportSource, asked: ListAsked) => Figures;

/** How a report is made, and the figures whose lists stand behind its numbers, or how lists of another kind are made. */
type Making = { readonly sections: MakeSections } & (
  { readonly figures: Figures | FiguresOf } | { readonly list: MakeList }
);

const makings: Readonly<Record<ReportName, Making>> = {
  compliance: { sections: complianceSections, figures: complianceFigures },
  'fair-play': { sections: fairPlaySections, figures: fairPlayFigures },
  targets: { sections: targetSections, figures: metricFigures },
  maturity: { sections: maturitySections, figures: metricFigures },
  funnel: { sections: funnelSections, figures: metricFigures },
  weekly: { sections: weeklySections, figures: { ...metricFigures, ...complianceFigures } },
  streaks: { sections: streakSections, figures: complianceFigures },
  volume: { sections: volumeSections, figures: metricFigures },
  pipeline: { sections: pipelineSections, list: pipelineList },
  lateness: { sections: latenessSections, figures: latenessFigures },
  costs: { sections: costSections, figures: {} },
  'sales-cycle': { sections: salesCycleSections, figures: metricFigures },
  speed: { sections: speedSections, figures: speedFigures },
  reasons: { sections: reasonSections, figures: reasonFigures },
  friction: { sections: frictionSections, figures: frictionFigures },
  disputes: { sections: disputeSections, figures: disputeFigures },
  escalations: { sections: escalationSections, figures: escalationFigures },
  ageing: { sections: ageingSections, figures: ageingFigures },
  workload: { sections: workloadSections, figures: workloadFigures },
  corrections: { sections: correctionSections, figures: correctionFigures },
  'time-split': { sections: timeSplitSections, figures: timeFigures },
};

/** The list behind a number of a report. What is recorded by `asOf` must have been projected. */
export function makeList(source: ReportSource, named: ListNamed, asked: ListAsked): LeadList | NoSuchList {
  const making = makings[named.report];
  if ('list' in making) return making.list(source, named, asked);
  const { figures } = making;
  return leadList(source, typeof figures === 'function' ? figures(source, asked) : figures, named, asked);
}

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
    sections: await makings[report].sections(source, asked),
  };
}
