import type { DurationMs, Instant } from '../business-time/index.js';
import type { Contribution } from './contribution.js';
import type { CycleFacts, LeadFacts, StageEntry } from './lead-facts.js';

const DAY_MS: DurationMs = 86_400_000;

/** How long the next stage may take to count for a conversion (R7); the window's last instant counts. */
export const conversionWithinMs = {
  sal: 14 * DAY_MS,
  'sales-qualified': 90 * DAY_MS,
  opportunity: 30 * DAY_MS,
  customer: 180 * DAY_MS,
} as const satisfies Record<string, DurationMs>;

/** Where what a share counts stands, and by which of its instants it belongs to a period. */
export interface Population<Item> {
  readonly itemsOf: (contribution: Contribution) => readonly Item[];
  readonly at: (item: Item) => Instant | null;
}

interface OfLead {
  readonly lead: LeadFacts;
  readonly contribution: Contribution;
}
interface OfCycle extends OfLead {
  readonly cycle: CycleFacts;
}
interface OfEntry extends OfLead {
  readonly entry: StageEntry;
}

const taken = (contribution: Contribution): readonly OfLead[] =>
  contribution.lead.isExcluded ? [] : [{ lead: contribution.lead, contribution }];

const cohort: Population<OfLead> = { itemsOf: taken, at: ({ lead }) => lead.handedOffAt };
const reached = (at: (lead: LeadFacts) => Instant | null): Population<OfLead> => ({
  itemsOf: taken,
  at: ({ lead }) => at(lead),
});
const cyclesBy = (at: (cycle: CycleFacts) => Instant | null): Population<OfCycle> => ({
  itemsOf: (contribution) =>
    contribution.lead.cycles.map((cycle) => ({ lead: contribution.lead, contribution, cycle })),
  at: ({ cycle }) => at(cycle),
});
const entries: Population<OfEntry> = {
  itemsOf: (contribution) =>
    contribution.lead.entries.map((entry) => ({ lead: contribution.lead, contribution, entry })),
  at: ({ entry }) => entry.at,
};

/** How one item of a population counts: left out, with the reason, or part of the denominator, and of the numerator. */
export type Counted = 'numerator' | 'denominator' | { readonly leftOut: string };

interface ShareOf<Item> {
  readonly population: Population<Item>;
  readonly count: (item: Item) => Counted | undefined;
}

const share = <Item>(population: Population<Item>, count: (item: Item) => Counted | undefined): ShareOf<unknown> =>
  ({ population, count }) as ShareOf<unknown>;

const when = (isCounted: boolean): Counted => (isCounted ? 'numerator' : 'denominator');

const UPHELD: Counted = { leftOut: 'dispute-upheld' };

const within = (from: Instant | null, at: Instant | null, withinMs: DurationMs): boolean =>
  from !== null && at !== null && at >= from && at - from <= withinMs;

const conversion = (
  from: (lead: LeadFacts) => Instant | null,
  to: (lead: LeadFacts) => Instant | null,
  withinMs: DurationMs,
): ShareOf<unknown> => share(reached(from), ({ lead }) => when(within(from(lead), to(lead), withinMs)));

/**
 * The shares of spec/reports.md that count leads, cycles or stage entries, each as one rule. Its twin in SQL stands in
 * `src/reports/share-queries.ts`; a test compares the two with a third, slow one on a whole quarter.
 */
export const shares = {
  'mql-volume-net': share(cohort, ({ lead }) => when(lead.disputeUpheldAt === null)),
  'mql-to-sales-qualified': share(cohort, ({ lead }) => {
    if (lead.disputeUpheldAt !== null) return UPHELD;
    return when(within(lead.handedOffAt, lead.salesQualifiedAt, conversionWithinMs['sales-qualified']));
  }),
  'decided-rate': share(
    cyclesBy(({ outcomeAt }) => outcomeAt),
    ({ cycle }) => (cycle.cycle === 1 ? when(cycle.outcome === 'sales-qualified') : undefined),
  ),
  'acceptance-rate': share(cohort, ({ lead, contribution }) => {
    const decision = lead.cycles[0]?.decision ?? null;
    if (decision === null) {
      return contribution.acceptance?.verdict === 'breached' ? 'denominator' : { leftOut: 'undecided' };
    }
    return when(decision === 'accepted' || decision === 'accepted-by-implication');
  }),
  'accepted-by-implication': share(cohort, ({ lead }) => {
    const decision = lead.cycles[0]?.decision ?? null;
    if (decision !== 'accepted' && decision !== 'accepted-by-implication') return undefined;
    return when(decision === 'accepted-by-implication');
  }),
  'data-completeness': share(cohort, ({ lead }) => when(lead.filledCount === lead.requiredCount)),
  enriched: share(cohort, ({ lead }) => when(lead.isEnriched)),
  'volume-worked': share(cohort, ({ lead, contribution }) => {
    if (lead.disputeUpheldAt !== null) return UPHELD;
    const verdict = contribution.firstResponse?.verdict;
    if (verdict === 'pending' || verdict === 'paused') return { leftOut: 'first-response-undecided' };
    return when(lead.touchedAt !== null || lead.rejectedWithNotesAt !== null);
  }),
  'sales-flagged-disqualified': share(cohort, ({ lead }) => when(isFlaggedBySales(lead))),
  'disqualification-reason': share(
    cyclesBy(({ outcomeAt }) => outcomeAt),
    ({ cycle }) => {
      const isBySales = cycle.outcome === 'disqualified' && cycle.outcomeCause !== null;
      if (!isBySales || (cycle.outcomeCause !== 'rejected' && cycle.outcomeCause !== 'disposed')) return undefined;
      return when(cycle.reason !== null);
    },
  ),
  'recycle-to-sales-qualified': share(
    cyclesBy(({ startedAt }) => startedAt),
    ({ cycle }) => (cycle.wokenFrom === 'recycled' ? when(becomesQualified(cycle)) : undefined),
  ),
  'nurture-to-sales-qualified': share(
    cyclesBy(({ startedAt }) => startedAt),
    ({ cycle }) => (cycle.wokenFrom === 'nurture' ? when(becomesQualified(cycle)) : undefined),
  ),
  'mql-to-sal': conversion(
    (lead) => lead.handedOffAt,
    (lead) => lead.salAt,
    conversionWithinMs.sal,
  ),
  'sal-to-sales-qualified': conversion(
    (lead) => lead.salAt,
    (lead) => lead.salesQualifiedAt,
    conversionWithinMs['sales-qualified'],
  ),
  'sales-qualified-to-opportunity': conversion(
    (lead) => lead.salesQualifiedAt,
    (lead) => lead.opportunityAt,
    conversionWithinMs.opportunity,
  ),
  'opportunity-to-customer': conversion(
    (lead) => lead.opportunityAt,
    (lead) => lead.wonAt,
    conversionWithinMs.customer,
  ),
  'stage-integrity': share(entries, ({ entry }) => (entry.flaw === null ? 'numerator' : 'denominator')),
} as const satisfies Record<string, ShareOf<unknown>>;

export type ShareName = keyof typeof shares;
export const shareNames = Object.keys(shares) as ShareName[];

const isFlaggedBySales = ({ disqualifiedBy }: LeadFacts): boolean =>
  disqualifiedBy === 'rejected' || disqualifiedBy === 'disposed' || disqualifiedBy === 'dispute-upheld';

const becomesQualified = ({ startedAt, salesQualifiedAt }: CycleFacts): boolean =>
  within(startedAt, salesQualifiedAt, conversionWithinMs['sales-qualified']);
