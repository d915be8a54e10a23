/**
 * What has happened to a lead: the ledger's vocabulary, past tense, one row per fact. Folding them by `evolve` gives
 * the lead's state without calendars, directory or clock; every deadline stands in them by value.
 */
import type {
  AgreementRef,
  BantQuestion,
  ClosingRoute,
  Fields,
  Party,
  Priority,
  TouchChannel,
} from '../agreement/index.js';
import type { DurationMs, Instant } from '../business-time/index.js';
import type { HolderRef } from '../routing/directory.js';
import type { Plan, TermSegment } from '../sla/clock.js';
import type { RejudgedClock } from '../sla/judgement.js';
import type { Answered, FrictionNotes, OpportunityStatus, RolloutMode, TouchOrigin, TouchOutcome } from './commands.js';
import type { Signal } from './signal.js';
import type { Stage } from './stage.js';

export type { Signal };

export const closingCauses = ['rejected', 'disposed', 'dispute-upheld', 'opted-out', 'aged-out'] as const;
export type ClosingCause = (typeof closingCauses)[number];

export const replanCauses = [
  'resumed',
  'reassigned',
  'priority-raised',
  'agreement-applied',
  'agreement-reverted',
  'acknowledged',
  'touched',
] as const;
export type ReplanCause = (typeof replanCauses)[number];

/** A clock's name, its number within the cycle, and the cycle in which it started. */
export interface ClockId {
  readonly clock: string;
  readonly n: number;
  readonly clockCycle: number;
}

/** When a closed lead is to begin again, or, nurtured, to end. */
export interface Rest {
  readonly kind: 'nurture' | 'recycled';
  /** Absent: nurtured leads have no date of their own. */
  readonly wakeAt?: Instant;
  readonly coolOffUntil?: Instant;
  readonly agesOutAt?: Instant;
}

interface Origin {
  readonly leadId: string;
  readonly agreement: AgreementRef;
  readonly fields: Fields;
  readonly signals: readonly Signal[];
  /** When the lead qualified, as its sender says; starts no clock. */
  readonly qualifiedAt?: Instant;
  readonly source?: string;
  readonly externalId?: string;
}

