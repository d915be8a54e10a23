import type { PostedOpportunity } from '../attribution/index.js';
import type { Instant } from '../business-time/index.js';
import type { Contribution } from './contribution.js';
import { groupOfLead, NO_GROUP, passesFilter, type LeadFilter } from './grouping.js';
import { opportunitiesOf, type Opportunity } from './opportunities.js';
import { ALL } from './share-tally.js';

/** What a source cost in a month; in hundredths of the one currency in which costs are. */
export interface CostEntry {
  /** `2026-11`. */
  readonly month: string;
  readonly source: string;
  /** Null: none is known, which is not 0. */
  readonly marketingMinor: number | null;
  readonly salesMinor: number | null;
}

/** What a period cost, and what came of it (spec/reports.md, customer acquisition cost). */
export interface CostTally {
  /** Null: of some month of the period none is known. */
  readonly marketingMinor: number | null;
  readonly salesMinor: number | null;
  /** All that were handed over, those below the agreed criteria among them. */
  readonly leads: number;
  readonly mqls: number;
  /** First sales-qualified in the period. */
  readonly salesQualified: number;
  /** Accounts first won in the period, by the source of the lead of that first opportunity. */
  readonly customers: number;
}

export const emptyCost: CostTally = {
  marketingMinor: null,
  salesMinor: null,
  leads: 0,
  mqls: 0,
  salesQualified: 0,
  customers: 0,
};

export interface CostsAsked {
  readonly agreement: string;
  readonly from: Instant;
  readonly to: Instant;
  /** The months of the period, all whole; none: it is not made of months, so that no cost is known of it. */
  readonly months: readonly string[];
  readonly filter: LeadFilter;
}

/** Costs and what came of them, over leads, postings and entries that are known in full: of all, and by source. */
export function tallyCosts(
  contributions: readonly Contribution[],
  posted: readonly PostedOpportunity[],
  entries: readonly CostEntry[],
  asked: CostsAsked,
): Readonly<Record<string, CostTally>> {
  const won = firstWon(opportunitiesOf(contributions, posted), asked);
  const counts = countsOf(contributions, won, asked);
  return withCosts(counts, entries, asked);
}

/** The opportunity with which each account became a customer. */
function firstWon(opportunities: readonly Opportunity[], { agreement, from, to, filter }: CostsAsked) {
  const first = new Map<string, Opportunity>();
  for (const one of opportunities.filter(({ status, agreement: name }) => status === 'won' && name === agreement)) {
    const known = first.get(one.account);
    if (known === undefined || isBefore(one, known)) first.set(one.account, one);
  }
  return [...first.values()].filter(
    ({ closedAt, origin }) => closedAt! >= from && closedAt! < to && isOf(filter, origin),
  );
}

const isBefore = (one: Opportunity, other: Opportunity): boolean =>
  one.closedAt! < other.closedAt! || (one.closedAt === other.closedAt && one.crmId < other.crmId);

const isOf = (filter: LeadFilter, origin: Contribution | null): boolean =>
  origin === null ? Object.values(filter).every((value) => value === NO_GROUP) : passesFilter(filter, origin.lead);

/** The group of one source. */
export const costGroup = (source: string): string => `source:${source}`;

type Counts = Omit<CostTally, 'marketingMinor' | 'salesMinor'>;

function countsOf(contributions: readonly Contribution[], won: readonly Opportunity[], asked: CostsAsked) {
  const { from, to, filter } = asked;
  const isIn = (at: Instant | null): boolean => at !== null && at >= from && at < to;
  const groups: Record<string, Counts> = {};
  const add = (source: string, part: keyof Counts): void => {
    for (const group of [ALL, costGroup(source)]) {
      const known = groups[group] ?? emptyCost;
      groups[group] = { ...known, [part]: known[part] + 1 };
    }
  };
  for (const { lead } of contributions.filter((one) => !one.lead.isTest && passesFilter(filter, one.lead))) {
    const source = groupOfLead('source', lead);
    if (isIn(lead.handedOffAt)) add(source, 'leads');
    if (isIn(lead.handedOffAt) && !lead.isExcluded) add(source, 'mqls');
    if (isIn(lead.salesQualifiedAt)) add(source, 'salesQualified');
  }
  for (const { origin } of won) add(origin === null ? NO_GROUP : groupOfLead('source', origin.lead), 'customers');
  return groups;
}

/** Costs beside counts, by group. Costs can be told apart by source only: with any other filter none is known. */
export function withCosts(
  counts: Readonly<Record<string, Counts>>,
  entries: readonly CostEntry[],
  { months, filter }: Pick<CostsAsked, 'months' | 'filter'>,
): Readonly<Record<string, CostTally>> {
  const isApart = Object.keys(filter).every((by) => by === 'source');
  const chosen = entries.filter(({ month, source }) => months.includes(month) && source === (filter.source ?? source));
  const groups = new Set([...Object.keys(counts), ...chosen.flatMap(({ source }) => [ALL, costGroup(source)])]);
  return Object.fromEntries(
    [...groups].map((group) => {
      const own = isApart ? chosen.filter(({ source }) => group === ALL || group === costGroup(source)) : [];
      const marketingMinor = sumOver(months, own, ({ marketingMinor: minor }) => minor);
      const salesMinor = sumOver(months, own, ({ salesMinor: minor }) => minor);
      return [group, { ...emptyCost, ...counts[group], marketingMinor, salesMinor }];
    }),
  );
}

/** Null unless every month has some. */
function sumOver(
  months: readonly string[],
  entries: readonly CostEntry[],
  minorOf: (entry: CostEntry) => number | null,
): number | null {
  const known = entries.filter((entry) => minorOf(entry) !== null);
  const isWhole = months.length > 0 && months.every((month) => known.some((entry) => entry.month === month));
  return isWhole ? known.reduce((sum, entry) => sum + minorOf(entry)!, 0) : null;
}
