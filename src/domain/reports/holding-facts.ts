import type { Instant } from '../business-time/index.js';
import type { LeadEvent } from '../lifecycle/events.js';

/** How somebody came to hold a lead. */
export const holdingCauses = ['handed-off', 'command', 'ladder', 'woken'] as const;
export type HoldingCause = (typeof holdingCauses)[number];

/** Who was given a lead, and how: a person, or a team's queue. */
export interface HoldingFacts {
  readonly seq: number;
  readonly cycle: number;
  readonly givenAt: Instant;
  readonly cause: HoldingCause;
  /** Null: a queue. */
  readonly owner: string | null;
  readonly team: string | null;
}

/** Whoever held the lead, in order; none for a lead that was never taken. */
export const holdingFacts = (events: readonly LeadEvent[]): readonly HoldingFacts[] =>
  events.flatMap((event) => {
    if (event.type !== 'handed-off' && event.type !== 'owner-changed' && event.type !== 'woken') return [];
    const { seq, cycle, at, holder } = event;
    const cause = event.type === 'owner-changed' ? event.cause : event.type;
    return [{ seq, cycle, givenAt: at, cause, owner: holder.owner, team: holder.team }];
  });

/** Whom something that happened to a lead is told of: whoever held it then. */
export interface HeldBy {
  readonly owner: string | null;
  readonly team: string | null;
}

/** Who held the lead just before an event. */
export function heldBefore(holdings: readonly HoldingFacts[], { seq }: LeadEvent): HeldBy {
  const holding = holdings.findLast((one) => one.seq < seq);
  return { owner: holding?.owner ?? null, team: holding?.team ?? null };
}
