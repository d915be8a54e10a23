import type { Target, TargetAmount } from '../domain/agreement/index.js';
import {
  goalValue,
  statusOf,
  type Cell,
  type Column,
  type Goal,
  type Section,
  type ShareName,
  type TableRow,
} from '../domain/reports/index.js';
import { column, leftOutText } from './cells.js';
import {
  committedVolume,
  countMetrics,
  firstResponseMetric,
  metricOf,
  proRata,
  shareMetric,
  volumeMetric,
  type Counted,
  type Metric,
} from './metrics.js';
import type { ReportAsked, ReportSource } from './ports.js';

const columns: readonly Column[] = [
  column('metric', 'metric', 'text'),
  column('party', 'side', 'text'),
  column('target', 'target', 'text'),
  column('actual', 'actual', 'text'),
  column('status', 'status', 'status'),
  column('before', 'period before', 'text'),
  column('numerator', 'counted', 'count'),
  column('denominator', 'among', 'count'),
  column('leftOut', 'left out', 'text'),
];

/** Metric, target, actual and status: every target of the agreement, in its order. */
export async function targetSections(source: ReportSource, asked: ReportAsked): Promise<readonly Section[]> {
  const [now, before] = await countBoth(source, asked);
  const committed = committedVolume(source, asked);
  const rows = asked.governance.targets.flatMap((target) => {
    const metric = metricOf(now, target, committed);
    if (metric === undefined) return [unknownRow(target)];
    const earlier = metricOf(before, target, committed);
    return [targetRow(source, asked, target, metric, earlier)];
  });
  return [{ id: 'targets', title: 'Targets', notes: TARGET_NOTES, table: { columns, rows }, charts: [] }];
}

const TARGET_NOTES = [
  'Targets are over a month; a volume counts by open days where the period is another one.',
  'Met or missed is said only once the period is over and its leads have had their time; before that on track or at risk.',
];

const countBoth = (source: ReportSource, asked: ReportAsked): Promise<[Counted, Counted]> =>
  Promise.all([countMetrics(source, asked, asked.period), countMetrics(source, asked, asked.before)]);

/** A target for which this product has no figure: shown, so that nobody believes it is watched. */
const unknownRow = ({ name, party, atLeast, atMost }: Target): TableRow => ({
  cells: [name, party, amountText(atLeast, atMost), 'no figure of that name', 'no-target', null, null, null, null],
});

function targetRow(
  source: ReportSource,
  asked: ReportAsked,
  target: Target,
  metric: Metric,
  earlier: Metric | undefined,
): TableRow {
  const { goal, text } = goalFor(source, asked, target);
  const expected = metric.kind === 'count' ? expectedNow(source, asked, target) : undefined;
  const status = statusOf({
    value: metric.value,
    goal,
    asOf: asked.asOf,
    matureAt: asked.period.to + metric.matureAfterMs,
    ...(expected !== undefined && { expected }),
  });
  return { cells: [metric.title, target.party, text, ...actualCells(metric), status, ...restCells(metric, earlier)] };
}

function goalFor(
  source: ReportSource,
  asked: ReportAsked,
  { atLeast, atMost }: Target,
): { goal: Goal | null; text: Cell } {
  if (atLeast?.kind === 'count') {
    const count = proRata(source, asked, atLeast.count, asked.period);
    return { goal: { atLeast: count }, text: `at least ${Math.ceil(count)}` };
  }
  const text = amountText(atLeast, atMost);
  if (atLeast !== undefined) return { goal: { atLeast: goalValue(atLeast) }, text };
  return { goal: atMost === undefined ? null : { atMost: goalValue(atMost) }, text };
}

/** What of a volume may be expected by the report's as-of. */
function expectedNow(source: ReportSource, asked: ReportAsked, { atLeast }: Target): number | undefined {
  if (atLeast?.kind !== 'count') return undefined;
  const { from, to } = asked.period;
  return proRata(source, asked, atLeast.count, { from, to: Math.max(from, Math.min(to, asked.asOf)) });
}

function amountText(atLeast: TargetAmount | undefined, atMost: TargetAmount | undefined): Cell {
  if (atLeast !== undefined) return `at least ${amount(atLeast)}`;
  return atMost === undefined ? null : `at most ${amount(atMost)}`;
}

function amount(said: TargetAmount): string {
  switch (said.kind) {
    case 'count':
      return String(said.count);
    case 'share':
      return percentText(said.ppm / 1_000_000);
    case 'time':
      return timeText(said.ms);
    case 'money':
      return `${said.minor / 100} ${said.currency}`;
  }
}

/** Rounded down to 0.1 %, so that nothing seems reached that is not (spec/reports.md). */
export const percentText = (share: number): string => `${(Math.floor(share * 1_000 + 1e-9) / 10).toFixed(1)} %`;

const timeText = (ms: number): string => {
  const minutes = Math.floor(ms / 60_000);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};

function valueText({ kind, value }: Metric): string {
  if (value === null) return 'no leads';
  if (kind === 'share') return percentText(value);
  return kind === 'open-time' ? timeText(value) : String(value);
}

const actualCells = (metric: Metric): readonly Cell[] => [valueText(metric)];

const restCells = (metric: Metric, earlier: Metric | undefined): readonly Cell[] => [
  earlier === undefined ? null : valueText(earlier),
  metric.numerator,
  metric.denominator,
  leftOutText(metric.leftOut),
];

/** The measures of how well the two sides work together. */
const maturityShares: readonly ShareName[] = [
  'stage-integrity',
  'mql-to-sales-qualified',
  'acceptance-rate',
  'recycle-to-sales-qualified',
];

export async function maturitySections(source: ReportSource, asked: ReportAsked): Promise<readonly Section[]> {
  const [now, before] = await countBoth(source, asked);
  const rows = [
    ...maturityShares.map((name) => plainRow(shareMetric(now, name), shareMetric(before, name))),
    plainRow(firstResponseMetric(now), firstResponseMetric(before)),
    plainRow(volumeMetric(now), volumeMetric(before)),
  ];
  return [
    {
      id: 'maturity',
      title: 'How mature the agreement is',
      notes: [],
      table: { columns: plainColumns, rows },
      charts: [],
    },
  ];
}

const plainColumns = columns.filter(({ id }) => !['party', 'target', 'status'].includes(id));
const plainRow = (metric: Metric, earlier: Metric): TableRow => ({
  cells: [metric.title, ...actualCells(metric), ...restCells(metric, earlier)],
});

const funnelShares: readonly ShareName[] = [
  'mql-to-sal',
  'sal-to-sales-qualified',
  'sales-qualified-to-opportunity',
  'opportunity-to-customer',
];

/** From stage to stage, each within its window. */
export async function funnelSections(source: ReportSource, asked: ReportAsked): Promise<readonly Section[]> {
  const [now, before] = await countBoth(source, asked);
  const metrics = funnelShares.map((name) => shareMetric(now, name));
  const rows = metrics.map((metric, index) => plainRow(metric, shareMetric(before, funnelShares[index]!)));
  const points = metrics.map(({ title, value }) => ({ label: title, value }));
  const charts = [{ shape: 'bars' as const, kind: 'share' as const, title: 'From stage to stage', points }];
  return [{ id: 'funnel', title: 'The funnel', notes: FUNNEL_NOTES, table: { columns: plainColumns, rows }, charts }];
}

const FUNNEL_NOTES = [
  'Leads are counted in the period in which they first entered the earlier stage; the next one counts within its window: ' +
    'accepted 14 days, sales-qualified 90, opportunity 30, customer 180.',
];
