import {
  ALL,
  emptySpread,
  funnelSteps,
  meanMsOf,
  type Cell,
  type Column,
  type FunnelStep,
  type LeadGrouping,
  type Section,
  type Spread,
  type StageTimes,
  type TableRow,
} from '../domain/reports/index.js';
import { findBaselines } from './baselines.js';
import { column, fewLeads, fewLeadsNotes } from './cells.js';
import { listLink, partLinks } from './list-links.js';
import { BASELINE_NOTE, comparedColumns, comparedRow, valueCell, type MetricContext } from './metric-table.js';
import { countGroups, countMetrics, leadCountIn, shareMetric, type Counted } from './metrics.js';
import { knownFor, type ReportAsked, type ReportSource } from './ports.js';
import { queryStageTimes } from './stage-times-query.js';

/** From stage to stage, each within its window: how many, and how long it took those. */
export async function funnelSections(source: ReportSource, asked: ReportAsked): Promise<readonly Section[]> {
  const { period, before, filter } = asked;
  const by = asked.by as LeadGrouping | undefined;
  const known = knownFor(source, asked);
  const span = { from: period.from, to: period.to, filter };
  const [now, earlier, times, timesBefore, baselineOf, groups, groupTimes] = await Promise.all([
    countMetrics(source, asked, period),
    countMetrics(source, asked, before),
    queryStageTimes(source.query, known, span),
    queryStageTimes(source.query, known, { from: before.from, to: before.to, filter }),
    findBaselines(source, asked),
    by === undefined ? undefined : countGroups(source, asked, period, by),
    by === undefined ? undefined : queryStageTimes(source.query, known, { ...span, by }),
  ]);
  const context: MetricContext = { report: 'funnel', source, asked, baselineOf };
  const whole = [conversionSection(context, now, earlier), timesSection(asked, times, timesBefore)];
  if (by === undefined || groups === undefined || groupTimes === undefined) return whole;
  return [...whole, groupsSection(asked, by, groups, groupTimes)];
}

function conversionSection(context: MetricContext, now: Counted, earlier: Counted): Section {
  const metrics = funnelSteps.map((step) => shareMetric(now, step));
  const rows = metrics.map((metric, index): TableRow => {
    const row = comparedRow(context, metric, shareMetric(earlier, funnelSteps[index]!));
    return { ...row, cells: [...row.cells, context.asked.period.to + metric.matureAfterMs] };
  });
  return {
    id: 'funnel',
    title: 'From stage to stage',
    notes: [
      'Leads are counted in the period in which they first entered the earlier stage; the next one counts within its window: ' +
        'accepted 14 days, sales-qualified 90, opportunity 30, customer 180. Until the instant named last a share can still rise.',
      BASELINE_NOTE,
    ],
    table: { columns: [...comparedColumns, column('matureAt', 'final from', 'instant')], rows },
    charts: [
      {
        shape: 'bars',
        kind: 'share',
        title: 'From stage to stage',
        points: metrics.map(({ title, value }) => ({ label: title, value })),
      },
    ],
  };
}

const timeColumns: readonly Column[] = [
  column('count', 'leads', 'count'),
  column('median', 'median', 'elapsed'),
  column('p90', 'p90', 'elapsed'),
  column('mean', 'mean', 'elapsed'),
];

const timeCells = (spread: Spread): readonly Cell[] => [
  spread.count,
  ...[spread.medianMs, spread.p90Ms, meanMsOf(spread)].map((ms): Cell => ms ?? 'no-leads'),
];

function timesSection(asked: ReportAsked, times: StageTimes, before: StageTimes): Section {
  const rows = funnelSteps.map((step): TableRow => ({
    cells: [titles[step], ...timeCells(spreadIn(times, step)), spreadIn(before, step).medianMs ?? 'no-leads'],
    leads: {
      ...partLinks('funnel', asked, step, tookStep),
      before: listLink('funnel', asked, { figure: step, part: 'numerator', period: asked.before }),
    },
  }));
  return {
    id: 'times',
    title: 'Time per stage',
    notes: [
      'Elapsed time from the first entry to the first entry into the next stage, of those leads that took the step.',
    ],
    table: {
      columns: [column('step', 'step', 'text'), ...timeColumns, column('before', 'median, period before', 'elapsed')],
      rows,
    },
    charts: [],
  };
}

/** Whoever took the step within its window is whoever its share counts. */
const tookStep = { count: 'numerator', median: 'numerator', p90: 'numerator', mean: 'numerator' };
const groupParts = {
  denominator: 'denominator',
  numerator: 'numerator',
  value: 'denominator',
  median: 'numerator',
  p90: 'numerator',
};

const titles: Readonly<Record<FunnelStep, string>> = {
  'mql-to-sal': 'MQL to accepted',
  'sal-to-sales-qualified': 'accepted to sales-qualified',
  'sales-qualified-to-opportunity': 'sales-qualified to opportunity',
  'opportunity-to-customer': 'opportunity to customer',
};

const spreadIn = (times: StageTimes, step: FunnelStep, group: string = ALL): Spread =>
  times[step][group] ?? emptySpread;

function groupsSection(
  asked: ReportAsked,
  by: LeadGrouping,
  groups: Readonly<Record<string, Counted>>,
  times: StageTimes,
): Section {
  const rows = Object.entries(groups).flatMap(([group, counted]) =>
    funnelSteps.map((step): TableRow => {
      const metric = shareMetric(counted, step);
      const { medianMs, p90Ms } = spreadIn(times, step, group);
      const spread = [medianMs, p90Ms].map((ms): Cell => ms ?? 'no-leads');
      return {
        cells: [group, metric.title, metric.denominator, metric.numerator, valueCell(metric), ...spread],
        leads: partLinks('funnel', asked, step, groupParts, { [by]: group }),
        ...fewLeads(by, leadCountIn(counted)),
      };
    }),
  );
  return {
    id: `by-${by}`,
    title: `By ${by}`,
    notes: [`Each ${by} as at hand-off. Counts add up to the total; shares and times do not.`, ...fewLeadsNotes(by)],
    table: {
      columns: [
        column('group', by, 'text'),
        column('step', 'step', 'text'),
        column('denominator', 'among', 'count'),
        column('numerator', 'counted', 'count'),
        column('value', 'share', 'share'),
        column('median', 'median', 'elapsed'),
        column('p90', 'p90', 'elapsed'),
      ],
      rows,
    },
    charts: [],
  };
}
