import type { Target, TargetAmount } from '../domain/agreement/index.js';
import {
  goalValue,
  statusOf,
  type Cell,
  type CellKind,
  type Column,
  type FigureStatus,
  type Goal,
  type ListFilter,
  type ReportName,
  type TableRow,
} from '../domain/reports/index.js';
import { baselineCells, type Baseline, type FindBaseline } from './baselines.js';
import { column, leftOutText } from './cells.js';
import { goalOver } from './goals.js';
import { listLink, type Behind } from './list-links.js';
import { ofMonths, type Metric } from './metrics.js';
import type { InForce, ReportAsked, ReportSource } from './ports.js';

/** Target, actual and what it is compared with are of each row's own kind. */
export const judgedColumns: readonly Column[] = [
  column('metric', 'metric', 'text'),
  column('segment', 'segment', 'text'),
  column('party', 'side', 'text'),
  column('bound', 'bound', 'text'),
  column('target', 'target', 'count'),
  column('actual', 'actual', 'count'),
  column('status', 'status', 'status'),
  column('before', 'period before', 'count'),
  column('baseline', 'baseline', 'count'),
  column('baselineFrom', 'baseline from', 'text'),
  column('numerator', 'counted', 'count'),
  column('denominator', 'among', 'count'),
  column('leftOut', 'left out', 'text'),
];

type Span = Pick<ReportAsked['period'], 'from' | 'to'>;

const judging = ['segment', 'party', 'bound', 'target', 'status'];

/** The same where nothing is to be reached. */
export const comparedColumns = judgedColumns.filter(({ id }) => !judging.includes(id));

/** What the rows of one report have in common. */
export interface MetricContext {
  readonly report: ReportName;
  readonly source: ReportSource;
  readonly asked: ReportAsked;
  readonly baselineOf: FindBaseline;
}

/** A metric beside the one of the period before and its baseline. */
export function comparedRow(context: MetricContext, metric: Metric, earlier: Metric | undefined): TableRow {
  const baseline = context.baselineOf(metric);
  return {
    cells: [metric.title, valueCell(metric), ...comparisonCells(metric, earlier, baseline), ...countCells(metric)],
    kinds: ownKinds(metric),
    leads: listsBehind(context, metric, baseline),
  };
}

/** A target over all leads, or over those of a segment, and how far it was reached. */
export interface Judged {
  readonly target: Target;
  readonly segment?: string;
  /** Undefined: this product has no figure of that name. */
  readonly metric: Metric | undefined;
  readonly earlier: Metric | undefined;
}

export function judgedRow(context: MetricContext, judged: Judged): TableRow {
  const { target, segment = null, metric, earlier } = judged;
  const goal = goalIn(context, judged, context.asked.period);
  const amounts = [boundOf(goal), goalCell(goal, amountIn(judged))];
  const kinds = { target: kindOf(amountIn(judged)) };
  // Shown, so that nobody believes it is watched.
  if (metric === undefined) {
    const cells = [target.name, segment, target.party, ...amounts, 'no figure of that name', 'no-target'];
    return { cells: [...cells, ...NOTHING_COUNTED], kinds: { ...kinds, actual: 'text' } };
  }
  // Baselines are of all leads.
  const baseline = segment === null ? context.baselineOf(metric) : undefined;
  return {
    cells: [
      ...[metric.title, segment, target.party, ...amounts, valueCell(metric), statusIn(context, judged, metric, goal)],
      ...comparisonCells(metric, earlier, baseline),
      ...countCells(metric),
    ],
    kinds: { ...ownKinds(metric), ...kinds },
    leads: listsBehind(context, metric, baseline, segment === null ? {} : { segment }),
  };
}

const NOTHING_COUNTED: readonly Cell[] = [null, null, null, null, null, null];

const amountIn = (
  { segment, target: own }: Pick<Judged, 'target' | 'segment'>,
  target: Target | undefined = own,
): TargetAmount | undefined =>
  segment === undefined ? (target?.atLeast ?? target?.atMost) : target?.bySegment[segment];

/** What is to be reached in a time, as was agreed then: volumes of each month by open days, others weighed by them. */
export function goalIn(
  { source, asked }: Pick<MetricContext, 'source' | 'asked'>,
  judged: Pick<Judged, 'target' | 'segment'>,
  span: Span,
): Goal | null {
  const amountAgreed = (version: InForce) => amountIn(judged, targetIn(version, judged.target));
  if (!isOfMonth(amountIn(judged))) {
    return goalOver(source, asked, span, (version) => asGoal(judged.target, valueOf(amountAgreed(version))));
  }
  return asGoal(
    judged.target,
    ofMonths(source, asked, span, (version) => valueOf(amountAgreed(version))),
  );
}

