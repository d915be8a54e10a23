import type { PostedOpportunity } from '../attribution/index.js';
import type { Instant } from '../business-time/index.js';
import type { Contribution } from './contribution.js';
import { groupOfLead, passesFilter, type LeadFilter } from './grouping.js';
import { groupedBy, isWithin } from './held-item.js';
import { opportunitiesOf } from './opportunities.js';
import { conversionWithinMs } from './shares.js';

/** Of a stratum with fewer leads than that on either side nothing is said (spec/reports.md). */
export const SIDE_LEADS_MIN = 30;

/** Leads of one side are drawn again in at most so many bags, so that a million cost no more than some thousands. */
export const BAGS_MAX = 200;

/** By what leads are alike enough to be compared. */
export const stratumGroupings = ['segment', 'priority', 'source'] as const;
export type StratumName = Readonly<Record<(typeof stratumGroupings)[number], string>>;

/** How the first response came; leads without a verdict on it are on neither side. */
export const lateSides = ['in-time', 'late'] as const;
export type LateSide = (typeof lateSides)[number];

/** Some leads of one stratum and side. */
export interface Bag {
  readonly leadCount: number;
  /** Of these, first sales-qualified within 90 d of hand-off. */
  readonly qualifiedCount: number;
  /** The pipeline that those led to, in hundredths of the currency asked for. */
  readonly minor: number;
}

/** Leads that are alike but for when they were answered, each side in bags that chance filled. */
export interface Stratum {
  readonly name: StratumName;
  readonly bags: Readonly<Record<LateSide, readonly Bag[]>>;
}

export interface LatenessFacts {
  /** In the order of their names. */
  readonly strata: readonly Stratum[];
  /** Leads of the period that are on neither side, by reason. */
  readonly leftOut: Readonly<Record<'dispute-upheld' | 'no-verdict', number>>;
  /** Sales-qualified leads of either side of which no amount is known in the currency asked for. */
  readonly unvaluedCount: number;
}

/** Leads of one agreement that were handed off in `[from, to)`. */
export interface LatenessAsked {
  readonly from: Instant;
  readonly to: Instant;
  readonly filter: LeadFilter;
  readonly currency: string;
}

/** Puts the leads of a period into strata, of leads and postings that are known in full. */
export function lateLeads(
  contributions: readonly Contribution[],
  posted: readonly PostedOpportunity[],
  asked: LatenessAsked,
): LatenessFacts {
  const pipeline = pipelineByLead(contributions, posted, asked.currency);
  const cohort = contributions.filter(({ lead }) => isAsked(lead, asked));
  const kept = cohort.filter(({ lead }) => lead.disputeUpheldAt === null);
  const judged = kept.flatMap((contribution) => judgedLead(contribution, pipeline));
  const groups = groupedBy(judged, ({ name }) => JSON.stringify(Object.values(name)));
  return {
    strata: [...groups.values()].map(stratumOf).toSorted((a, b) => compareNames(a.name, b.name)),
    leftOut: { 'dispute-upheld': cohort.length - kept.length, 'no-verdict': kept.length - judged.length },
    unvaluedCount: judged.filter(({ isQualified, minor }) => isQualified && minor === null).length,
  };
}

const isAsked = (lead: Contribution['lead'], { from, to, filter }: LatenessAsked): boolean =>
  !lead.isTest && !lead.isExcluded && isWithin(lead.handedOffAt, { from, to }) && passesFilter(filter, lead);

function pipelineByLead(
  contributions: readonly Contribution[],
  posted: readonly PostedOpportunity[],
  currency: string,
): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { origin, amount } of opportunitiesOf(contributions, posted)) {
    if (origin === null || amount?.currency !== currency) continue;
    const { leadId } = origin.lead;
    sums.set(leadId, (sums.get(leadId) ?? 0) + amount.minor);
  }
  return sums;
}

interface JudgedLead {
  readonly leadId: string;
  readonly name: StratumName;
  readonly side: LateSide;
  readonly isQualified: boolean;
  /** Null: none that is known. */
  readonly minor: number | null;
}

function judgedLead(
  { lead, firstResponse }: Contribution,
  pipeline: ReadonlyMap<string, number>,
): readonly JudgedLead[] {
  const verdict = firstResponse?.verdict;
  if (verdict !== 'met' && verdict !== 'breached') return [];
  const { leadId, handedOffAt, salesQualifiedAt } = lead;
  return [
    {
      leadId,
      name: {
        segment: groupOfLead('segment', lead),
        priority: groupOfLead('priority', lead),
        source: groupOfLead('source', lead),
      },
      side: verdict === 'met' ? 'in-time' : 'late',
      isQualified: salesQualifiedAt !== null && salesQualifiedAt - handedOffAt <= conversionWithinMs['sales-qualified'],
      minor: pipeline.get(leadId) ?? null,
    },
  ];
}

const stratumOf = (members: readonly JudgedLead[]): Stratum => ({
  name: members[0]!.name,
  bags: {
    'in-time': bagsOf(members.filter(({ side }) => side === 'in-time')),
    late: bagsOf(members.filter(({ side }) => side === 'late')),
  },
});

/**
 * As many bags as there are leads, at most `BAGS_MAX`, each as full as any other; the first take one more. Ids begin with
 * their time and end with chance: read backwards, they put leads of all times into a bag.
 */
function bagsOf(leads: readonly JudgedLead[]): readonly Bag[] {
  const inOrder = leads.toSorted((a, b) => (backwards(a.leadId) < backwards(b.leadId) ? -1 : 1));
  const count = Math.min(BAGS_MAX, leads.length);
  const size = Math.floor(leads.length / count);
  const fullerCount = leads.length % count;
  return Array.from({ length: count }, (_, index) => {
    const start = index * size + Math.min(index, fullerCount);
    return bagOf(inOrder.slice(start, start + size + (index < fullerCount ? 1 : 0)));
  });
}

const backwards = (text: string): string => [...text].toReversed().join('');

function bagOf(leads: readonly JudgedLead[]): Bag {
  const qualified = leads.filter(({ isQualified }) => isQualified);
  return {
    leadCount: leads.length,
    qualifiedCount: qualified.length,
    minor: qualified.reduce((sum, { minor }) => sum + (minor ?? 0), 0),
  };
}

/** By segment, priority and source, as the database puts bytes in order. */
function compareNames(a: StratumName, b: StratumName): number {
  const by = stratumGroupings.find((grouping) => a[grouping] !== b[grouping]);
  return by === undefined ? 0 : a[by] < b[by] ? -1 : 1;
}
