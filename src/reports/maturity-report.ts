import { parties } from '../domain/agreement/index.js';
import {
  emptyShare,
  valueOf,
  type Cell,
  type LeadGrouping,
  type Section,
  type ShareName,
  type ShareTally,
  type TableRow,
} from '../domain/reports/index.js';
import { findBaselines } from './baselines.js';
import { column, fewLeads, fewLeadsNotes } from './cells.js';
import { queryParties } from './compliance-query.js';
import { listLink } from './list-links.js';
import { BASELINE_NOTE, comparedColumns, comparedRow, linksOf, valueCell, type MetricContext } from './metric-table.js';
import {
  countGroups,
  countMetrics,
  countPeriods,
  firstResponseMetric,
  leadCountIn,
  NOTHING,
  shareMetric,
  volumeMetric,
  type Counted,
  type Metric,
} from './metrics.js';
import { knownFor, type ReportAsked, type ReportSource } from './ports.js';
import { TREND_NOTE, weeklyTrend } from './trends.js';

/** The measures of how well the two sides work together. */
const shareOrder: readonly ShareName[] = [
  'stage-integrity',
  'mql-to-sales-qualified',
  'acceptance-rate',
  'recycle-to-sales-qualified',
];

const metricsIn = (counted: Counted): readonly Metric[] => [
  ...shareOrder.map((name) => shareMetric(counted, name)),
  firstResponseMetric(counted),
  volumeMetric(counted),
];

export async function maturitySections(source: ReportSource, asked: ReportAsked): Promise<readonly Section[]> {
  const { period, before, lastWeeks } = asked;
  const by = asked.by as LeadGrouping | undefined;
  const [now, earlier, weeks, baselineOf, kept, keptBefore, groups] = await Promise.all([
    countMetrics(source, asked, period),
    countMetrics(source, asked, before),
    countPeriods(source, asked, lastWeeks),
    findBaselines(source, asked),
    countKept(source, asked, period),
    countKept(source, asked, before),
    by === undefined ? undefined : countGroups(source, asked, period, by),
  ]);
  const context: MetricContext = { report: 'maturity', source, asked, baselineOf };
  const metrics = metricsIn(now);
  const earlierMetrics = metricsIn(earlier);
  const rows = metrics.map((metric, index) => comparedRow(context, metric, earlierMetrics[index]));
  const whole: Section = {
    id: 'maturity',
    title: 'How mature the agreement is',
    notes: [KEPT_NOTE, BASELINE_NOTE, TREND_NOTE],
    table: {
      columns: comparedColumns,
      rows: [...rows, ...parties.map((party) => keptRow(asked, party, kept, keptBefore))],
    },
    charts: metrics.map((metric) => weeklyTrend(metric, lastWeeks, weeks, undefined)),
  };
  return groups === undefined || by === undefined ? [whole] : [whole, groupsSection(asked, by, groups)];
}

const KEPT_NOTE =
  'SLA compliance of a side: cycles of leads with a verdict in the period, and those of them without a miss.';

type Kept = Readonly<Record<string, ShareTally>>;

const countKept = (
  source: ReportSource,
  asked: ReportAsked,
  { from, to }: Pick<ReportAsked['period'], 'from' | 'to'>,
): Promise<Kept> => queryParties(source.query, knownFor(source, asked), { from, to, filter: asked.filter });

function keptRow(asked: ReportAsked, party: string, now: Kept, before: Kept): TableRow {
  const tally = now[party] ?? emptyShare;
  const share = ({ [party]: one = emptyShare }: Kept): Cell => valueOf(one) ?? 'no-leads';
  return {
    cells: [
      `SLA compliance of ${party}`,
      share(now),
      share(before),
      null,
      null,
      tally.numerator,
      tally.denominator,
      null,
    ],
    kinds: { actual: 'share', before: 'share' },
    leads: keptLinks(asked, party),
  };
}

function keptLinks(asked: ReportAsked, party: string): Readonly<Record<string, string>> {
  const link = (part: string, period = asked.period): string =>
    listLink('maturity', asked, { figure: 'sla-compliance', part, filter: { party }, period });
  return {
    actual: link('decided'),
    before: link('decided', asked.before),
    numerator: link('kept'),
    denominator: link('decided'),
  };
}

function groupsSection(asked: ReportAsked, by: LeadGrouping, groups: Readonly<Record<string, Counted>>): Section {
  const rows = Object.entries(groups).map(([group, counted]): TableRow => {
    const metrics = metricsIn(counted);
    return {
      cells: [group, ...metrics.map(valueCell)],
      leads: linksOf('maturity', asked, metrics, { [by]: group }),
      ...fewLeads(by, leadCountIn(counted)),
    };
  });
  const titled = metricsIn(Object.values(groups)[0] ?? NOTHING);
  return {
    id: `by-${by}`,
    title: `By ${by}`,
    notes: [
      `Each ${by} as at hand-off. Volumes add up to the total; shares and times of groups do not: their counts do. SLA compliance by ${by} stands in the report on compliance.`,
      ...fewLeadsNotes(by),
    ],
    table: {
      columns: [column('group', by, 'text'), ...titled.map(({ id, title, kind }) => column(id, title, kind))],
      rows,
    },
    charts: [],
  };
}