const targetIn = ({ governance }: InForce, { name }: Target): Target | undefined =>
  governance.targets.find((target) => target.name === name);

const isOfMonth = (amount: TargetAmount | undefined): boolean => amount?.kind === 'count' || amount?.kind === 'money';
const valueOf = (amount: TargetAmount | undefined): number | null => (amount === undefined ? null : goalValue(amount));
const asGoal = ({ atLeast }: Target, value: number | null): Goal | null => {
  if (value === null) return null;
  return atLeast === undefined ? { atMost: value } : { atLeast: value };
};

function statusIn(context: MetricContext, judged: Judged, metric: Metric, goal: Goal | null): FigureStatus {
  const { period, asOf } = context.asked;
  const elapsed = { from: period.from, to: Math.max(period.from, Math.min(period.to, asOf)) };
  const expected = isOfMonth(amountIn(judged)) ? goalIn(context, judged, elapsed) : null;
  return statusOf({
    value: metric.value,
    goal,
    asOf,
    matureAt: period.to + metric.matureAfterMs,
    ...(expected !== null && 'atLeast' in expected && { expected: expected.atLeast }),
  });
}

const boundOf = (goal: Goal | null): Cell => (goal === null ? null : 'atLeast' in goal ? 'at least' : 'at most');

/** A count is a whole one: what is above is reached with the next. */
function goalCell(goal: Goal | null, amount: TargetAmount | undefined): Cell {
  if (goal === null || amount === undefined) return null;
  const value = 'atLeast' in goal ? goal.atLeast : goal.atMost;
  if (amount.kind === 'money') return { minor: Math.ceil(value), currency: amount.currency };
  return amount.kind === 'count' ? Math.ceil(value - 1e-9) : value;
}

const amountKinds = {
  count: 'count',
  share: 'share',
  time: 'open-time',
  money: 'money',
} as const satisfies Record<TargetAmount['kind'], CellKind>;
const kindOf = (amount: TargetAmount | undefined): CellKind =>
  amount === undefined ? 'text' : amountKinds[amount.kind];

export const valueCell = ({ value, currency }: Metric): Cell => {
  if (value === null) return 'no-leads';
  return currency === undefined ? value : { minor: value, currency };
};

/** A time's numerator is a time as well; counts are counts. */
const ownKinds = ({ kind }: Metric): Readonly<Record<string, CellKind>> => ({
  actual: kind,
  before: kind,
  baseline: kind,
  ...(kind === 'open-time' && { numerator: kind }),
});

const comparisonCells = (
  metric: Metric,
  earlier: Metric | undefined,
  baseline: Baseline | undefined,
): readonly Cell[] => [earlier === undefined ? null : valueCell(earlier), ...baselineCells(baseline, metric)];

const countCells = ({ numerator, denominator, leftOut }: Metric): readonly Cell[] => [
  numerator,
  denominator,
  leftOutText(leftOut),
];

/** By column, where the lists behind a metric's numbers are to be had. */
function listsBehind(
  { report, asked }: Pick<MetricContext, 'report' | 'asked'>,
  { behind: { value, ...counts } }: Metric,
  baseline: Baseline | undefined,
  filter: ListFilter = {},
): Readonly<Record<string, string>> {
  const link = (behind: Behind): string =>
    listLink(report, asked, { ...behind, filter: { ...behind.filter, ...filter } });
  const links = Object.entries(counts).map(([id, behind]): [string, string] => [id, link(behind)]);
  if (value === undefined) return Object.fromEntries(links);
  return {
    ...Object.fromEntries(links),
    actual: link(value),
    before: link({ ...value, period: asked.before }),
    ...(baseline?.period && { baseline: link({ ...value, period: baseline.period }) }),
  };
}

/** By metric, where the list behind its value is to be had. */
export const linksOf = (
  report: ReportName,
  asked: ReportAsked,
  metrics: readonly Metric[],
  filter: ListFilter,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    metrics.flatMap(({ id, behind: { value } }): [string, string][] =>
      value === undefined ? [] : [[id, listLink(report, asked, { ...value, filter: { ...value.filter, ...filter } })]],
    ),
  );

export const BASELINE_NOTE =
  'Baseline: what was entered, else the time in shadow, else the quarter before; a volume is brought to the period by open days.';
