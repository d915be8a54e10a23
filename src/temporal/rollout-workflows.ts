import type { Client } from '@temporalio/client';
import type { Instant } from '../domain/business-time/index.js';
import type { RolloutWorkflows } from '../domain/rollout/ports.js';
import {
  nudgeSignal,
  rolloutWorkflowId,
  slaRolloutType,
  taskQueue,
  type RolloutInput,
} from '../../workflows/messages.js';

export interface RolloutWorkflowsDeps {
  readonly client: Client;
  readonly workspace: string;
  readonly now: () => Instant;
  /** The product's own unless said. */
  readonly taskQueue?: string;
}

/** The server answers at once, or is away. */
const WITHIN_MS = 5_000;

type RolloutFunction = (input: RolloutInput) => Promise<unknown>;

/** Rollouts' workflows from outside: one call begins the workflow if it does not run, and has it look at its rollout. */
export const createRolloutWorkflows = (deps: RolloutWorkflowsDeps): RolloutWorkflows => ({
  nudge: async (rolloutId) => {
    const { client, workspace, now, taskQueue: queue = taskQueue } = deps;
    await client.withDeadline(now() + WITHIN_MS, () =>
      client.workflow.signalWithStart<RolloutFunction, []>(slaRolloutType, {
        workflowId: rolloutWorkflowId(rolloutId),
        taskQueue: queue,
        args: [{ workspace, rolloutId }],
        staticSummary: 'a version on its way to running leads',
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        workflowIdConflictPolicy: 'USE_EXISTING',
        signal: nudgeSignal,
        signalArgs: [],
      }),
    );
  },
});
