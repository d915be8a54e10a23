/** What rollouts and previews need of the outside: interfaces only, implemented by `src/db` and `src/temporal`. */
import type { Actor } from '../access/audit-entry.js';
import type { AgreementRef } from '../agreement/index.js';
import type { DurationMs, Instant } from '../business-time/index.js';
import type { LeadEvent } from '../lifecycle/events.js';
import type { RolloutMode } from '../lifecycle/commands.js';
import type { Answer } from '../lifecycle/questions.js';
import type { CommandOutcome, StoredCommand } from '../ports.js';
import type { Workload } from '../routing/directory.js';
import type { Rollout, RolloutLeadStatus, RolloutOrder, RolloutStatus } from './rollout.js';

/** Which leads a version concerns. */
export interface Concern {
  readonly agreement: AgreementRef;
  readonly mode: RolloutMode;
  /** Empty: leads of every segment, and those of none. */
  readonly segments: readonly string[];
}

export interface RunningLead {
  readonly leadId: string;
  readonly story: readonly LeadEvent[];
  /** What the directory has answered to the lead already, by the question's key: it stands. */
  readonly answers: Readonly<Record<string, Answer>>;
}

/**
 * Leads that run under an agreement and would feel its version: taken, and open, resting (nurture, recycled) or with a
 * promise that waits; not those that follow the version with all their clocks already.
 */
export interface RunningLeads {
  /** By id, from the one after `after`. */
  page(concern: Concern, after: string | undefined, limit: number): Promise<readonly RunningLead[]>;
  count(concern: Concern): Promise<number>;
  workload(): Promise<Workload>;
}

export interface RolloutToStart extends Concern {
  readonly id: string;
  readonly leadsPerSecond: number;
  readonly startedAt: Instant;
}

export type RolloutStart =
  | { readonly kind: 'started' }
  /** Only the active version is brought to leads. */
  | { readonly kind: 'not-active'; readonly status: string }
  /** One rollout per agreement at a time. */
  | { readonly kind: 'under-way'; readonly rolloutId: string };

export type RolloutOrdered =
  | { readonly kind: 'ordered' }
  | { readonly kind: 'unknown' }
  /** The agreement has another rollout by now. */
  | { readonly kind: 'under-way'; readonly rolloutId: string }
  /** The order makes no sense as the rollout stands. */
  | { readonly kind: 'out-of-place'; readonly status: RolloutStatus };

/** One lead of a rollout. */
export interface RolloutLead {
  readonly leadId: string;
  readonly status: RolloutLeadStatus;
  readonly attemptCount: number;
  /** When the new terms took effect on it. */
  readonly at: Instant | null;
  /** Why it was refused, failed, or keeps the new terms. */
  readonly code: string | null;
  readonly detail: Readonly<Record<string, unknown>> | null;
}

/** Rollouts as people see and order them; each change with its audit entry, in one transaction. */
export interface RolloutStore {
  start(rollout: RolloutToStart, actor: Actor): Promise<RolloutStart>;
  order(id: string, order: RolloutOrder, actor: Actor, at: Instant): Promise<RolloutOrdered>;
  find(id: string): Promise<Rollout | undefined>;
  /** The newest first, from the one after `after`; of one agreement, if given. */
  list(agreement: string | undefined, after: string | undefined, limit: number): Promise<readonly Rollout[]>;
  /** By lead, from the one after `after`; of one status, if given. */
  leads(
    id: string,
    status: RolloutLeadStatus | undefined,
    after: string | undefined,
    limit: number,
  ): Promise<readonly RolloutLead[]>;
  /** Rollouts whose workflow has not heard of their last change, as long as `olderThanMs` ago. */
  listUntold(olderThanMs: number, limit: number): Promise<readonly string[]>;
  markTold(id: string): Promise<void>;
}

/** A lead whose turn has come. */
export interface LeadInTurn {
  readonly leadId: string;
  readonly commandId: string;
  readonly attemptCount: number;
  /** What it follows before the rollout. */
  readonly agreementKey: string;
  readonly cycleStartedAt: Instant;
}

/** A stored command, and its outcome if it has one by now. */
export interface CommandInTurn {
  readonly command: StoredCommand;
  readonly outcome: CommandOutcome;
}

/** What became of a lead's turn; `waiting` and `applied` (while reverting): it gets another one. */
export interface TurnOutcome {
  readonly leadId: string;
  readonly status: RolloutLeadStatus;
  readonly commandId: string;
  /** Absent: there was nothing to say, or no answer. */
  readonly outcome?: Exclude<CommandOutcome, { kind: 'unanswered' }>;
  readonly code?: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** Rollouts as the machinery works on them; everything here may be done twice. */
export interface RolloutBook {
  /** The rollout as ordered by now; one whose version is active no more is aborted first. */
  heed(id: string, at: Instant): Promise<Rollout>;
  /** Takes in leads that it concerns and does not know yet. @returns how many */
  enrol(id: string): Promise<number>;
  /** Leads that wait (or, while it is reverted, have the new terms), those tried least first. */
  take(rollout: Rollout, limit: number): Promise<readonly LeadInTurn[]>;
  /** Stores commands that are not stored yet; what is stored stays as it is. In the order given. */
  storeCommands(commands: readonly StoredCommand[]): Promise<readonly CommandInTurn[]>;
  /** Of commands that are stored. */
  findCommands(ids: readonly string[]): Promise<ReadonlyMap<string, CommandInTurn>>;
  record(id: string, outcomes: readonly TurnOutcome[], msPerLead: DurationMs): Promise<void>;
  /** Nothing is left. No earlier than every lead handed off under the version before is known: else how long until then. */
  finish(id: string, at: Instant): Promise<{ readonly waitMs: DurationMs }>;
}

/** The rollout's workflow as seen from outside: begins it, or has it look at its rollout again. */
export interface RolloutWorkflows {
  nudge(rolloutId: string): Promise<void>;
}
