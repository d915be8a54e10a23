/**
 * Workflow code lives here: what Temporal replays, so only the domain, the SDK and types; nothing that reads a file, a
 * zone, a clock or a schema. What follows from a fact is never decided here, but by `step` in `src/domain`.
 *
 * This file is the contract of the workflows, above all the lead's: names, ids, inputs, updates and queries, for its callers and itself.
 * Types and constants only, so that API, worker, tests and tools can import it without workflow code.
 */
import type { AuditTally } from '../activities/auditing-contract.js';
import type { VersionStanding } from '../src/domain/agreement/life/index.js';
import type { CommandType } from '../src/domain/lifecycle/commands.js';
import type { LeadEvent } from '../src/domain/lifecycle/events.js';
import type { Stage } from '../src/domain/lifecycle/stage.js';
import type { LeadState } from '../src/domain/lifecycle/state.js';
import type { StepContext } from '../src/domain/lifecycle/step.js';

export const taskQueue = 'handoff';
export const leadLifecycleType = 'leadLifecycle';

/** One workflow per lead; continue-as-new keeps the id. */
export const leadWorkflowId = (leadId: string): string => `lead:${leadId}`;

/** Every command is an update of the same name; its argument is the command itself, its id the update id. */
export const updateNameOf = (type: CommandType): string => type;

export const stateQuery = 'state';
export const timelineQuery = 'timeline';
/** Answers with a `LeadExplanation` of what the run knows. */
export const explainQuery = 'explain';

/** A signal with a `Reminder`: something seems undone, the lead's workflow looks again at once. */
export const remindSignal = 'remind';

/** A signal without arguments: the workflow is to go on as a new run, on the worker's current build, once it is idle. */
export const nextRunSignal = 'begin-next-run';

export const auditorType = 'auditor';
/** Of the schedule, and what the ids of its runs begin with. */
export const auditorId = 'auditor';

/** What an audit starts from; all but the workspace is its own, from page to page. */
export interface AuditorInput {
  readonly workspace: string;
  readonly after?: string;
  readonly soFar?: AuditTally;
}

export const slaRolloutType = 'slaRollout';

/** One workflow per rollout; taking it back after its end is another run. */
export const rolloutWorkflowId = (rolloutId: string): string => `rollout:${rolloutId}`;

/** A signal without arguments: people have ordered something, the rollout looks again at once. */
export const nudgeSignal = 'nudge';
/** Answers with a `RolloutProgress`, or null before the first batch. */
export const progressQuery = 'progress';

export interface RolloutInput {
  readonly workspace: string;
  readonly rolloutId: string;
  /** For tests: a new run after so many batches. Without it, whenever the history has grown long. */
  readonly batchesPerRun?: number;
}

export const reAdjudicationType = 'reAdjudication';

/** One workflow per correction; what was approved is another run than what was listed. */
export const correctionWorkflowId = (correctionId: string): string => `correction:${correctionId}`;

export interface CorrectionInput {
  readonly workspace: string;
  readonly correctionId: string;
}

export const agreementVersionType = 'agreementVersion';

/** One workflow per version of an agreement; ids of another workspace than the product's own begin with it. */
export const agreementWorkflowId = ({ workspace, name, version }: VersionStanding): string =>
  `agreement:${workspace === 'default' ? '' : `${workspace}:`}${name}@${version}`;

/** A signal with a `VersionStanding`: how the version stands from now on. */
export const standsSignal = 'stands';

export const reviewSeriesType = 'reviewSeries';
export const governanceReviewType = 'governanceReview';

/** One series per agreement; ids of another workspace than the product's own begin with it, as do those of reviews. */
export const reviewSeriesWorkflowId = (workspace: string, agreement: string): string =>
  `reviews:${ofWorkspace(workspace)}${agreement}`;

export const reviewWorkflowId = (workspace: string, reviewId: string): string =>
  `review:${ofWorkspace(workspace)}${reviewId}`;

const ofWorkspace = (workspace: string): string => (workspace === 'default' ? '' : `${workspace}:`);

export interface ReviewSeriesInput {
  readonly workspace: string;
  readonly agreement: string;
  /** As of a lead. */
  readonly clockOffsetMs?: number;
}

export interface ReviewInput {
  readonly workspace: string;
  readonly reviewId: string;
  /** As of a lead. */
  readonly clockOffsetMs?: number;
}

/** An update's answer: its events are in the ledger up to `seq`. A refusal is an ApplicationFailure of its code. */
export interface CommandDone {
  readonly seq: number;
}

/** Failure types of commands that were not even looked at, and may be sent again once they are mended. */
export const malformedCommand = 'malformed-command';
export const atInFuture = 'at-in-future';

/** Failure type of a scenario's lead that was handed to the product's own worker. */
export const scriptedTimeRefused = 'scripted-time-refused';

/** How far a fact may lie ahead of the workflow's clock. */
export const SKEW_MS_MAX = 2 * 60_000;

export interface RememberedRefusal {
  readonly code: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

export type RememberedResult =
  | { readonly id: string; readonly done: CommandDone; readonly refused?: undefined }
  | { readonly id: string; readonly refused: RememberedRefusal; readonly done?: undefined };

/** How many results go over into the next run: the server forgets update ids at continue-as-new. */
export const REMEMBERED_COUNT = 200;

/** What the workflow starts from, first by intake, then by continue-as-new or a restart after it settled. */
export interface LeadInput {
  readonly workspace: string;
  readonly leadId: string;
  /** Events of the hand-off, already recorded by intake; empty when `carried` is given. */
  readonly events: readonly LeadEvent[];
  readonly context: Pick<StepContext, 'agreements' | 'windows'>;
  /** Scenario time = workflow time + offset; the product's own task queue refuses any but 0. */
  readonly clockOffsetMs?: number;
  /** In a scenario the script says when the hand-off was notified: the mail server lives in another time. */
  readonly isNotifiedByScript?: boolean;
  /** For tests: a new run after so many steps. Without it, one per cycle and whenever the history has grown long. */
  readonly stepsPerRun?: number;
  readonly carried?: CarriedLead;
}

export interface CarriedLead {
  readonly state: LeadState;
  /** Recorded events whose notices have not all been delivered. */
  readonly unsentNotices: readonly LeadEvent[];
  /** The last `REMEMBERED_COUNT` results, oldest first. */
  readonly remembered: readonly RememberedResult[];
}

/** A lead with nothing left to wait for ends so long after the last word on it. */
export const SETTLE_AFTER_MS = 90 * 86_400_000;

/** How a lead's workflow ends: settled, its whole state stored for whoever speaks to it again. */
export interface LeadOutcome {
  readonly stage: Stage;
  readonly seq: number;
}

/** What people search leads by in the Temporal UI; the three whole numbers use up all that a namespace has. */
export const leadSearchAttributes = {
  LeadStage: 'KEYWORD',
  SlaState: 'KEYWORD',
  SlaDefinition: 'KEYWORD',
  LeadOwner: 'KEYWORD',
  LeadTeam: 'KEYWORD',
  LeadSegment: 'KEYWORD',
  LeadSource: 'KEYWORD',
  NextDueAt: 'DATETIME',
  MqlAt: 'DATETIME',
  BreachCount: 'INT',
  EscalationTier: 'INT',
  TouchCount: 'INT',
} as const;
export type LeadSearchAttribute = keyof typeof leadSearchAttributes;

/** `SlaState`, worst first: the first that holds is shown. */
export const slaStates = ['breached', 'paused', 'at-risk', 'on-track', 'resting', 'fulfilled'] as const;
export type SlaState = (typeof slaStates)[number];
