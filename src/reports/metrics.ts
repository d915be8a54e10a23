import type { DurationMs, Instant } from '../domain/business-time/index.js';
import {
  ALL,
  conversionWithinMs,
  edgesOf,
  emptyPipeline,
  emptyShare,
  MATURE_AFTER_MS,
  shareNames,
  valueOf,
  type CellKind,
  type LeadGrouping,
  type Period,
  type PipelineTally,
  type ShareName,
  type ShareTallies,
  type ShareTally,
} from '../domain/reports/index.js';
import type { Figures } from './figures.js';
import type { Behind } from './list-links.js';
import {
  firstResponseFigures,
  queryAnsweredOver,
  queryFirstResponse,
  type AnsweredTally,
} from './first-response-query.js';
import { queryWeeklyFeedback } from './feedback-query.js';
import { versionsIn } from './goals.js';
import { knownFor, type InForce, type ReportAsked, type ReportSource } from './ports.js';
import { NOT_ADDED } from './pipeline-list.js';
import { currencyOf, queryPipeline } from './pipeline-query.js';
import { pipelineAsked } from './pipeline-report.js';
import type { Span } from './known-rows.js';
import { queryShares, querySharesOver, shareFigures } from './share-queries.js';

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
  readonly behind: Readonly<Partial<Record<'value' | 'numerator' | 'denominator' | 'leftOut', Behind>>>;
  /** How long after a period's end nothing can change any more. */
  readonly matureAfterMs: DurationMs;
  /** Whether leads are what it counts: only those are counted week by week. */
  readonly isByLead: boolean;
}

/** Everything that metrics of one time are made of. */
export interface Counted {
  readonly shares: ShareTallies;
  readonly firstResponse: AnsweredTally | undefined;
  /** Absent: no target of the agreement asks for it. */
  readonly pipeline?: { readonly tally: PipelineTally; readonly currency: string };
  /** Weeks with a word of sales; absent likewise. */
  readonly feedback?: ShareTally;
}

type CountAsked = Pick<ReportAsked, 'agreement' | 'asOf' | 'filter'>;

/** Counts what metrics need over `[from, to)`. */
export async function countMetrics(source: ReportSource, asked: ReportAsked, span: Span): Promise<Counted> {
  const [groups, pipeline, feedback] = await Promise.all([
    countGroups(source, asked, span),
    countPipeline(source, asked, span),
    asksFor(asked, FEEDBACK) ? queryWeeklyFeedback(source.query, knownFor(source, asked), span) : undefined,
  ]);
  return { ...(groups[ALL] ?? NOTHING), ...(pipeline && { pipeline }), ...(feedback && { feedback }) };
}

const PIPELINE = 'marketing-sourced-pipeline';
const FEEDBACK = 'weekly-feedback';

const asksFor = ({ governance }: ReportAsked, metric: string): boolean =>
  governance.targets.some(({ name }) => name === metric);

async function countPipeline(source: ReportSource, asked: ReportAsked, span: Span): Promise<Counted['pipeline']> {
  if (!asksFor(asked, PIPELINE)) return undefined;
  const currency = await currencyOf(source, asked);
  const groups = await queryPipeline(source.query, knownFor(source, asked), pipelineAsked(asked, span, currency));
  return { tally: groups[ALL] ?? emptyPipeline, currency };
}

/** The same by group; groups in which nothing was counted are left out. */
export async function countGroups(
  source: ReportSource,
  asked: CountAsked,
  { from, to }: Span,
  by?: LeadGrouping,
): Promise<Readonly<Record<string, Counted>>> {
  const known = knownFor(source, asked);
  const question = { from, to, filter: asked.filter, ...(by !== undefined && { by }) };
  const [shares, firstResponse] = await Promise.all([
    queryShares(source.query, known, question),
    queryFirstResponse(source.query, known, question, source.openTimeOn),
  ]);
  const groups = new Set([...Object.values(shares).flatMap(Object.keys), ...Object.keys(firstResponse)]);
  const counted = [...groups]
    .sort()
    .map((group) => [group, { shares: sharesOf(shares, group), firstResponse: firstResponse[group] }]);
  return Object.fromEntries(counted) as Record<string, Counted>;
}

/** The tallies of one group, as those of all. */
const sharesOf = (shares: ShareTallies, group: string): ShareTallies =>
  Object.fromEntries(
    Object.entries(shares).map(([name, groups]) => [name, groups[group] ? { [ALL]: groups[group] } : {}]),
  ) as ShareTallies;

/** Where nothing was counted. */
export const NOTHING: Counted = {
  shares: Object.fromEntries(shareNames.map((name) => [name, {}])) as ShareTallies,
  firstResponse: undefined,
};

/** Counts what metrics need over periods that follow one another. */
export async function countPeriods(
  source: ReportSource,
  asked: CountAsked,
  periods: readonly Period[],
): Promise<readonly Counted[]> {
  const known = knownFor(source, asked);
  const question = { edges: edgesOf(periods), filter: asked.filter };
  const [shares, answered] = await Promise.all([
    querySharesOver(source.query, known, question),
    queryAnsweredOver(source.query, known, question),
  ]);
  return shares.map((tallies, place) => ({ shares: tallies, firstResponse: answered[place] }));
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
      value: { figure: name, part: 'denominator' },
      numerator: { figure: name, part: 'numerator' },
      denominator: { figure: name, part: 'denominator' },
      ...(Object.keys(tally.leftOut).length > 0 && { leftOut: { figure: name, part: 'left-out' } }),
    },
    matureAfterMs: matureAfterMs[name] ?? MATURE_AFTER_MS,
    isByLead: true,
  };
}

