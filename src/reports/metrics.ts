import type { Governance, Target } from '../domain/agreement/index.js';
import type { DurationMs, Instant } from '../domain/business-time/index.js';
import {
  ALL,
  conversionWithinMs,
  emptyPipeline,
  emptyShare,
  MATURE_AFTER_MS,
  valueOf,
  type CellKind,
  type FirstResponseTally,
  type PipelineTally,
  type ShareName,
  type ShareTallies,
  type ShareTally,
} from '../domain/reports/index.js';
import type { Figures } from './figures.js';
import type { Behind } from './list-links.js';
import { firstResponseFigures, queryFirstResponse } from './first-response-query.js';
import type { Known, ReportAsked, ReportSource } from './ports.js';
import { queryPipeline } from './pipeline-query.js';
import { currencyOf, pipelineAsked } from './pipeline-report.js';
import type { Span } from './known-rows.js';
import { queryShares, shareFigures } from './share-queries.js';

/** What metrics count, for the lists behind them. */
export const metricFigures: Figures = { ...shareFigures, ...firstResponseFigures };

/** One number that can be defended: what was counted, among what, what was left out. */
export interface Metric {
  readonly id: string;
  readonly title: string;
  readonly kind: CellKind;
  /** Null: no leads. */
  readonly value: number | null;
  /** Of an amount, whose value is in hundredths of it. */
  readonly currency?: string;
  readonly numerator: number;
  readonly denominator: number | null;
  readonly leftOut: ShareTally['leftOut'];
  /** The lists behind these numbers, where what they count are leads. */
  readonly behind: Readonly<Partial<Record<'numerator' | 'denominator' | 'leftOut', Behind>>>;
  /** How long after a period's end nothing can change any more. */
  readonly matureAfterMs: DurationMs;
}

/** Everything that metrics of one time are made of. */
export interface Counted {
  readonly shares: ShareTallies;
  readonly firstResponse: FirstResponseTally | undefined;
  /** Absent: no target of the agreement asks for it. */
  readonly pipeline?: { readonly tally: PipelineTally; readonly currency: string };
}

/** Counts what metrics need over `[from, to)`. */
export async function countMetrics(
  source: ReportSource,
  asked: ReportAsked,
  { from, to }: { readonly from: Instant; readonly to: Instant },
): Promise<Counted> {
  const { agreement, asOf, filter } = asked;
  const known: Known = { workspace: source.workspace, agreement: agreement.name, asOf };
  const [shares, firstResponse, pipeline] = await Promise.all([
    queryShares(source.query, known, { from, to, filter }),
    queryFirstResponse(source.query, known, { from, to, filter }, source.openTimeOn),
    countPipeline(source, asked, { from, to }),
  ]);
  return { shares, firstResponse: firstResponse[ALL], ...(pipeline && { pipeline }) };
}

const PIPELINE = 'marketing-sourced-pipeline';

async function countPipeline(source: ReportSource, asked: ReportAsked, span: Span): Promise<Counted['pipeline']> {
  if (!asked.governance.targets.some(({ name }) => name === PIPELINE)) return undefined;
  const known: Known = { workspace: source.workspace, agreement: asked.agreement.name, asOf: asked.asOf };
  const currency = await currencyOf(source, asked);
  const groups = await queryPipeline(source.query, known, pipelineAsked(asked, span, currency));
  return { tally: groups[ALL] ?? emptyPipeline, currency };
}

const shareTitles = {
  'mql-volume-net': 'MQLs that are what was agreed',
  'mql-to-sales-qualified': 'MQL to sales-qualified',
  'decided-rate': 'outcomes that are sales-qualified',
  'acceptance-rate': 'accepted',
  'accepted-by-implication': 'accepted by the first touch',
  'data-completeness': 'complete data',
  enriched: 'enriched',
  'volume-worked': 'delivered volume worked',
  'sales-flagged-disqualified': 'disqualified by sales',
  'disqualification-reason': 'disqualified with a reason',
  'recycle-to-sales-qualified': 'recycled to sales-qualified',
  'nurture-to-sales-qualified': 'nurtured to sales-qualified',
  'mql-to-sal': 'MQL to accepted',
  'sal-to-sales-qualified': 'accepted to sales-qualified',
  'sales-qualified-to-opportunity': 'sales-qualified to opportunity',
  'opportunity-to-customer': 'opportunity to customer',
  'stage-integrity': 'stage integrity',
} as const satisfies Record<ShareName, string>;

/** Conversions have windows of their own (R7); what is decided within its period is mature at its end. */
const matureAfterMs: Readonly<Partial<Record<ShareName, DurationMs>>> = {
  'mql-to-sales-qualified': conversionWithinMs['sales-qualified'],
  'decided-rate': 0,
  'disqualification-reason': 0,
  'stage-integrity': 0,
  'recycle-to-sales-qualified': conversionWithinMs['sales-qualified'],
  'nurture-to-sales-qualified': conversionWithinMs['sales-qualified'],
  'mql-to-sal': conversionWithinMs.sal,
  'sal-to-sales-qualified': conversionWithinMs['sales-qualified'],
  'sales-qualified-to-opportunity': conversionWithinMs.opportunity,
  'opportunity-to-customer': conversionWithinMs.customer,
};

/** A share as a metric. */
export function shareMetric({ shares }: Counted, name: ShareName): Metric {
  const tally = shares[name][ALL] ?? emptyShare;
  return {
    id: name,
    title: shareTitles[name],
    kind: 'share',
    value: valueOf(tally),
    numerator: tally.numerator,
    denominator: tally.denominator,
    leftOut: tally.leftOut,
    behind: {
      numerator: { figure: name, part: 'numerator' },
      denominator: { figure: name, part: 'denominator' },
      ...(Object.keys(tally.leftOut).length > 0 && { leftOut: { figure: name, part: 'left-out' } }),
    },
    matureAfterMs: matureAfterMs[name] ?? MATURE_AFTER_MS,
  };
}

