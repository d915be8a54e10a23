import { distributionOf, type Distribution } from './compliance.js';
import type { Contribution } from './contribution.js';
import type { EscalationFacts, EscalationKind } from './escalation-facts.js';
import { groupedBy, groupOfItem, heldItems, isWithin, type OfLead } from './held-item.js';
import { ALL, type Asked } from './share-tally.js';

/** What one warning point or tier of one commitment did in a period. */
export interface EscalationTally {
  readonly commitment: string;
  readonly kind: EscalationKind;
  readonly step: string;
  readonly group: string;
  readonly firedCount: number;
  /** At least one person heard of it. */
  readonly toldCount: number;
  /** It reached nobody, and the next one fired at once. */
  readonly skippedCount: number;
  readonly shadowCount: number;
  /** Somebody acknowledged it, which held the next one back. */
  readonly acknowledgedCount: number;
  readonly movedCount: number;
  /** It was to move the lead, and there was nobody to move it to. */
  readonly unmovedCount: number;
  /** Open time from firing until what was promised came; of those where it did. */
  readonly answer: Distribution;
}

/** Counts what fired, by commitment, step and group. */
export function tallyEscalations(contributions: readonly Contribution[], asked: Asked): readonly EscalationTally[] {
  const fired = heldItems(contributions, asked.filter, ({ escalations }) => escalations).filter(({ item }) =>
    isWithin(item.firedAt, asked),
  );
  const groupOf = (one: OfLead<EscalationFacts>): string => (asked.by === undefined ? ALL : groupOfItem(asked.by, one));
  const keyOf = (one: OfLead<EscalationFacts>): string =>
    JSON.stringify([one.item.clock, one.item.kind, one.item.step, groupOf(one)]);
  return [...groupedBy(fired, keyOf).values()].map((members) =>
    tallyOf(
      members.map(({ item }) => item),
      groupOf(members[0]!),
    ),
  );
}

function tallyOf(fired: readonly EscalationFacts[], group: string): EscalationTally {
  const { clock, kind, step } = fired[0]!;
  const countOf = (is: (one: EscalationFacts) => boolean): number => fired.filter(is).length;
  return {
    commitment: clock,
    kind,
    step,
    group,
    firedCount: fired.length,
    toldCount: countOf(({ toldCount }) => toldCount > 0),
    skippedCount: countOf(({ isSkipped }) => isSkipped),
    shadowCount: countOf(({ isShadow }) => isShadow),
    acknowledgedCount: countOf(({ isAcknowledged }) => isAcknowledged),
    movedCount: countOf(({ isMoved }) => isMoved === true),
    unmovedCount: countOf(({ isMoved }) => isMoved === false),
    answer: distributionOf(fired.map(({ answeredMs }) => answeredMs)),
  };
}
