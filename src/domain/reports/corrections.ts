import type { Contribution } from './contribution.js';
import { correctionTurns, type CorrectionFacts, type CorrectionTurn } from './correction-facts.js';
import type { LeadFilter, LeadGrouping } from './grouping.js';
import { groupedBy, groupOfItem, heldItems, isWithin, type OfLead } from './held-item.js';
import { ALL } from './share-tally.js';
import type { Instant } from '../business-time/index.js';

/** By what corrections can be split: owner and team are those who had the lead when it was corrected. */
export type CorrectionGrouping = 'kind' | 'commitment' | LeadGrouping;

export interface CorrectionTally {
  /** Corrections made in the period, of whatever period: the turns sum to them. */
  readonly madeCount: number;
  readonly turnCounts: Readonly<Record<CorrectionTurn, number>>;
  /** Corrections of verdicts that stand, or stood, in the period, whenever they were made. */
  readonly ofPeriodCount: number;
}

export interface CorrectionsAsked {
  readonly from: Instant;
  readonly to: Instant;
  readonly filter: LeadFilter;
  /** Absent: all are one group. */
  readonly by?: CorrectionGrouping;
}

type Correction = OfLead<CorrectionFacts>;

/** Counts corrections of leads that are known up to the report; groups without any are left out. */
export function tallyCorrections(
  contributions: readonly Contribution[],
  asked: CorrectionsAsked,
): Readonly<Record<string, CorrectionTally>> {
  const looked = heldItems(contributions, asked.filter, ({ corrections }) => corrections).filter(
    ({ item }) => isWithin(item.correctedAt, asked) || isWithin(item.judgedAt, asked),
  );
  const groups = groupedBy(looked, (one) => groupOf(asked.by, one));
  return Object.fromEntries([...groups].map(([group, members]) => [group, tallyOf(members, asked)]));
}

function groupOf(by: CorrectionGrouping | undefined, one: Correction): string {
  if (by === undefined) return ALL;
  if (by === 'kind') return one.item.cause;
  return by === 'commitment' ? one.item.clock : groupOfItem(by, one);
}

function tallyOf(members: readonly Correction[], asked: CorrectionsAsked): CorrectionTally {
  const corrections = members.map(({ item }) => item);
  const made = corrections.filter(({ correctedAt }) => isWithin(correctedAt, asked));
  const turnCounts = correctionTurns.map((turn) => [turn, made.filter((one) => one.turn === turn).length]);
  return {
    madeCount: made.length,
    turnCounts: Object.fromEntries(turnCounts) as CorrectionTally['turnCounts'],
    ofPeriodCount: corrections.filter(({ judgedAt }) => isWithin(judgedAt, asked)).length,
  };
}