/** MQLs handed off, those of upheld disputes deducted. A volume of none is none, and not nothing to be told. */
export function volumeMetric({ shares }: Counted): Metric {
  const { numerator, denominator } = shares['mql-volume-net'][ALL] ?? emptyShare;
  const upheldCount = denominator - numerator;
  return {
    id: 'mql-volume',
    title: 'MQL volume (net)',
    kind: 'count',
    value: numerator,
    numerator,
    denominator: null,
    leftOut: upheldCount > 0 ? { 'dispute-upheld': upheldCount } : {},
    behind: {
      numerator: { figure: 'mql-volume-net', part: 'numerator' },
      ...(upheldCount > 0 && { leftOut: { figure: 'mql-volume-net', part: 'others' } }),
    },
    matureAfterMs: MATURE_AFTER_MS,
  };
}

/** Worked of the smaller of what was delivered and what was committed, at most all of it. */
export function volumeWorkedMetric(counted: Counted, committedCount: number | null): Metric {
  const share = shareMetric(counted, 'volume-worked');
  const denominator = Math.min(share.denominator ?? 0, committedCount ?? Number.POSITIVE_INFINITY);
  const value = denominator === 0 ? null : Math.min(1, share.numerator / denominator);
  const { denominator: delivered, ...behind } = share.behind;
  // What was committed to is a number without leads behind it.
  const isDelivered = denominator === share.denominator && delivered !== undefined;
  return { ...share, denominator, value, behind: { ...behind, ...(isDelivered && { denominator: delivered }) } };
}

/** Open time until the first touch by a person, of the answered; see the report on speed for the others. */
export function firstResponseMetric({ firstResponse }: Counted): Metric {
  const { answeredCount = 0, answeredMs = 0, unansweredCount = 0, leftOut = {} } = firstResponse ?? {};
  return {
    id: 'average-first-response',
    title: 'first response, average',
    kind: 'open-time',
    value: answeredCount === 0 ? null : answeredMs / answeredCount,
    numerator: answeredMs,
    denominator: answeredCount,
    leftOut: { ...leftOut, ...(unansweredCount > 0 && { unanswered: unansweredCount }) },
    behind: {
      denominator: { figure: 'first-response', part: 'answered' },
      leftOut: { figure: 'first-response', part: 'left-out' },
    },
    matureAfterMs: MATURE_AFTER_MS,
  };
}

/** What marketing sourced of the opportunities that first opened; a pipeline of nothing is nothing, not none to tell. */
function pipelineMetric({ pipeline }: Counted): Metric | undefined {
  if (pipeline === undefined) return undefined;
  const { tally, currency } = pipeline;
  const { count, minor, withoutAmount, otherCurrency } = tally['marketing-sourced'];
  return {
    id: PIPELINE,
    title: 'marketing-sourced pipeline',
    kind: 'money',
    value: minor,
    currency,
    numerator: count,
    denominator: tally.total.count,
    leftOut: {
      ...(withoutAmount > 0 && { 'without-amount': withoutAmount }),
      ...(otherCurrency > 0 && { 'other-currency': otherCurrency }),
    },
    behind: {},
    matureAfterMs: 0,
  };
}

/** The metric that a target of the agreement is about; undefined if no figure here has that name. */
export function metricOf(counted: Counted, { name }: Target, committedCount: number | null): Metric | undefined {
  if (name === 'mql-volume') return volumeMetric(counted);
  if (name === 'volume-worked') return volumeWorkedMetric(counted, committedCount);
  if (name === 'average-first-response') return firstResponseMetric(counted);
  if (name === PIPELINE) return pipelineMetric(counted);
  return name in shareTitles ? shareMetric(counted, name as ShareName) : undefined;
}

/** The committed volume of a period: each month's by its share of open days; null if none is committed. */
export function committedVolume(source: ReportSource, asked: ReportAsked): number | null {
  const target = volumeTarget(asked.governance);
  return target === null ? null : proRata(source, asked, target, asked.period);
}

/** What is committed for an average one of the last weeks; null if nothing is. */
export function weeklyVolumeTarget(source: ReportSource, asked: ReportAsked): number | null {
  const target = volumeTarget(asked.governance);
  const { lastWeeks } = asked;
  if (target === null || lastWeeks.length === 0) return null;
  const whole = { from: lastWeeks[0]!.from, to: lastWeeks.at(-1)!.to };
  return proRata(source, asked, target, whole) / lastWeeks.length;
}

const volumeTarget = ({ targets }: Governance): number | null => {
  const amount = targets.find(({ name }) => name === 'mql-volume')?.atLeast;
  return amount?.kind === 'count' ? amount.count : null;
};

/** What part of a monthly count falls on `[from, to)`, by open days. */
export function proRata(
  { openDayCount }: ReportSource,
  { agreement, governance, months }: ReportAsked,
  perMonth: number,
  { from, to }: { readonly from: Instant; readonly to: Instant },
): number {
  const touched = months.filter((month) => month.to > from && month.from < to);
  return touched.reduce((sum, month) => {
    const days = openDayCount(agreement, governance, Math.max(from, month.from), Math.min(to, month.to));
    const inMonth = openDayCount(agreement, governance, month.from, month.to);
    return sum + (inMonth === 0 ? 0 : (perMonth * days) / inMonth);
  }, 0);
}
