import type { DurationMs } from '../business-time/index.js';
import type { Contribution } from './contribution.js';
import type { LeadGrouping } from './grouping.js';
import { groupedBy, groupOfItem, heldItems, isWithin, type OfLead } from './held-item.js';
import { ALL, type Asked } from './share-tally.js';
import type { TimeFacts } from './time-facts.js';

/** By what time can be split: owner and team are those with whom it went by. */
export type TimeGrouping = 'tier' | LeadGrouping;

/** Open time of the clocks of one commitment that ended in a period, as far as it went by in one group. */
export interface TimeTally {
  readonly commitment: string;
  readonly group: string;
  /** Clocks with a share in the group: one that changed hands counts with each. */
  readonly clockCount: number;
  readonly usedMs: DurationMs;
  readonly lateMs: DurationMs;
}

export type TimeAsked = Omit<Asked, 'by'> & { readonly by?: TimeGrouping };

/** Adds up where time went. */
export function tallyTimes(contributions: readonly Contribution[], asked: TimeAsked): readonly TimeTally[] {
  const ended = heldItems(contributions, asked.filter, ({ times }) => times).filter(({ item }) =>
    isWithin(item.endedAt, asked),
  );
  const keyOf = (one: OfLead<TimeFacts>): string => JSON.stringify([one.item.clock, groupOf(asked.by, one)]);
  return [...groupedBy(ended, keyOf).values()].map((members) => ({
    commitment: members[0]!.item.clock,
    group: groupOf(asked.by, members[0]!),
    clockCount: new Set(members.map(clockKey)).size,
    usedMs: sum(members.map(({ item }) => item.usedMs)),
    lateMs: sum(members.map(({ item }) => item.lateMs)),
  }));
}

function groupOf(by: TimeGrouping | undefined, one: OfLead<TimeFacts>): string {
  if (by === undefined) return ALL;
  return by === 'tier' ? String(one.item.tier) : groupOfItem(by, one);
}

const clockKey = ({ lead, item }: OfLead<TimeFacts>): string => JSON.stringify([lead.leadId, item.cycle, item.n]);

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
