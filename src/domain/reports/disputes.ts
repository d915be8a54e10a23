import type { Contribution } from './contribution.js';
import { distributionOf, type Distribution } from './compliance.js';
import type { DisputeFacts } from './dispute-facts.js';
import type { LeadGrouping } from './grouping.js';
import { groupedBy, groupOfItem, heldItems, isWithin, type OfLead } from './held-item.js';
import { ALL, type Asked } from './share-tally.js';

/** By what disputes can be split. */
export type DisputeGrouping = 'reason' | LeadGrouping;

/** What became of the disputes opened in a period: the four outcomes sum to all that were opened. */
export interface DisputeTally {
  readonly openedCount: number;
  readonly upheldCount: number;
  readonly deniedCount: number;
  readonly withdrawnCount: number;
  readonly openCount: number;
  /** Elapsed time from the opening to the decision, of those upheld or denied. */
  readonly resolution: Distribution;
}

export type DisputesAsked = Omit<Asked, 'by'> & { readonly by?: DisputeGrouping };

/** Counts disputes by group. */
export function tallyDisputes(
  contributions: readonly Contribution[],
  asked: DisputesAsked,
): Readonly<Record<string, DisputeTally>> {
  const opened = heldItems(contributions, asked.filter, ({ disputes }) => disputes).filter(({ item }) =>
    isWithin(item.openedAt, asked),
  );
  const groups = groupedBy(opened, (one) => groupOf(asked.by, one));
  return Object.fromEntries([...groups].map(([group, members]) => [group, tallyOf(members.map(({ item }) => item))]));
}

function groupOf(by: DisputeGrouping | undefined, one: OfLead<DisputeFacts>): string {
  if (by === undefined) return ALL;
  return by === 'reason' ? one.item.reason : groupOfItem(by, one);
}

function tallyOf(disputes: readonly DisputeFacts[]): DisputeTally {
  const countOf = (outcome: DisputeFacts['outcome']): number =>
    disputes.filter((dispute) => dispute.outcome === outcome).length;
  const judged = disputes.filter(({ outcome }) => outcome === 'upheld' || outcome === 'denied');
  return {
    openedCount: disputes.length,
    upheldCount: countOf('upheld'),
    deniedCount: countOf('denied'),
    withdrawnCount: countOf('withdrawn'),
    openCount: countOf(null),
    resolution: distributionOf(judged.map(({ openedAt, resolvedAt }) => resolvedAt! - openedAt)),
  };
}
