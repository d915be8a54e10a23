import type { TargetAmount } from '../domain/agreement/index.js';
import { goalValue, type Cell, type Period } from '../domain/reports/index.js';
import { countMetrics, metricNamed, ofMonths, type Counted, type Metric } from './metrics.js';
import type { ReportAsked, ReportSource } from './ports.js';

/** What a figure is compared with, and whence that comes. */
export interface Baseline {
  /** Null: no leads. */
  readonly value: number | null;
  readonly currency?: string;
  readonly origin: string;
  /** Where it was counted: whose lists stand behind it. */
  readonly period?: Period;
}

/** By metric: what was entered, else what was counted over the time before. */
export type FindBaseline = (metric: Metric) => Baseline | undefined;

/** What was entered is of all leads: where a report looks at some only, it is compared with those of the time before. */
export async function findBaselines(source: ReportSource, asked: ReportAsked): Promise<FindBaseline> {
  const { entered, baseline: span, filter } = asked;
  const isWhole = Object.keys(filter).length === 0;
  const amounts = new Map(isWhole ? entered.map(({ metric, amount }) => [metric, amount]) : []);
  const only = span.version === undefined ? filter : { ...filter, version: span.version };
  const counted = await countMetrics(source, { ...asked, filter: only }, span);
  return (metric) => {
    const amount = amounts.get(metric.id);
    return amount ? enteredBaseline(source, asked, amount) : countedBaseline(source, asked, counted, metric);
  };
}

/** Counts and money are entered as those of a month. */
function enteredBaseline(source: ReportSource, asked: ReportAsked, amount: TargetAmount): Baseline {
  const value = goalValue(amount);
  const isOfMonth = amount.kind === 'count' || amount.kind === 'money';
  return {
    value: isOfMonth ? ofMonths(source, asked, asked.period, () => value) : value,
    ...(amount.kind === 'money' && { currency: amount.currency }),
    origin: 'entered',
  };
}

/** A volume of another length of time is brought to that of the period, by open days. */
function countedBaseline(
  source: ReportSource,
  asked: ReportAsked,
  counted: Counted,
  { id, kind }: Metric,
): Baseline | undefined {
  const before = metricNamed(counted, id, null);
  if (before === undefined) return undefined;
  const { value, currency } = before;
  const { name: origin, period } = asked.baseline;
  const found = { value, origin, ...(currency !== undefined && { currency }), ...(period && { period }) };
  if (value === null || (kind !== 'count' && kind !== 'money')) return found;
  return { ...found, value: value * openDaysRatio(source, asked) };
}

function openDaysRatio(
  { openDayCount }: ReportSource,
  { agreement, governance, period, baseline }: ReportAsked,
): number {
  const daysIn = (from: number, to: number): number => openDayCount(agreement, governance, from, to);
  const before = daysIn(baseline.from, baseline.to);
  return before === 0 ? 0 : daysIn(period.from, period.to) / before;
}

/** The value and its origin as cells; a count is rounded to a whole one. */
export function baselineCells(found: Baseline | undefined, { kind }: Metric): readonly [value: Cell, origin: Cell] {
  if (found === undefined) return [null, null];
  const { value, currency, origin } = found;
  if (value === null) return ['no-leads', origin];
  if (currency !== undefined) return [{ minor: Math.round(value), currency }, origin];
  return [kind === 'count' ? Math.round(value) : value, origin];
}
