import type { Attribution } from '../agreement/index.js';
import { creditOf, credits, type Credit, type PostedOpportunity } from '../attribution/index.js';
import type { Instant } from '../business-time/index.js';
import type { Contribution } from './contribution.js';
import { groupOfLead, NO_GROUP, type LeadFilter, type LeadGrouping } from './grouping.js';
import { AccountTouches, opportunitiesOf, type Opportunity } from './opportunities.js';
import { ALL } from './share-tally.js';

/** What is counted of the pipeline: the three credits sum to the total, and marketing's influence overlaps with them. */
export const pipelineParts = [...credits, 'total', 'marketing-influenced'] as const;
export type PipelinePart = (typeof pipelineParts)[number];

/** Whether the lead that led to an opportunity was answered in time; `none`: there was no lead. */
export const leadAnswers = ['in-time', 'late', 'no-verdict', NO_GROUP] as const;
type LeadAnswer = (typeof leadAnswers)[number];

/** By what the pipeline can be split. */
export type PipelineGrouping = LeadGrouping | 'answer';

export interface PipelineSum {
  readonly count: number;
  /** Of those with an amount in the currency asked for, in its hundredths. */
  readonly minor: number;
  readonly withoutAmount: number;
  readonly otherCurrency: number;
}

export const emptyPipelineSum: PipelineSum = { count: 0, minor: 0, withoutAmount: 0, otherCurrency: 0 };

export type PipelineTally = Readonly<Record<PipelinePart, PipelineSum>>;

export const emptyPipeline = Object.fromEntries(pipelineParts.map((part) => [part, emptyPipelineSum])) as PipelineTally;

/** Opportunities of one agreement that first opened in `[from, to)`. */
export interface PipelineAsked {
  readonly agreement: string;
  readonly attribution: Attribution;
  readonly from: Instant;
  readonly to: Instant;
  readonly asOf: Instant;
  readonly filter: LeadFilter;
  /** In which amounts add up. */
  readonly currency: string;
  readonly by?: PipelineGrouping;
}

/** Adds up the pipeline over leads and postings that are known in full, by group. */
export function tallyPipeline(
  contributions: readonly Contribution[],
  posted: readonly PostedOpportunity[],
  asked: PipelineAsked,
): Readonly<Record<string, PipelineTally>> {
  const opportunities = opportunitiesOf(contributions, posted);
  const touches = new AccountTouches(contributions, posted, opportunities, asked.attribution);
  const groups: Record<string, PipelineTally> = {};
  for (const opportunity of opportunities.filter((one) => isAsked(one, asked))) {
    const span = { windowMs: asked.attribution.touchWindowMs, asOf: asked.asOf };
    const { credit, influence } = creditOf(opportunity, touches.of(opportunity), span);
    const group = groupOf(opportunity, asked.by);
    groups[group] = withOne(groups[group] ?? emptyPipeline, partsOf(credit, influence !== null), opportunity, asked);
  }
  return groups;
}

const isAsked = (opportunity: Opportunity, { agreement, from, to, filter }: PipelineAsked): boolean =>
  opportunity.agreement === agreement &&
  opportunity.openedAt >= from &&
  opportunity.openedAt < to &&
  Object.entries(filter).every(([by, value]) => groupOf(opportunity, by as LeadGrouping) === value);

function groupOf(opportunity: Opportunity, by: PipelineGrouping | undefined): string {
  if (by === undefined) return ALL;
  if (by === 'answer') return answerOf(opportunity.origin);
  return opportunity.origin === null ? NO_GROUP : groupOfLead(by, opportunity.origin.lead);
}

function answerOf(origin: Contribution | null): LeadAnswer {
  if (origin === null) return NO_GROUP;
  const verdict = origin.firstResponse?.verdict;
  return verdict === 'met' ? 'in-time' : verdict === 'breached' ? 'late' : 'no-verdict';
}

const partsOf = (credit: Credit, isInfluenced: boolean): readonly PipelinePart[] => [
  credit,
  'total',
  ...(isInfluenced ? (['marketing-influenced'] as const) : []),
];

function withOne(
  tally: PipelineTally,
  parts: readonly PipelinePart[],
  { amount }: Opportunity,
  { currency }: PipelineAsked,
): PipelineTally {
  const added = ({ count, minor, withoutAmount, otherCurrency }: PipelineSum): PipelineSum => ({
    count: count + 1,
    minor: minor + (amount?.currency === currency ? amount.minor : 0),
    withoutAmount: withoutAmount + (amount === null ? 1 : 0),
    otherCurrency: otherCurrency + (amount !== null && amount.currency !== currency ? 1 : 0),
  });
  return { ...tally, ...Object.fromEntries(parts.map((part) => [part, added(tally[part])])) };
}
