import {
  isGrpcServiceError,
  WithStartWorkflowOperation,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type Client,
  type WorkflowStartOptions,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { Instant } from '../domain/business-time/index.js';
import { refusalCodes, type Command, type Refusal, type RefusalCode } from '../domain/lifecycle/commands.js';
import { foldLead } from '../domain/lifecycle/evolve.js';
import type { LeadState } from '../domain/lifecycle/state.js';
import type { CommandOutcome, LeadStart, LeadWorkflows } from '../domain/ports.js';
import { LeadTurns } from './lead-turns.js';
import {
  atInFuture,
  leadLifecycleType,
  leadWorkflowId,
  taskQueue,
  updateNameOf,
  type CommandDone,
  type LeadInput,
} from '../../workflows/messages.js';

/** What settled leads stored as their last act: the input of a new run. */
export interface SettledStateReader {
  find(leadId: string): Promise<unknown>;
}

export interface LeadWorkflowsDeps {
  readonly client: Client;
  readonly settledStates: SettledStateReader;
  readonly now: () => Instant;
  /** Where workers ask for leads; the product's own unless said. */
  readonly taskQueue?: string;
}

type LifecycleFunction = (input: LeadInput) => Promise<unknown>;

/** A start that is not through by then is given up; the relay tries again. */
const START_WITHIN_MS = 5_000;

/** The lead's workflow as the API and the relay see it. */
export function createLeadWorkflows(deps: LeadWorkflowsDeps): LeadWorkflows {
  const turns = new LeadTurns(deps.now);
  return {
    start: (start) => startOnce(deps, start),
    deliver: async (leadId, command, withinMs) => {
      const deadlineAt = deps.now() + withinMs;
      const outcome = await turns.take(leadId, deadlineAt, () => deliver(deps, leadId, command, deadlineAt));
      return outcome ?? { kind: 'unanswered' };
    },
  };
}

async function deliver(
  deps: LeadWorkflowsDeps,
  leadId: string,
  command: Command,
  deadlineAt: Instant,
): Promise<CommandOutcome> {
  const { client } = deps;
  try {
    return await outcomeOf(untilHeard(() => client.withDeadline(deadlineAt, () => update(client, leadId, command))));
  } catch (error) {
    if (!isNotRunning(error)) throw error;
    return restartSettled(deps, leadId, command, deadlineAt);
  }
}

/** The server sometimes loses the task that brings a command to the workflow, and says so: then it is said again. */
async function untilHeard<T>(say: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await say();
    } catch (error) {
      if (findFailure(error)?.type !== UNHEARD) throw error;
    }
  }
}

/** The server's own failure type for an update that no worker answered to. */
const UNHEARD = 'UnprocessedUpdate';

/** A lead that runs, or ran, is left as it is: a closed workflow of this id is a lead that settled. */
async function startOnce(deps: LeadWorkflowsDeps, start: LeadStart): Promise<void> {
  const { client, now } = deps;
  const options = startOptions(deps, start, foldLead(start.events));
  try {
    await client.withDeadline(now() + START_WITHIN_MS, () =>
      client.workflow.start<LifecycleFunction>(leadLifecycleType, {
        ...options,
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        workflowIdConflictPolicy: 'USE_EXISTING',
      }),
    );
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

export const startOptions = (
  { taskQueue: queue = taskQueue }: Pick<LeadWorkflowsDeps, 'taskQueue'>,
  input: LeadInput,
  state: LeadState,
): WorkflowStartOptions<LifecycleFunction> => ({
  taskQueue: queue,
  workflowId: leadWorkflowId(input.leadId),
  args: [input],
  staticSummary: summaryOf(state),
  // A summary ends with its run, a memo goes on with the lead.
  memo: { lead: summaryOf(state) },
});

/** Company and person, in the one line that lists of workflows show; the server takes no more than 400 bytes. */
function summaryOf({ fields }: LeadState): string {
  const person = [fields.firstName, fields.lastName].filter(Boolean).join(' ');
  return [fields.company, person || fields.email].filter(Boolean).join(' · ').slice(0, 100);
}

const update = (client: Client, leadId: string, command: Command): Promise<CommandDone> =>
  client.workflow
    .getHandle(leadWorkflowId(leadId))
    .executeUpdate<CommandDone, [Command]>(updateNameOf(command.type), { args: [command], updateId: command.id });

/** Somebody speaks to a lead that had settled: it begins again where it ended, and hears the command first. */
async function restartSettled(
  deps: LeadWorkflowsDeps,
  leadId: string,
  command: Command,
  deadlineAt: Instant,
): Promise<CommandOutcome> {
  const { client, settledStates } = deps;
  const input = (await settledStates.find(leadId)) as LeadInput | undefined;
  // Without it the lead has not been started yet: intake's relay will, and then this command is delivered.
  if (input?.carried === undefined) return { kind: 'unanswered' };
  const startWorkflowOperation = new WithStartWorkflowOperation<LifecycleFunction>(leadLifecycleType, {
    ...startOptions(deps, input, input.carried.state),
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    workflowIdConflictPolicy: 'USE_EXISTING',
  });
  const restart = () =>
    client.workflow.executeUpdateWithStart<LifecycleFunction, CommandDone, [Command]>(updateNameOf(command.type), {
      args: [command],
      updateId: command.id,
      startWorkflowOperation,
    });
  return outcomeOf(client.withDeadline(deadlineAt, restart));
}

/** What became of a command; throws what is neither an answer nor the lack of one in time. */
async function outcomeOf(answer: Promise<CommandDone>): Promise<CommandOutcome> {
  try {
    return { kind: 'done', seq: (await answer).seq };
  } catch (error) {
    const refusal = findRefusal(error);
    if (refusal) return { kind: 'refused', refusal };
    if (isUnanswered(error)) return { kind: 'unanswered' };
    throw error;
  }
}

function findRefusal(error: unknown): Refusal | undefined {
  const failure = findFailure(error);
  if (failure === undefined || !isRefusalCode(failure.type)) return undefined;
  return { code: failure.type, detail: (failure.details?.[0] ?? {}) as Refusal['detail'] };
}

const findFailure = (error: unknown): ApplicationFailure | undefined =>
  error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure ? error.cause : undefined;

const isRefusalCode = (code: string | null | undefined): code is RefusalCode =>
  (refusalCodes as readonly (string | null | undefined)[]).includes(code);

/** gRPC's codes for: no time left, nobody there, or not now. */
const UNANSWERED_CODES: readonly number[] = [1, 4, 8, 14];

/** The server, the worker or the database is away, or our clock runs ahead: the command may be sent again. */
const isUnanswered = (error: unknown): boolean =>
  error instanceof WorkflowUpdateRPCTimeoutOrCancelledError ||
  findFailure(error)?.type === atInFuture ||
  UNANSWERED_CODES.includes(grpcCodeOf(error) ?? -1);

/** The code may stand in a cause: the client wraps what it gets. */
function grpcCodeOf(error: unknown): number | undefined {
  if (isGrpcServiceError(error)) return error.code;
  return error instanceof Error && error.cause !== undefined ? grpcCodeOf(error.cause) : undefined;
}

const isNotRunning = (error: unknown): boolean => error instanceof WorkflowNotFoundError;