interface Bodies {
  'handed-off': Origin & {
    readonly segment: string | null;
    readonly priority: Priority;
    readonly missingFields: readonly string[];
    readonly holder: HolderRef;
    /** Which routing rule gave it. */
    readonly routedBy: string;
  };
  excluded: Origin & { readonly criteria: readonly string[] };
  notified: {
    readonly recipient: string;
    /** The notice was withheld: its agreement is in shadow. */
    readonly shadow?: true;
  };
  'clock-started': ClockId & {
    readonly party: Party;
    readonly startedAt: Instant;
    readonly targetMs: DurationMs;
    /** Index of the override that holds; null: the plain target. */
    readonly override: number | null;
    readonly terms: readonly TermSegment[];
    readonly calendarKey: string;
    readonly zoneRelease: string;
    /** Null: the clock starts paused. */
    readonly plan: Plan | null;
  };
  'clock-replanned': ClockId & {
    readonly cause: ReplanCause;
    readonly targetMs: DurationMs;
    readonly terms: readonly TermSegment[];
    readonly zoneRelease: string;
    /** Null: it stays paused, with other terms. */
    readonly plan: Plan | null;
    /** What ends the clock changed: touches made count, but the next one is the earliest that can meet it. */
    readonly untilChanged?: true;
    /** Only where a rollout is reverted: as it was before; absent, nothing had changed what ends the clock. */
    readonly untilChangedAtSeq?: number;
  };
  'clock-met': ClockId & { readonly completedAt: Instant };
  'clock-breached': ClockId & { readonly dueAt: Instant; readonly heldBy: string | null };
  'clock-completed-late': ClockId & { readonly completedAt: Instant; readonly overshootMs: DurationMs };
  'clock-cancelled': ClockId & { readonly cause: string };
  /** A fact that happened in time was logged late: breached becomes met (spec C9). */
  'clock-corrected': ClockId & { readonly completedAt: Instant };
  /** A calendar or a fact turned out wrong: judged anew, for `reason`, by whoever approved the correction. */
  'clock-rejudged': RejudgedClock & { readonly correction: string; readonly reason: string };
  'warning-fired': ClockId & { readonly point: string; readonly plannedAt: Instant; readonly dueAt: Instant };
  /** From here on the touches still missing do not fit any more: too little time for their spacing. */
  'touches-out-of-reach': ClockId & { readonly plannedAt: Instant; readonly dueAt: Instant };
  /** The touch that ended it was taken back: it waits for its milestone again. Null: it rests. */
  'clock-reopened': ClockId & { readonly cause: 'touch-retracted' | 'touch-bounced'; readonly plan: Plan | null };
  'tier-fired': ClockId & {
    readonly tier: number;
    readonly plannedAt: Instant;
    readonly to: readonly string[];
    readonly skipped: boolean;
    /** Absent: the tier does not reassign. */
    readonly reassigned?: boolean;
    /** The ladder is in shadow: `to` would have heard of it, nobody has, and the lead was not moved. */
    readonly shadow?: true;
  };
  'tier-acknowledged': ClockId & { readonly tier: number };
  'number-planned': { readonly clock: string; readonly startsAt: Instant; readonly madeAt: Instant };
  /** Its clock is gone from the agreement. */
  'number-dropped': { readonly clock: string };
  accepted: { readonly acceptedAt: Instant; readonly byImplication: boolean };
  rejected: { readonly reason: string; readonly route: ClosingRoute; readonly notes?: string };
  disposed: {
    readonly route: 'sales-qualified' | ClosingRoute;
    readonly reason?: string;
    readonly notes?: string;
    readonly wakeOn?: string;
  } & FrictionNotes;
  closed: { readonly stage: Stage; readonly cause: ClosingCause; readonly rest?: Rest };
  touched: {
    readonly channel: TouchChannel;
    readonly outcome: TouchOutcome;
    readonly origin: TouchOrigin;
    /** The instant that counts. */
    readonly touchedAt: Instant;
    /** As it was said. */
    readonly occurredAt: Instant;
    readonly nextStepAt?: Instant;
  };
  /** Logged by mistake: it stays in the ledger and counts for nothing. `touch` is its sequence. */
  'touch-retracted': { readonly touch: number; readonly reason: string };
  /** It turned out not to have reached the prospect's mailbox or telephone. */
  'touch-bounced': { readonly touch: number; readonly reason?: string };
  /** It happened at another instant than was said; `touch` is its sequence, and an approved correction says so. */
  'touch-corrected': {
    readonly touch: number;
    readonly touchedAt: Instant;
    readonly correction: string;
    readonly reason: string;
  };
  reopened: { readonly reason: string };
  'status-updated': { readonly text: string; readonly nextStepAt?: Instant };
  qualified: { readonly bant?: Readonly<Partial<Record<BantQuestion, Answered>>>; readonly intent?: string };
  'feedback-given': { readonly notes: string };
  'owner-changed': { readonly holder: HolderRef; readonly cause: 'command' | 'ladder' };
  paused: { readonly reason: string; readonly endsAt?: Instant };
  'pause-ended': { readonly cause: 'resumed' | 'until-reached' | 'closed' };
  'dispute-opened': { readonly reason: string; readonly notes?: string; readonly pauses: boolean };
  'dispute-resolved': { readonly decision: 'upheld' | 'denied' | 'lead-closed'; readonly notes?: string };
  enriched: { readonly fields: Fields; readonly complete: boolean };
  signalled: { readonly signal: Signal };
  'priority-raised': object;
  'wake-moved': { readonly wakeAt: Instant };
  woken: { readonly holder: HolderRef; readonly routedBy: string; readonly priority: Priority };
  'opportunity-updated': { readonly amount?: string; readonly status: OpportunityStatus; readonly crmId?: string };
  'agreement-applied': { readonly agreement: AgreementRef; readonly running: RolloutMode };
  /** What a rollout did to the lead is undone; its clocks follow by their own events. */
  'agreement-reverted': { readonly agreement: AgreementRef; readonly reverted: AgreementRef };
}

export type EventType = keyof Bodies;
export type EventBody = { [T in EventType]: { readonly type: T } & Bodies[T] }[EventType];

interface Recorded {
  /** 1 for the hand-off; no gaps. */
  readonly seq: number;
  /** When it took effect: never before the event ahead of it. A due item bears the instant at which it fired. */
  readonly at: Instant;
  readonly cycle: number;
  /** Who said it; absent for what fell due. */
  readonly by?: string;
  readonly commandId?: string;
}
export type LeadEvent = EventBody & Recorded;
export type EventOf<T extends EventType> = Extract<LeadEvent, { readonly type: T }>;
