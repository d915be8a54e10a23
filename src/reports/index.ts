import {
  reportCatalogue,
  type LeadList,
  type NoSuchList,
  type ReportDocument,
  type ReportName,
  type Section,
} from '../domain/reports/index.js';
import { complianceFigures } from './compliance-query.js';
import { complianceSections } from './compliance-report.js';
import { correctedSince } from './corrected-since.js';
import { correctionFigures } from './corrections-query.js';
import { correctionSections } from './corrections-report.js';
import { costFigures } from './costs-query.js';
import { costSections } from './costs-report.js';
import { customerLists } from './customer-list.js';
import { disqualifiedFigures } from './feedback-query.js';
import { fairPlaySections } from './fair-play-report.js';
import { fairPlayFigures } from './fair-play-query.js';
import type { Figures } from './figures.js';
import { leadList, type ListAsked, type ListNamed, type MakeList } from './lead-list.js';
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
import { pipelineLists } from './pipeline-list.js';
import { pipelineSections } from './pipeline-report.js';
import type { ReportAsked, ReportSource } from './ports.js';
import { salesCycleFigures } from './sales-cycle-query.js';
import { salesCycleSections } from './sales-cycle-report.js';
import { speedFiguresIn } from './speed-query.js';
import { speedSections } from './speed-report.js';
import { streakSections } from './streaks-report.js';
import { targetSections } from './targets-report.js';
import { volumeFigures } from './volume-query.js';
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

/** Figures that count by the calendar of the agreement are made for the question. */
type FiguresOf = (source: ReportSource, asked: ListAsked) => Figures;

interface Making {
  readonly sections: MakeSections;
  /** Figures whose lists stand behind its numbers. */
  readonly figures: Figures | FiguresOf;
  /** Lists of another kind, by figure. */
  readonly lists?: Readonly<Record<string, MakeList>>;
}

/** Figures of a period stand beside what was corrected of them since. */
const complianceWithCorrections: MakeSections = async (source, asked) => {
  const made = await Promise.all([complianceSections(source, asked), correctedSince(source, asked)]);
  return made.flat();
};

const makings: Readonly<Record<ReportName, Making>> = {
  compliance: { sections: complianceWithCorrections, figures: complianceFigures },
  'fair-play': { sections: fairPlaySections, figures: fairPlayFigures },
  targets: { sections: targetSections, figures: metricFigures, lists: pipelineLists },
  maturity: { sections: maturitySections, figures: { ...metricFigures, ...complianceFigures } },
  funnel: { sections: funnelSections, figures: metricFigures },
  weekly: { sections: weeklySections, figures: { ...metricFigures, ...complianceFigures, ...disqualifiedFigures } },
  streaks: { sections: streakSections, figures: { ...metricFigures, ...complianceFigures } },
  volume: { sections: volumeSections, figures: volumeFigures },
  pipeline: { sections: pipelineSections, figures: {}, lists: pipelineLists },
  lateness: { sections: latenessSections, figures: latenessFigures },
  costs: { sections: costSections, figures: costFigures, lists: customerLists },
  'sales-cycle': { sections: salesCycleSections, figures: salesCycleFigures },
  speed: { sections: speedSections, figures: speedFiguresIn },
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
  const { figures, lists = {} }: Making = makings[named.report];
  const make = lists[named.figure];
  if (make !== undefined) return make(source, named, asked);
  const made = leadList(source, typeof figures === 'function' ? figures(source, asked) : figures, named, asked);
  if (!('code' in made) || made.code !== 'unknown-figure') return made;
  return { ...made, possible: [...made.possible, ...Object.keys(lists)] };
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
