import type { Target } from '../domain/agreement/index.js';
import { goalValue, type Chart, type Period, type Section } from '../domain/reports/index.js';
import { findBaselines } from './baselines.js';
import { BASELINE_NOTE, judgedColumns, judgedRow, type Judged, type MetricContext } from './metric-table.js';
import {
  committedVolume,
  countGroups,
  countMetrics,
  countPeriods,
  metricNamed,
  NOTHING,
  weeklyVolumeTarget,
  type Counted,
} from './metrics.js';
import type { ReportAsked, ReportSource } from './ports.js';
import { TREND_NOTE, weeklyTrend } from './trends.js';

/** Every target of an agreement as it stands, and what it is judged by. */
export interface JudgedTargets {
  readonly context: MetricContext;
  /** In the order of the agreement, each before those of its segments. */
  readonly judged: readonly Judged[];
  readonly now: Counted;
  readonly earlier: Counted;
  /** The last weeks. */
  readonly weeks: readonly Counted[];
}

/** Metric, target, actual and status: every target of the agreement, in its order, and by segment where it says so. */
export async function targetSections(source: ReportSource, asked: ReportAsked): Promise<readonly Section[]> {
  const targets = await judgeTargets('targets', source, asked);
  const { judged, context } = targets;
  return [
    {
      id: 'targets',
      title: 'Targets',
      notes: [...NOTES, BASELINE_NOTE, TREND_NOTE],
      table: { columns: judgedColumns, rows: judged.map((one) => judgedRow(context, one)) },
      charts: judged.flatMap((one) => trendOf(targets, one)),
    },
  ];
}

/** Judges all targets for a report. */
export async function judgeTargets(
  report: MetricContext['report'],
  source: ReportSource,
  asked: ReportAsked,
): Promise<JudgedTargets> {
  const { period, before, lastWeeks, governance } = asked;
  const isSplit = governance.targets.some(({ bySegment }) => Object.keys(bySegment).length > 0);
  const bySegment = async (span: Period): Promise<Readonly<Record<string, Counted>>> =>
    isSplit ? countGroups(source, asked, span, 'segment') : {};
  const [now, earlier, segments, earlierSegments, weeks, baselineOf] = await Promise.all([
    countMetrics(source, asked, period),
    countMetrics(source, asked, before),
    bySegment(period),
    bySegment(before),
    countPeriods(source, asked, lastWeeks),
    findBaselines(source, asked),
  ]);
  const committed = committedVolume(source, asked);
  const judged = governance.targets.flatMap((target): Judged[] => [
    judgeIn(now, earlier, target, committed),
    ...Object.keys(target.bySegment).map((segment) => ({
      ...judgeIn(segments[segment] ?? NOTHING, earlierSegments[segment] ?? NOTHING, target, null),
      segment,
    })),
  ]);
  return { context: { report, source, asked, baselineOf }, judged, now, earlier, weeks };
}

const NOTES = [
  'Targets are over a month; a volume counts by open days where the period is another one.',
  'Met or missed is said only once the period is over and its leads have had their time; before that on track or at risk.',
];

const judgeIn = (now: Counted, earlier: Counted, target: Target, committed: number | null): Judged => ({
  target,
  metric: metricNamed(now, target.name, committed),
  earlier: metricNamed(earlier, target.name, committed),
});

/** Of targets over all leads only; money that opens in a week says little, and a word of sales is not by lead. */
export function trendOf({ context, weeks }: JudgedTargets, judged: Judged): readonly Chart[] {
  const { source, asked } = context;
  const { metric, target, segment } = judged;
  if (metric === undefined || segment !== undefined || !metric.isByLead) return [];
  const amount = target.atLeast ?? target.atMost;
  const weekly = metric.kind === 'count' ? weeklyVolumeTarget(source, asked) : amount && goalValue(amount);
  return [weeklyTrend(metric, asked.lastWeeks, weeks, weekly ?? undefined)];
}
