import type { AgreementRef } from '../agreement/index.js';
import type { Instant } from '../business-time/index.js';
import type { Contribution } from './contribution.js';
import { groupOfLead, NO_GROUP, type LeadFilter, type LeadGrouping } from './grouping.js';
import type { HeldBy } from './holding-facts.js';
import type { LeadFacts } from './lead-facts.js';

/** Something that happened to a lead, told of whoever held it then. */
export interface HeldItem {
  readonly heldBy: HeldBy;
  /** Absent: the lead's at hand-off. */
  readonly agreement?: AgreementRef;
}

/** An item with the lead that it belongs to. */
export interface OfLead<Item> {
  readonly lead: LeadFacts;
  readonly item: Item;
}

/** Items of leads that count and pass the filter; owner and team are those who held the lead at the item. */
export const heldItems = <Item extends HeldItem>(
  contributions: readonly Contribution[],
  filter: LeadFilter,
  itemsOf: (contribution: Contribution) => readonly Item[],
): readonly OfLead<Item>[] =>
  contributions
    .filter(({ lead }) => !lead.isTest)
    .flatMap((contribution) => itemsOf(contribution).map((item) => ({ lead: contribution.lead, item })))
    .filter((one) => Object.entries(filter).every(([by, value]) => groupOfItem(by as LeadGrouping, one) === value));

/** The group that an item belongs to. */
export function groupOfItem(by: LeadGrouping, { lead, item }: OfLead<HeldItem>): string {
  if (by === 'owner' || by === 'team') return item.heldBy[by] ?? NO_GROUP;
  if (by === 'version' && item.agreement) return `${item.agreement.name}@${item.agreement.version}`;
  return groupOfLead(by, lead);
}

/** What comes within `[from, to)`. */
export const isWithin = (at: Instant | null, { from, to }: { readonly from: Instant; readonly to: Instant }): boolean =>
  at !== null && at >= from && at < to;

/** By what a key function says of them, in the order in which the keys first occur. */
export function groupedBy<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const known = groups.get(key);
    if (known) known.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
