import type { Instant } from '../business-time/index.js';
import type { Contribution } from './contribution.js';
import { groupOfLead, passesFilter } from './grouping.js';
import type { LeadFacts } from './lead-facts.js';
import { ALL, type Asked } from './share-tally.js';
import { conversionWithinMs, type ShareName } from './shares.js';
import { spreadOf, type Spread } from './spread.js';

/** The steps of the funnel, by the share that says how many take them. */
export const funnelSteps = [
  'mql-to-sal',
  'sal-to-sales-qualified',
  'sales-qualified-to-opportunity',
  'opportunity-to-customer',
] as const satisfies readonly ShareName[];
export type FunnelStep = (typeof funnelSteps)[number];

interface Stages {
  readonly from: (lead: LeadFacts) => Instant | null;
  readonly to: (lead: LeadFacts) => Instant | null;
  readonly withinMs: number;
}

const stages: Readonly<Record<FunnelStep, Stages>> = {
  'mql-to-sal': { from: (lead) => lead.handedOffAt, to: (lead) => lead.salAt, withinMs: conversionWithinMs.sal },
  'sal-to-sales-qualified': {
    from: (lead) => lead.salAt,
    to: (lead) => lead.salesQualifiedAt,
    withinMs: conversionWithinMs['sales-qualified'],
  },
  'sales-qualified-to-opportunity': {
    from: (lead) => lead.salesQualifiedAt,
    to: (lead) => lead.opportunityAt,
    withinMs: conversionWithinMs.opportunity,
  },
  'opportunity-to-customer': {
    from: (lead) => lead.opportunityAt,
    to: (lead) => lead.wonAt,
    withinMs: conversionWithinMs.customer,
  },
};

/** By step, by group: how long those leads took that took it within its window. */
export type StageTimes = Readonly<Record<FunnelStep, Readonly<Record<string, Spread>>>>;

/** Elapsed time from first entry to first entry, of leads whose first entry lies in the period (R7). */
export function tallyStageTimes(contributions: readonly Contribution[], asked: Asked): StageTimes {
  const leads = contributions
    .map(({ lead }) => lead)
    .filter((lead) => !lead.isTest && !lead.isExcluded && passesFilter(asked.filter, lead));
  return Object.fromEntries(funnelSteps.map((step) => [step, timesOf(leads, stages[step], asked)])) as StageTimes;
}

function timesOf(leads: readonly LeadFacts[], { from, to, withinMs }: Stages, asked: Asked) {
  const groups: Record<string, number[]> = {};
  for (const lead of leads) {
    const [begun, ended] = [from(lead), to(lead)];
    if (begun === null || begun < asked.from || begun >= asked.to) continue;
    if (ended === null || ended < begun || ended - begun > withinMs) continue;
    (groups[asked.by === undefined ? ALL : groupOfLead(asked.by, lead)] ??= []).push(ended - begun);
  }
  return Object.fromEntries(Object.entries(groups).map(([group, times]) => [group, spreadOf(times)]));
}
