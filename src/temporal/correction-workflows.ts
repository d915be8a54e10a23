import type { Client } from '@temporalio/client';
import type { CorrectionWorkflows } from '../domain/correction/index.js';
import type { Instant } from '../domain/business-time/index.js';
import {
  correctionWorkflowId,
  nudgeSignal,
  reAdjudicationType,
  taskQueue,
  type CorrectionInput,
} from '../../workflows/messages.js';

export interface CorrectionWorkflowsDeps {
  readonly client: Client;
  readonly workspace: string;
  readonly now: () => Instant;
  /** The product's own unless said. */
  readonly taskQueue?: string;
}

/** The server answers at once, or is away. */
const WITHIN_MS = 5_000;

type CorrectionFunction = (input: CorrectionInput) => Promise<unknown>;

/** Corrections' workflows from outside: one call begins the workflow if it does not run, and has it look. */
export const createCorrectionWorkflows = (deps: CorrectionWorkflowsDeps): CorrectionWorkflows => ({
  nudge: async (correctionId) => {
    const { client, workspace, now, taskQueue: queue = taskQueue } = deps;
    await client.withDeadline(now() + WITHIN_MS, () =>
      client.workflow.signalWithStart<CorrectionFunction, []>(reAdjudicationType, {
        workflowId: correctionWorkflowId(correctionId),
        taskQueue: queue,
        args: [{ workspace, correctionId }],
        staticSummary: 'verdicts that are judged anew',
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        workflowIdConflictPolicy: 'USE_EXISTING',
        signal: nudgeSignal,
        signalArgs: [],
      }),
    );
  },
});
