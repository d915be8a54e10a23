/**
 * What people and machines may say about one lead (spec §5), and the codes with which they can be refused.
 * Types and closed sets only: what a command means is decided in `decide.ts`.
 */
import type { AgreementRef, AgreementTerms, BantQuestion, Fields, TouchChannel } from '../agreement/index.js';
import type { CalendarWindows, Instant } from '../business-time/index.js';
import type { FormerClock } from '../sla/clock.js';
import type { RejudgedClock } from '../sla/judgement.js';
import type { Signal } from './signal.js';

export const touchOutcomes = [
  'no-answer',
  'left-message',
  'sent',
  'replied',
  'reached',
  'opted-out',
  'wrong-number',
  'bounced',
] as const;
export type TouchOutcome = (typeof touchOutcomes)[number];

export const touchOrigins = ['human', 'automatic', 'sequence'] as const;
export type TouchOrigin = (typeof touchOrigins)[number];

export const opportunityStatuses = ['open', 'won', 'lost'] as const;
export type OpportunityStatus = (typeof opportunityStatuses)[number];

export const rolloutModes = ['keep', 'recompute', 'used-time-stays'] as const;
export type RolloutMode = (typeof rolloutModes)[number];

export const commandTypes = [
  'notified',
  'accept',
  'reject',
  'touch',
  'status',
  'qualify',
  'dispose',
  'feedback',
  'reassign',
  'pause',
  'resume',
  'acknowledge',
  'dispute',
  'resolve-dispute',
  'enrich',
  'signal',
  'opportunity',
  'apply-agreement',
  'reopen',
  'requalify',
  'retract',
  'mark-bounced',
  'revert-agreement',
  'rejudge',
] as const;
export type CommandType = (typeof commandTypes)[number];

export interface Answered {
  readonly confirmed: boolean;
  readonly note?: string;
}

/** What made selling harder, as the rep found it; the monthly review looks at it. */
export interface FrictionNotes {
  /** What of the talk track did not help, or got in the way. */
  readonly friction?: string;
  /** What the rep would have needed to show, and did not have. */
  readonly contentGap?: string;
}

/** A touch by its sequence, and when it really happened. */
export interface MovedTouch {
  readonly touch: number;
  readonly touchedAt: Instant;
}

interface Bodies {
  /** The first acceptance of a hand-off notice by the mail server; said by the program itself. */
  notified: { readonly recipient: string; readonly shadow?: boolean };
  accept: object;
  reject: { readonly reason: string; readonly notes?: string };
  touch: {
    readonly channel: TouchChannel;
    readonly outcome: TouchOutcome;
    readonly origin?: TouchOrigin;
    readonly occurredAt?: Instant;
    readonly nextStepAt?: Instant;
  };
  status: { readonly text: string; readonly nextStepAt?: Instant };
  qualify: { readonly bant?: Readonly<Partial<Record<BantQuestion, Answered>>>; readonly intent?: string };
  dispose: {
    readonly route?: 'sales-qualified';
    readonly reason?: string;
    readonly notes?: string;
    /** A local date, YYYY-MM-DD. */
    readonly wakeOn?: string;
  } & FrictionNotes;
  feedback: { readonly notes: string };
  reassign: { readonly to: string };
  pause: { readonly reason: string; readonly until?: Instant };
  resume: object;
  acknowledge: { readonly clock: string };
  dispute: { readonly reason: string; readonly notes?: string };
  'resolve-dispute': { readonly decision: 'upheld' | 'denied'; readonly notes?: string };
  enrich: { readonly fields: Fields };
  signal: { readonly score?: number; readonly action?: string; readonly signal?: string; readonly value?: number };
  opportunity: { readonly amount?: string; readonly status: OpportunityStatus; readonly crmId?: string };
  'apply-agreement': {
    /** Absent when the result breaks spec T1 or T5 or names what there is not: the edge found `mistakes`. */
    readonly agreement?: AgreementTerms;
    readonly mistakes?: readonly string[];
    readonly running?: RolloutMode;
    /** Windows of calendars that the lead does not know yet, by their keys; without them the lead asks. */
    readonly windows?: Readonly<Record<string, CalendarWindows>>;
  };
  /** By the machinery of rollouts alone: the terms from before a rollout come back, by value. */
  'revert-agreement': {
    readonly agreement: AgreementRef;
    /** The lead's last event of the rollout: one that has a later one has been acted on. */
    readonly appliedSeq: number;
    /** What the rollout planned anew, as it was before. */
    readonly clocks: readonly FormerClock[];
    /** The terms that `agreement` and `clocks` name, by key. */
    readonly agreements: Readonly<Record<string, AgreementTerms>>;
  };
  /** By the machinery of corrections alone: clocks that are judged anew, by value. */
  rejudge: {
    readonly correction: string;
    readonly reason: string;
    /** A touch that happened at another instant than was said. */
    readonly touch?: MovedTouch;
    /** The lead's last event that the judgement knew; one that has a later one must be judged once more. */
    readonly judgedSeq: number;
    readonly clocks: readonly RejudgedClock[];
    /** The terms that `clocks` name, by key. */
    readonly agreements: Readonly<Record<string, AgreementTerms>>;
  };
  /** By a manager or ops: the lead was closed by mistake. */
  reopen: { readonly reason: string };
  /** By intake: what a disqualified lead did since its closing. */
  requalify: { readonly fields?: Fields; readonly signals?: readonly Signal[] };
  /** `touch` is the sequence of the touch's event. */
  retract: { readonly touch: number; readonly reason: string };
  'mark-bounced': { readonly touch: number; readonly reason?: string };
}

interface Said {
  /** When the API received it (for `notified`: when the mail server accepted); the order of facts. */
  readonly at: Instant;
  readonly by: string;
  /** Unique for the lead; keys the questions that the command raises. */
  readonly id: string;
}

export type CommandOf<T extends CommandType> = Said & { readonly type: T } & Bodies[T];
export type Command = { [T in CommandType]: CommandOf<T> }[CommandType];

/** Every code there is; in which order they are looked for stands with each command in `decide.ts`. */
export const refusalCodes = [
  'lead-closed',
  'already-decided',
  'not-accepted',
  'unknown-reason',
  'notes-required',
  'wake-date-required',
  'qualification-incomplete',
  'touches-missing',
  'contact-missing',
  'recycle-limit',
  'occurred-in-future',
  'occurred-before-handoff',
  'next-step-out-of-range',
  'no-feedback-due',
  'unknown-person',
  'same-owner',
  'already-paused',
  'pause-limit',
  'not-paused',
  'nothing-to-acknowledge',
  'already-acknowledged',
  'already-disputed',
  'no-dispute',
  'not-sales-qualified',
  'invalid-agreement',
  'not-closed',
  'not-reopenable',
  'not-disqualified',
  'opted-out',
  'not-qualified',
  'unknown-touch',
  'already-bounced',
  'acted-on',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** A refused command changed nothing; `detail` says what stands in the way. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Commands that a closed lead still takes (spec §5); everything else is refused as `lead-closed`. */
export const commandsOfClosedLeads: readonly CommandType[] = [
  'notified',
  'feedback',
  'signal',
  'enrich',
  'opportunity',
  'acknowledge',
  'apply-agreement',
  'reopen',
  'requalify',
  'retract',
  'mark-bounced',
  'revert-agreement',
  'rejudge',
];
