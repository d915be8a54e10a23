import type { Instant } from '../business-time/index.js';
import type { EventOf, LeadEvent } from '../lifecycle/events.js';
import { heldBefore, type HeldBy, type HoldingFacts } from './holding-facts.js';

/** How a dispute ended; withdrawn: the lead was closed while it was open, and nobody decided. */
export const disputeOutcomes = ['upheld', 'denied', 'withdrawn'] as const;
export type DisputeOutcome = (typeof disputeOutcomes)[number];

/** "This lead is not what we agreed", and what became of it. */
export interface DisputeFacts {
  readonly seq: number;
  readonly cycle: number;
  readonly openedAt: Instant;
  readonly heldBy: HeldBy;
  readonly reason: string;
  /** Null: nobody has decided yet. */
  readonly outcome: DisputeOutcome | null;
  readonly resolvedAt: Instant | null;
}

/** The disputes about a lead, in order; one is open at a time. */
export const disputeFacts = (
  events: readonly LeadEvent[],
  holdings: readonly HoldingFacts[],
): readonly DisputeFacts[] =>
  events.flatMap((event) => {
    if (event.type !== 'dispute-opened') return [];
    const { seq, cycle, at, reason } = event;
    const end = events.find((later) => isResolution(later) && later.seq > seq) as Resolution | undefined;
    const outcome = end === undefined ? null : outcomeOf(end);
    return [
      { seq, cycle, openedAt: at, heldBy: heldBefore(holdings, event), reason, outcome, resolvedAt: end?.at ?? null },
    ];
  });

type Resolution = EventOf<'dispute-resolved'>;
const isResolution = (event: LeadEvent): event is Resolution => event.type === 'dispute-resolved';

const outcomeOf = ({ decision }: Resolution): DisputeOutcome => (decision === 'lead-closed' ? 'withdrawn' : decision);
