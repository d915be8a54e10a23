/**
 * What the rules' users need of the outside: interfaces only, implemented by `src/db` and `src/temporal`, handed in by
 * `src/bin`. Everything that one lead's course depends on passes through here as plain domain values.
 */
import type { AgreementTerms, Fields } from './agreement/index.js';
import type { Instant } from './business-time/index.js';
import type { Command, CommandType, Refusal } from './lifecycle/commands.js';
import type { LeadEvent, Signal } from './lifecycle/events.js';
import type { Answer, DirectoryQuestion, Question } from './lifecycle/questions.js';
import type { StepContext } from './lifecycle/context.js';
import type { LeadState } from './lifecycle/state.js';
import type { Directory, Workload } from './routing/directory.js';

/** Everything a lead's workflow starts from: the hand-off's events and, by value, what later steps need. */
export interface LeadStart {
  readonly workspace: string;
  readonly leadId: string;
  readonly events: readonly LeadEvent[];
  readonly context: Pick<StepContext, 'agreements' | 'windows'>;
}

/** The append-only story of each lead, and the projections kept with it in the same transaction. */
export interface LeadLedger {
  /**
   * Appends events in order, insert-if-absent, and projects the lead; all or nothing.
   * @throws LedgerConflict if a stored event of the same sequence differs, or a sequence is missing before the first
   */
  append(leadId: string, events: readonly LeadEvent[]): Promise<void>;
  /** All events by sequence; with `asOf` only what was recorded by then. Empty: no such lead. */
  read(leadId: string, asOf?: Instant): Promise<readonly LeadEvent[]>;
}

export interface AgreementStore {
  findTerms(key: string): Promise<AgreementTerms | undefined>;
  /** The active version of that name; without a name, of the definition marked default. */
  findActive(name?: string): Promise<AgreementTerms | undefined>;
  /** The document as it was written, parsed; for `set` of apply-agreement. */
  findDocument(key: string): Promise<unknown>;
}

/** Asks the directory once per question key: the first answer is stored in the transaction that found it. */
export interface QuestionStore {
  answer(leadId: string, question: DirectoryQuestion): Promise<Answer>;
}

export interface DirectoryStore {
  /** People, teams, roles and the absences that touch `[asOf - 1 d, ∞)`. */
  read(): Promise<Directory>;
}

/** Compiles what a step asked of calendars: windows, and the start of a local date. No database needed. */
export type CalendarAnswer = (question: Extract<Question, { kind: 'windows' | 'date-start' }>) => Answer;

export interface HandOffRequest {
  readonly source: string;
  readonly externalId: string;
  readonly agreement?: string;
  readonly qualifiedAt?: Instant;
  readonly fields: Fields;
  readonly signals: readonly Signal[];
}

/** A command as the API stored it: never lost, sent at once, relayed until it is delivered. */
export interface StoredCommand {
  readonly id: string;
  readonly leadId: string;
  readonly type: CommandType;
  /** Without `at`, `by`, `id` and `type`. */
  readonly body: unknown;
  readonly by: string;
  readonly receivedAt: Instant;
}

export type CommandOutcome =
  | { readonly kind: 'done'; readonly seq: number }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** Stored, but no answer in time: it will be delivered. */
  | { readonly kind: 'unanswered' };

/** The lead's workflow as seen from outside. */
export interface LeadWorkflows {
  /** Starts the lead's workflow; a second call for the same lead changes nothing. */
  start(start: LeadStart): Promise<void>;
  /**
   * Delivers a command and waits until its events are recorded, at most `withinMs`.
   * The same command delivered again gets the first outcome.
   */
  deliver(leadId: string, command: Command, withinMs: number): Promise<CommandOutcome>;
}

/** What routing decides on, read under a lock in the transaction that records the decision. */
export interface RoutingSnapshot {
  readonly directory: Directory;
  readonly workload: Workload;
}

export interface LeadReader {
  find(leadIdOrSourceAndExternalId: string, asOf?: Instant): Promise<LeadState | undefined>;
}
