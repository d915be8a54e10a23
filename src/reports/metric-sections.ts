import type { Target, TargetAmount } from '../domain/agreement/index.js';
import {
  goalValue,
  statusOf,
  type Cell,
  type CellKind,
  type Column,
  type Goal,
  type ReportName,
  type Section,
  type ShareName,
  type TableRow,
} from '../domain/reports/index.js';
import { column, leftOutText } from './cells.js';
import { listLink } from './list-links.js';
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

/** Target, actual and the one before are of each row's own kind. */
const columns: readonly Column[] = [
  column('metric', 'metric', 'text'),
  column('party', 'side', 'text'),
  column('bound', 'bound', 'text'),
  column('target', 'target', 'count'),
  column('actual', 'actual', 'count'),
  column('status', 'status', 'status'),
  column('before', 'period before', 'count'),
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
  cells: [name, party, ...amountCells(atLeast, atMost), 'no figure of that name', 'no-target', null, null, null, null],
  kinds: { target: kindOf(atLeast ?? atMost), actual: 'text' },
});

function targetRow(
  source: ReportSource,
  asked: ReportAsked,
  target: Target,
  metric: Metric,
  earlier: Metric | undefined,
): TableRow {
  const { goal, cells } = goalFor(source, asked, target);
  const expected = metric.kind === 'count' || metric.kind === 'money' ? expectedNow(source, asked, target) : undefined;
  const status = statusOf({
    value: metric.value,
    goal,
    asOf: asked.asOf,
    matureAt: asked.period.to + metric.matureAfterMs,
    ...(expected !== undefined && { expected }),
  });
  return {
    cells: [metric.title, target.party, ...cells, valueCell(metric), status, ...restCells(metric, earlier)],
    kinds: { ...ownKinds(metric), target: kindOf(target.atLeast ?? target.atMost) },
    leads: listsBehind('targets', asked, metric),
  };
}

/** Of which side the target is a bound, and the target. */
type AmountCells = readonly [bound: Cell, target: Cell];

function goalFor(
  source: ReportSource,
  asked: ReportAsked,
  { atLeast, atMost }: Target,
): { goal: Goal | null; cells: AmountCells } {
  if (atLeast?.kind === 'count' || atLeast?.kind === 'money') {
    const sum = proRata(source, asked, goalValue(atLeast), asked.period);
    return { goal: { atLeast: sum }, cells: ['at least', sumCell(atLeast, Math.ceil(sum))] };
  }
  const cells = amountCells(atLeast, atMost);
  if (atLeast !== undefined) return { goal: { atLeast: goalValue(atLeast) }, cells };
  return { goal: atMost === undefined ? null : { atMost: goalValue(atMost) }, cells };
}

/** What of a volume may be expected by the report's as-of. */
function expectedNow(source: ReportSource, asked: ReportAsked, { atLeast }: Target): number | undefined {
  if (atLeast?.kind !== 'count' && atLeast?.kind !== 'money') return undefined;
  const { from, to } = asked.period;
  return proRata(source, asked, goalValue(atLeast), { from, to: Math.max(from, Math.min(to, asked.asOf)) });
}

function amountCells(atLeast: TargetAmount | undefined, atMost: TargetAmount | undefined): AmountCells {
  if (atLeast !== undefined) return ['at least', amountCell(atLeast)];
  return atMost === undefined ? [null, null] : ['at most', amountCell(atMost)];
}

const amountCell = (amount: TargetAmount): Cell => sumCell(amount, goalValue(amount));

const sumCell = (amount: TargetAmount, value: number): Cell =>
  amount.kind === 'money' ? { minor: value, currency: amount.currency } : value;

const amountKinds = {
  count: 'count',
  share: 'share',
  time: 'open-time',
  money: 'money',
} as const satisfies Record<TargetAmount['kind'], CellKind>;
const kindOf = (amount: TargetAmount | undefined): CellKind =>
  amount === undefined ? 'text' : amountKinds[amount.kind];

function valueCell({ value, currency }: Metric): Cell {
  if (value === null) return 'no-leads';
  return currency === undefined ? value : { minor: value, currency };
}

/** A time's numerator is a time as well; counts are counts. */
const ownKinds = ({ kind }: Metric): Readonly<Record<string, CellKind>> => ({
  actual: kind,
  before: kind,
  ...(kind === 'open-time' && { numerator: kind }),
});

/** By column, where the lists behind a metric's numbers are to be had. */
const listsBehind = (report: ReportName, asked: ReportAsked, { behind }: Metric): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(behind).map(([id, one]) => [id, listLink(report, asked, one)]));

const restCells = (metric: Metric, earlier: Metric | undefined): readonly Cell[] => [
  earlier === undefined ? null : valueCell(earlier),
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
  const row = plainRow('maturity', asked);
  const rows = [
    ...maturityShares.map((name) => row(shareMetric(now, name), shareMetric(before, name))),
    row(firstResponseMetric(now), firstResponseMetric(before)),
    row(volumeMetric(now), volumeMetric(before)),
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

const plainColumns = columns.filter(({ id }) => !['party', 'bound', 'target', 'status'].includes(id));
const plainRow =
  (report: ReportName, asked: ReportAsked) =>
  (metric: Metric, earlier: Metric): TableRow => ({
    cells: [metric.title, valueCell(metric), ...restCells(metric, earlier)],
    kinds: ownKinds(metric),
    leads: listsBehind(report, asked, metric),
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
  const row = plainRow('funnel', asked);
  const rows = metrics.map((metric, index) => row(metric, shareMetric(before, funnelShares[index]!)));
  const points = metrics.map(({ title, value }) => ({ label: title, value }));
  const charts = [{ shape: 'bars' as const, kind: 'share' as const, title: 'From stage to stage', points }];
  return [{ id: 'funnel', title: 'The funnel', notes: FUNNEL_NOTES, table: { columns: plainColumns, rows }, charts }];
}

const FUNNEL_NOTES = [
  'Leads are counted in the period in which they first entered the earlier stage; the next one counts within its window: ' +
    'accepted 14 days, sales-qualified 90, opportunity 30, customer 180.',
];