/** Leads handed off that a group is judged by. */
export const leadCountIn = ({ shares }: Counted): number => (shares['mql-volume-net'][ALL] ?? emptyShare).denominator;

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
      value: { figure: 'mql-volume-net', part: 'numerator' },
      numerator: { figure: 'mql-volume-net', part: 'numerator' },
      ...(upheldCount > 0 && { leftOut: { figure: 'mql-volume-net', part: 'others' } }),
    },
    matureAfterMs: MATURE_AFTER_MS,
    isByLead: true,
  };
}

/** Worked of the smaller of what was delivered and what was committed, at most all of it. */
function volumeWorkedMetric(counted: Counted, committedCount: number | null): Metric {
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
      value: { figure: 'first-response', part: 'answered' },
      numerator: { figure: 'first-response', part: 'answered' },
      denominator: { figure: 'first-response', part: 'answered' },
      leftOut: { figure: 'first-response', part: 'left-out' },
    },
    matureAfterMs: MATURE_AFTER_MS,
    isByLead: true,
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
    behind: {
      value: { figure: 'pipeline', part: 'marketing-sourced' },
      numerator: { figure: 'pipeline', part: 'marketing-sourced' },
      denominator: { figure: 'pipeline', part: 'total' },
      leftOut: { figure: NOT_ADDED, part: 'marketing-sourced' },
    },
    matureAfterMs: 0,
    isByLead: false,
  };
}

/** A word may still be given while its week's review is open: it is to be closed within a week. */
const FEEDBACK_MATURE_AFTER_MS: DurationMs = 7 * 86_400_000;

function feedbackMetric({ feedback }: Counted): Metric | undefined {
  if (feedback === undefined) return undefined;
  const { numerator, denominator } = feedback;
  return {
    id: FEEDBACK,
    title: 'weeks with a word of sales',
    kind: 'share',
    value: valueOf(feedback),
    numerator,
    denominator,
    leftOut: {},
    behind: {},
    matureAfterMs: FEEDBACK_MATURE_AFTER_MS,
    isByLead: false,
  };
}

/** A metric by the name that targets have for it; undefined if no figure here has that name. */
export function metricNamed(counted: Counted, name: string, committedCount: number | null): Metric | undefined {
  if (name === 'mql-volume') return volumeMetric(counted);
  if (name === 'volume-worked') return volumeWorkedMetric(counted, committedCount);
  if (name === 'average-first-response') return firstResponseMetric(counted);
  if (name === PIPELINE) return pipelineMetric(counted);
  if (name === FEEDBACK) return feedbackMetric(counted);
  return name in shareTitles ? shareMetric(counted, name as ShareName) : undefined;
}

/** The committed volume of a period: each month's by its share of open days; null if none is committed. */
export const committedVolume = (source: ReportSource, asked: ReportAsked): number | null =>
  ofMonths(source, asked, asked.period, volumeTarget);

/** What is committed for an average one of the last weeks; null if nothing is. */
export function weeklyVolumeTarget(source: ReportSource, asked: ReportAsked): number | null {
  const { lastWeeks } = asked;
  if (lastWeeks.length === 0) return null;
  const committed = ofMonths(source, asked, { from: lastWeeks[0]!.from, to: lastWeeks.at(-1)!.to }, volumeTarget);
  return committed === null ? null : committed / lastWeeks.length;
}

const volumeTarget = ({ governance }: InForce): number | null => {
  const amount = governance.targets.find(({ name }) => name === 'mql-volume')?.atLeast;
  return amount?.kind === 'count' ? amount.count : null;
};

/**
 * What part of monthly amounts falls on `[from, to)`: of each version that was in force then, and of each month, by open
 * days (R5); null if none of them says one.
 */
export function ofMonths(
  source: ReportSource,
  asked: ReportAsked,
  span: Span,
  perMonth: (version: InForce) => number | null,
): number | null {
  const parts = versionsIn(asked, span).flatMap((version) => {
    const amount = perMonth(version);
    return amount === null ? [] : [amount * monthsIn(source, asked, version, span)];
  });
  return parts.length === 0 ? null : parts.reduce((sum, part) => sum + part, 0);
}

/** How many months' worth of open days of a span lie in the time of a version. */
function monthsIn({ openDayCount }: ReportSource, { months }: ReportAsked, version: InForce, span: Span): number {
  const [from, to] = [Math.max(span.from, version.from), Math.min(span.to, version.to)];
  const daysIn = (start: Instant, end: Instant) => openDayCount(version.agreement, version.governance, start, end);
  const touched = months.filter((month) => month.to > from && month.from < to);
  return touched.reduce((sum, month) => {
    const inMonth = daysIn(month.from, month.to);
    return sum + (inMonth === 0 ? 0 : daysIn(Math.max(from, month.from), Math.min(to, month.to)) / inMonth);
  }, 0);
}
