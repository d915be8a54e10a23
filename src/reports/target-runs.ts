import type { Target } from '../domain/agreement/index.js';
import {
  missedInARow,
  statusOf,
  type Cell,
  type FigureStatus,
  type Goal,
  type Period,
  type Run,
  type Section,
  type TableRow,
} from '../domain/reports/index.js';
import { column } from './cells.js';
import { listLink } from './list-links.js';
import { goalIn, valueCell } from './metric-table.js';
import { countPeriods, metricNamed, type Metric } from './metrics.js';
import type { ReportAsked, ReportSource } from './ports.js';

/** A target in one month, against what was agreed then. */
interface JudgedMonth {
  readonly month: string;
  readonly metric: Metric;
  readonly goal: Goal | null;
  readonly status: FigureStatus;
}

interface TargetRun extends Run {
  readonly target: Target;
  readonly months: readonly JudgedMonth[];
}

/** Which targets are missed month after month; those over leads, for others are not counted month by month here. */
export async function targetRunsSections(source: ReportSource, asked: ReportAsked): Promise<readonly Section[]> {
  const { lastMonths, governance } = asked;
  const counted = await countPeriods(source, asked, lastMonths);
  const committed = lastMonths.map((month) => committedIn(source, asked, month));
  const runs = governance.targets.flatMap((target): TargetRun[] => {
    const months = lastMonths.flatMap((month, index): JudgedMonth[] => {
      const metric = metricNamed(counted[index]!, target.name, committed[index]!);
      return metric === undefined ? [] : [judge(source, asked, target, month, metric)];
    });
    return months.length === 0 ? [] : [{ target, months, ...missedInARow(months.map(({ status }) => status)) }];
  });
  return [runsSection(runs), monthsSection(asked, runs)];
}

/** The volume that was committed for a month, by which volume worked is measured; null: none was. */
function committedIn(source: ReportSource, asked: ReportAsked, month: Period): number | null {
  const target = asked.governance.targets.find(({ name }) => name === 'mql-volume');
  const goal = target === undefined ? null : goalIn({ source, asked }, { target }, month);
  return goal !== null && 'atLeast' in goal ? goal.atLeast : null;
}

function judge(source: ReportSource, asked: ReportAsked, target: Target, month: Period, metric: Metric): JudgedMonth {
  const goal = goalIn({ source, asked }, { target }, month);
  const status = statusOf({ value: metric.value, goal, asOf: asked.asOf, matureAt: month.to + metric.matureAfterMs });
  return { month: month.name, metric, goal, status };
}

function runsSection(runs: readonly TargetRun[]): Section {
  return {
    id: 'targets',
    title: 'Targets missed again and again',
    notes: ['Only months that are judged count: conversions are, once their leads have had their time.'],
    table: {
      columns: [
        column('target', 'target', 'text'),
        column('party', 'side', 'text'),
        column('monthsNow', 'months in a row now', 'count'),
        column('monthsLongest', 'longest run of months', 'count'),
      ],
      rows: runs.map(({ target, currentCount, longestCount }) => ({
        cells: [target.name, target.party, currentCount, longestCount],
      })),
    },
    charts: [],
  };
}

function actualLink(
  asked: ReportAsked,
  month: string,
  { behind: { value } }: Metric,
): Readonly<Record<string, string>> {
  if (value === undefined) return {};
  const period = asked.lastMonths.find(({ name }) => name === month)!;
  return { actual: listLink('streaks', asked, { ...value, period }) };
}

const goalCell = (goal: Goal | null): Cell => (goal === null ? null : 'atLeast' in goal ? goal.atLeast : goal.atMost);

function monthsSection(asked: ReportAsked, runs: readonly TargetRun[]): Section {
  const rows = runs.flatMap(({ target, months }) =>
    months
      .filter(({ status }) => status !== 'no-leads')
      .map(({ month, metric, goal, status }): TableRow => ({
        cells: [target.name, month, valueCell(metric), goalCell(goal), status],
        kinds: { actual: metric.kind, goal: metric.kind },
        leads: actualLink(asked, month, metric),
      })),
  );
  return {
    id: 'target-months',
    title: 'Targets, month by month',
    notes: [],
    table: {
      columns: [
        column('target', 'target', 'text'),
        column('month', 'month', 'text'),
        column('actual', 'actual', 'count'),
        column('goal', 'goal', 'count'),
        column('status', 'status', 'status'),
      ],
      rows,
    },
    charts: [],
  };
}
