import type { Instant } from '../business-time/index.js';
import type { Contribution } from './contribution.js';
import { groupOfLead, passesFilter, type LeadFilter, type LeadGrouping } from './grouping.js';
import { shareNames, shares, type ShareName } from './shares.js';

/** What a share counted: kept as counts, so that groups add up. */
export interface ShareTally {
  readonly numerator: number;
  readonly denominator: number;
  /** Counted in neither, by reason. */
  readonly leftOut: Readonly<Record<string, number>>;
}

export const emptyShare: ShareTally = { numerator: 0, denominator: 0, leftOut: {} };

/** The numerator over the denominator; null where there is nothing to be a share of. */
export const valueOf = ({ numerator, denominator }: ShareTally): number | null =>
  denominator === 0 ? null : numerator / denominator;

/** What of which leads is counted: instants in `[from, to)`. */
export interface Asked {
  readonly from: Instant;
  readonly to: Instant;
  readonly filter: LeadFilter;
  /** Absent: all in one group, `all`. */
  readonly by?: LeadGrouping;
}

/** The group of everything. */
export const ALL = 'all';

/** By share, by group. */
export type ShareTallies = Readonly<Record<ShareName, Readonly<Record<string, ShareTally>>>>;

/** Counts every share over leads that are known in full; test leads never count (R2). */
export function tallyShares(contributions: readonly Contribution[], asked: Asked): ShareTallies {
  const counted = contributions.filter(({ lead }) => !lead.isTest && passesFilter(asked.filter, lead));
  return Object.fromEntries(shareNames.map((name) => [name, tallyShare(name, counted, asked)])) as ShareTallies;
}

function tallyShare(name: ShareName, contributions: readonly Contribution[], { from, to, by }: Asked) {
  const { population, count } = shares[name];
  const groups: Record<string, ShareTally> = {};
  for (const contribution of contributions) {
    const group = by === undefined ? ALL : groupOfLead(by, contribution.lead);
    for (const item of population.itemsOf(contribution)) {
      const at = population.at(item);
      if (at === null || at < from || at >= to) continue;
      const counted = count(item);
      if (counted !== undefined) groups[group] = added(groups[group] ?? emptyShare, counted);
    }
  }
  return groups;
}

type Counted = Exclude<ReturnType<(typeof shares)[ShareName]['count']>, undefined>;

function added(tally: ShareTally, counted: Counted): ShareTally {
  if (typeof counted === 'object') {
    const { leftOut } = counted;
    return { ...tally, leftOut: { ...tally.leftOut, [leftOut]: (tally.leftOut[leftOut] ?? 0) + 1 } };
  }
  return {
    ...tally,
    numerator: tally.numerator + (counted === 'numerator' ? 1 : 0),
    denominator: tally.denominator + 1,
  };
}
