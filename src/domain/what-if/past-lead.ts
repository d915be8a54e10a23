/**
 * Here lives the question "what if this version had judged last quarter's leads": facts of past leads, folded by the
 * same core under other terms, and what is counted of it. Nothing here reads a ledger, a directory or a clock, and no
 * rule about leads lives here: whoever asks hands all of it in.
 */
import type { Command } from '../lifecycle/commands.js';
import type { HandOffFacts } from '../lifecycle/hand-off.js';
import type { EventOf } from '../lifecycle/events.js';
import type { LeadOutcome } from './outcome.js';

/** Something that a person or a machine said to the lead, at the instant at which it took effect. */
export interface PastFact {
  readonly command: Command;
  /** Of a touch taken back: the command that logged it, for its sequence is another one under other terms. */
  readonly touchSaidBy?: string;
}

/** What is known of a lead, whatever agreement judged it: its hand-off and what was said to it, in order. */
export interface PastStory {
  readonly handOff: Omit<HandOffFacts, 'agreement'>;
  readonly facts: readonly PastFact[];
  /** Who got the lead later, and when: the first answer to the same question under other terms. */
  readonly moves: readonly (EventOf<'owner-changed'> | EventOf<'woken'>)[];
  /** The lead was not an MQL then: nobody worked it. */
  readonly wasExcluded: boolean;
  /** A rollout changed its agreement on the way. */
  readonly changedAgreement: boolean;
}

/** A lead of the period that is looked at. */
export interface PastLead {
  readonly story: PastStory;
  /** What the agreement of its time made of it; absent for an imported lead, which none has judged. */
  readonly was?: LeadOutcome;
}
