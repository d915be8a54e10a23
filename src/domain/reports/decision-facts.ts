import type { ClosingRoute } from '../agreement/index.js';
import type { Instant } from '../business-time/index.js';
import type { LeadEvent } from '../lifecycle/events.js';
import { heldBefore, type HeldBy, type HoldingFacts } from './holding-facts.js';

/** What sales says at the end of a cycle. */
export const decisionKinds = ['rejection', 'disposition'] as const;
export type DecisionKind = (typeof decisionKinds)[number];

/** A rejection or a disposition, with its reason. */
export interface DecisionFacts {
  readonly seq: number;
  readonly cycle: number;
  readonly kind: DecisionKind;
  readonly decidedAt: Instant;
  readonly heldBy: HeldBy;
  /** Null: sold on, which needs none. */
  readonly reason: string | null;
  readonly route: 'sales-qualified' | ClosingRoute;
  readonly hasNotes: boolean;
  /** What the rep stumbled over, in their words; null: nothing was noted. Rejections have none. */
  readonly friction: string | null;
  readonly contentGap: string | null;
  /** The lead was reopened afterwards: it was a slip, and counts for nothing. */
  readonly isTakenBack: boolean;
}

/** What sales decided on a lead, in order. */
export const decisionFacts = (
  events: readonly LeadEvent[],
  holdings: readonly HoldingFacts[],
): readonly DecisionFacts[] =>
  events.flatMap((event) => {
    if (event.type !== 'rejected' && event.type !== 'disposed') return [];
    const { seq, cycle, at, reason, route, notes } = event;
    return [
      {
        seq,
        cycle,
        kind: event.type === 'rejected' ? 'rejection' : 'disposition',
        decidedAt: at,
        heldBy: heldBefore(holdings, event),
        reason: reason ?? null,
        route,
        hasNotes: (notes ?? '').trim() !== '',
        friction: event.type === 'disposed' ? (event.friction ?? null) : null,
        contentGap: event.type === 'disposed' ? (event.contentGap ?? null) : null,
        isTakenBack: events.some((later) => later.type === 'reopened' && later.cycle === cycle && later.seq > seq),
      },
    ];
  });
