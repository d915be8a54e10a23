import type { CancellationScope } from '@temporalio/workflow';
import type { DurationMs, Instant } from '../src/domain/business-time/index.js';
import type { Command } from '../src/domain/lifecycle/commands.js';
import type { LeadEvent } from '../src/domain/lifecycle/events.js';
import { foldLead } from '../src/domain/lifecycle/evolve.js';
import type { LeadState } from '../src/domain/lifecycle/state.js';
import type { StepContext } from '../src/domain/lifecycle/step.js';
import { eventsCausingNotices } from '../src/domain/notices/causes.js';
import { REMEMBERED_COUNT, type LeadInput, type RememberedResult } from './messages.js';
import { rungOfThisRun } from './versions.js';
import { workflowNow } from './workflow-clock.js';

/** One lead in one run of its workflow: what is decided, what waits to be, and what the world has yet to learn. */
export interface Lead {
  readonly workspace: string;
  readonly leadId: string;
  readonly clockOffsetMs: DurationMs;
  readonly isNotifiedByScript: boolean;
  readonly stepsPerRun: number;
  /** How high this run stands on the ladder of versions.ts. */
  readonly version: number;
  readonly firstCycle: number;
  /** What this run began from; absent for the first one, whose story is whole. */
  readonly opening: LeadState | undefined;
  state: LeadState;
  context: StepContext;
  /** Facts not yet decided, as they arrived. */
  readonly inbox: Command[];
  /** Results by command id, oldest first. */
  readonly remembered: Map<string, RememberedResult>;
  /** Decided, not yet recorded. */
  readonly outbox: LeadEvent[];
  recordedSeq: number;
  /** The lead as its ledger has it. */
  recordedState: LeadState;
  /** Facts whose events wait in the outbox, by command id. */
  readonly unrecorded: Map<string, Command>;
  /** How often the ledger had it otherwise. */
  takenOverCount: number;
  isRecording: boolean;
  /** Recorded, somebody has yet to hear of it. */
  unsentNotices: readonly LeadEvent[];
  /** What this run knows of the story: the hand-off's events and those decided in it. */
  readonly story: LeadEvent[];
  stepCount: number;
  /** Somebody asked for the next run, which is to begin as soon as nothing is under way. */
  isRunToEnd: boolean;
  /** Something happened that the main loop has not looked at. */
  isAwake: boolean;
  /** Local activities under way. */
  atOnceCount: number;
  /** Until then the database is asked by ordinary activities, for it has just failed to answer at once. */
  databaseAwayUntil: Instant;
  /** Activities under way that end by these instants, whatever happens: each end wakes the workflow. */
  readonly wakesAnyway: Set<Instant>;
  alarm: Alarm | undefined;
}

/** The lead's one timer. */
export interface Alarm {
  readonly at: Instant;
  readonly scope: CancellationScope;
  /** How often it was moved back since it last rang. */
  readonly postponedCount: number;
}

/** The lead as its input hands it over: fresh from intake, or carried from the run before. */
export function leadOf(input: LeadInput): Lead {
  const state = input.carried?.state ?? foldLead(input.events);
  const results = input.carried?.remembered ?? [];
  return {
    workspace: input.workspace,
    leadId: input.leadId,
    clockOffsetMs: input.clockOffsetMs ?? 0,
    isNotifiedByScript: input.isNotifiedByScript ?? false,
    stepsPerRun: input.stepsPerRun ?? Infinity,
    version: rungOfThisRun(),
    firstCycle: state.cycle,
    opening: input.carried?.state,
    state,
    context: { ...input.context, answers: {} },
    inbox: [],
    remembered: new Map(results.map((result) => [result.id, result])),
    outbox: [],
    recordedSeq: state.seq,
    recordedState: state,
    unrecorded: new Map(),
    takenOverCount: 0,
    isRecording: false,
    unsentNotices: input.carried?.unsentNotices ?? eventsCausingNotices(input.events),
    story: [...input.events],
    stepCount: 0,
    isRunToEnd: false,
    isAwake: true,
    atOnceCount: 0,
    databaseAwayUntil: 0,
    wakesAnyway: new Set(),
    alarm: undefined,
  };
}

/** What the next run of this lead starts from; a run ends only when all it decided is recorded. */
export function nextInputOf(lead: Lead): LeadInput {
  const { workspace, leadId, clockOffsetMs, isNotifiedByScript, stepsPerRun, state } = lead;
  return {
    workspace,
    leadId,
    events: [],
    context: contextInUse(lead),
    ...(clockOffsetMs !== 0 && { clockOffsetMs }),
    ...(isNotifiedByScript && { isNotifiedByScript }),
    ...(stepsPerRun !== Infinity && { stepsPerRun }),
    carried: {
      state,
      unsentNotices: lead.unsentNotices,
      remembered: [...lead.remembered.values()].slice(-REMEMBERED_COUNT),
    },
  };
}

/** Documents that no clock follows any more stay behind, with the windows of their calendars. */
function contextInUse({ state, context }: Lead): LeadInput['context'] {
  const followed = state.clocks.flatMap((clock) => clock.terms.map((segment) => segment.agreement));
  const keys = new Set([state.agreement.key, ...followed]);
  const agreements = Object.entries(context.agreements).filter(([key]) => keys.has(key));
  const calendarKeys = new Set(agreements.flatMap(([, terms]) => Object.values(terms.calendarKeys)));
  const windows = Object.entries(context.windows).filter(([key]) => calendarKeys.has(key));
  return { agreements: Object.fromEntries(agreements), windows: Object.fromEntries(windows) };
}

/** The lead's present: never before what has been applied to it. */
export const nowOf = (lead: Lead): Instant => Math.max(workflowNow(lead.clockOffsetMs), lead.state.appliedAt);

/** Lets the main loop look again. */
export function wake(lead: Lead): void {
  lead.isAwake = true;
}

/** Lets the main loop begin the next run, as soon as nothing is under way. */
export function endRun(lead: Lead): void {
  lead.isRunToEnd = true;
  wake(lead);
}
