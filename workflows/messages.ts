/**
 * The contract of the lead's workflow: names, ids, inputs, updates and queries, for its callers and itself.
 * Types and constants only, so that API, worker, tests and tools can import it without workflow code.
 */
import type { Command, CommandType } from '../src/domain/lifecycle/commands.js';
import type { LeadState } from '../src/domain/lifecycle/state.js';
import type { LeadEvent } from '../src/domain/lifecycle/events.js';
import type { StepContext } from '../src/domain/lifecycle/step.js';

export const taskQueue = 'handoff';
export const leadLifecycleType = 'leadLifecycle';

/** One workflow per lead; continue-as-new keeps the id. */
export const leadWorkflowId = (leadId: string): string => `lead:${leadId}`;

/** Every command is an update of the same name; its argument is the command itself, its id the update id. */
export const updateNameOf = (type: CommandType): string => type;

export const stateQuery = 'state';
export const timelineQuery = 'timeline';

/** An update's answer: its events are in the ledger up to `seq`. A refusal is an ApplicationFailure of its code. */
export interface CommandDone {
  readonly seq: number;
}

export interface RememberedResult {
  readonly id: string;
  readonly done?: CommandDone;
  readonly refused?: { readonly code: string; readonly detail: Readonly<Record<string, unknown>> };
}

/** What the workflow starts from, first by intake, then by continue-as-new or a restart after it settled. */
export interface LeadInput {
  readonly workspace: string;
  readonly leadId: string;
  /** Events of the hand-off, already recorded by intake; empty when `state` is carried. */
  readonly events: readonly LeadEvent[];
  readonly context: Pick<StepContext, 'agreements' | 'windows'>;
  /** Scenario time = workflow time + offset; refused in production unless 0. */
  readonly clockOffsetMs?: number;
  readonly carried?: CarriedLead;
}

export interface CarriedLead {
  readonly state: LeadState;
  /** Events decided but not yet in the ledger, oldest first. */
  readonly outbox: readonly LeadEvent[];
  /** Notices not yet handed to their activity: sequences of the events that cause them. */
  readonly unsentNotices: readonly LeadEvent[];
  /** The last 200 update ids with their results: the server forgets them at continue-as-new. */
  readonly remembered: readonly RememberedResult[];
}

export type CommandArgument = Command;
