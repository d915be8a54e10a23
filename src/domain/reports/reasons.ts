import type { Contribution } from './contribution.js';
import type { DecisionFacts, DecisionKind } from './decision-facts.js';
import type { LeadGrouping } from './grouping.js';
import { groupedBy, groupOfItem, heldItems, isWithin, type OfLead } from './held-item.js';
import type { Asked } from './share-tally.js';

/** How often one reason was given in the period of the decision, for one group and with one route. */
export interface ReasonTally {
  readonly kind: DecisionKind;
  readonly reason: string;
  readonly route: DecisionFacts['route'];
  readonly group: string;
  readonly count: number;
  readonly withNotesCount: number;
  /** Not counted: the lead was reopened afterwards. */
  readonly takenBackCount: number;
}

/** Counts rejections and dispositions by reason; one into `sales-qualified` needs none, and is not counted here. */
export function tallyReasons(
  contributions: readonly Contribution[],
  asked: Asked & { readonly by: LeadGrouping },
): readonly ReasonTally[] {
  const decided = heldItems(contributions, asked.filter, ({ decisions }) => decisions).filter(
    ({ item }) => item.reason !== null && isWithin(item.decidedAt, asked),
  );
  const keyOf = (one: OfLead<DecisionFacts>): string =>
    JSON.stringify([one.item.kind, one.item.reason, one.item.route, groupOfItem(asked.by, one)]);
  return [...groupedBy(decided, keyOf).values()].map((members) => tallyOf(members, asked.by));
}

function tallyOf(members: readonly OfLead<DecisionFacts>[], by: LeadGrouping): ReasonTally {
  const { item } = members[0]!;
  const counted = members.filter((one) => !one.item.isTakenBack);
  return {
    kind: item.kind,
    reason: item.reason!,
    route: item.route,
    group: groupOfItem(by, members[0]!),
    count: counted.length,
    withNotesCount: counted.filter((one) => one.item.hasNotes).length,
    takenBackCount: members.length - counted.length,
  };
}
