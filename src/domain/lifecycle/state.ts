/**
 * One lead as its events leave it. A pure fold of them: neither calendars nor the directory are needed to build it,
 * only to go on from it (they are in the step's context).
 */
import type { AgreementRef, BantQuestion, Fields, Priority } from '../agreement/index.js';
import type { Instant } from '../business-time/index.js';
import type { HolderRef } from '../routing/directory.js';
import type { Clock } from '../sla/clock.js';
import type { Answered, OpportunityStatus, TouchOrigin, TouchOutcome } from './commands.js';
import type { TouchChannel } from '../agreement/index.js';
import type { ClosingCause, Rest, Signal } from './events.js';
import { openStages, type Stage } from './stage.js';

/** Who held the lead from `from` on, until the next interval begins. */
export interface HolderInterval extends HolderRef {
  readonly from: Instant;
}

/** Sales clocks rested in `[from, until)`; `until` is null while they still do. */
export interface PauseInterval {
  readonly from: Instant;
  readonly until: Instant | null;
}

export interface LoggedTouch {
  readonly seq: number;
  readonly touchedAt: Instant;
  readonly loggedAt: Instant;
  readonly by: string;
  readonly channel: TouchChannel;
  readonly outcome: TouchOutcome;
  readonly origin: TouchOrigin;
}

export interface PlannedNumber {
  readonly startsAt: Instant;
  /** When the plan was made: a touch that happened before then does not undo it. */
  readonly madeAt: Instant;
}

export interface LeadState {
  readonly leadId: string;
  readonly source?: string;
  readonly externalId?: string;
  /** Events applied so far. */
  readonly seq: number;
  /** The latest instant applied: nothing fires or takes effect before it. */
  readonly appliedAt: Instant;
  readonly agreement: AgreementRef;
  readonly stage: Stage;
  readonly cycle: number;
  readonly handedOffAt: Instant;
  /** The hand-off, later the waking. */
  readonly cycleStartedAt: Instant;
  /** Criteria that an excluded lead failed; null for a lead that was taken. */
  readonly excluded: readonly string[] | null;
  readonly fields: Fields;
  readonly signals: readonly Signal[];
  readonly segment: string | null;
  /** Null for an excluded lead. */
  readonly priority: Priority | null;
  readonly missingFields: readonly string[] | null;
  readonly enriched: boolean;
  readonly notifiedAt: Instant | null;
  /** Oldest first; the last one is the present holder. Reaches back as far as an open clock needs. */
  readonly holders: readonly HolderInterval[];
  readonly pauses: readonly PauseInterval[];
  readonly pause: { readonly since: Instant; readonly endsAt: Instant | null; readonly reason: string } | null;
  readonly pauseCount: number;
  readonly dispute: { readonly since: Instant; readonly reason: string; readonly pauses: boolean } | null;
  readonly disputeCount: number;
  /** When this cycle's lead was accepted; null while undecided. */
  readonly acceptedAt: Instant | null;
  readonly touches: readonly LoggedTouch[];
  /** When a status was given in this cycle, other than by a touch. */
  readonly statusAts: readonly Instant[];
  readonly bant: Readonly<Partial<Record<BantQuestion, Answered>>>;
  readonly intents: readonly string[];
  /** All clocks of this cycle, and those of earlier ones that are still open. */
  readonly clocks: readonly Clock[];
  readonly plannedNumbers: Readonly<Record<string, PlannedNumber>>;
  readonly closedAt: Instant | null;
  /** Null while open, and when nobody did: given up by its own date. */
  readonly closedBy: string | null;
  readonly closingCause: ClosingCause | null;
  readonly rest: Rest | null;
  readonly opportunity: {
    readonly status: OpportunityStatus;
    readonly amount?: string;
    readonly crmId?: string;
  } | null;
  /** The instant at which a ladder last moved the lead (spec L6). */
  readonly movedByLadderAt: Instant | null;
}

export const isClosed = (state: LeadState): boolean => !openStages.includes(state.stage);

/** Who holds the lead now; a lead that was never taken is held by nobody. */
export const holderOf = (state: LeadState): HolderRef =>
  state.holders.at(-1) ?? { owner: null, queue: null, team: null, calendar: null };

/** Whether sales clocks rest, for whichever reason (spec C6). */
export const isPaused = (state: LeadState): boolean => state.pause !== null || state.dispute?.pauses === true;
