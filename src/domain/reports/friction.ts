import type { Contribution } from './contribution.js';
import type { DecisionFacts } from './decision-facts.js';
import type { LeadGrouping } from './grouping.js';
import { groupedBy, groupOfItem, heldItems, isWithin, type OfLead } from './held-item.js';
import type { Asked } from './share-tally.js';

/** How often reps noted what made selling harder, of one reason and one group. */
export interface FrictionTally {
  /** `sales-qualified` for leads that were sold on, which needs no reason. */
  readonly reason: string;
  readonly route: DecisionFacts['route'];
  readonly group: string;
  /** Of all dispositions, also of those with nothing noted. */
  readonly count: number;
  readonly frictionCount: number;
  readonly contentGapCount: number;
  /** With either of them, or both. */
  readonly notedCount: number;
}

/** Counts dispositions of the period by reason, with what was noted on them; one that was taken back counts for nothing. */
export function tallyFriction(
  contributions: readonly Contribution[],
  asked: Asked & { readonly by: LeadGrouping },
): readonly FrictionTally[] {
  const disposed = heldItems(contributions, asked.filter, ({ decisions }) => decisions).filter(
    ({ item }) => item.kind === 'disposition' && !item.isTakenBack && isWithin(item.decidedAt, asked),
  );
  const keyOf = (one: OfLead<DecisionFacts>): string =>
    JSON.stringify([one.item.reason, one.item.route, groupOfItem(asked.by, one)]);
  return [...groupedBy(disposed, keyOf).values()].map((members) => tallyOf(members, asked.by));
}

function tallyOf(members: readonly OfLead<DecisionFacts>[], by: LeadGrouping): FrictionTally {
  const { item } = members[0]!;
  const countOf = (isCounted: (item: DecisionFacts) => boolean): number =>
    members.filter((one) => isCounted(one.item)).length;
  return {
    reason: item.reason ?? item.route,
    route: item.route,
    group: groupOfItem(by, members[0]!),
    count: members.length,
    frictionCount: countOf(({ friction }) => friction !== null),
    contentGapCount: countOf(({ contentGap }) => contentGap !== null),
    notedCount: countOf(({ friction, contentGap }) => friction !== null || contentGap !== null),
  };
}
