import type { Client } from '@temporalio/client';
import type { Instant } from '../domain/business-time/index.js';
import type { ReviewWorkflows } from '../domain/reviews/index.js';
import {
  governanceReviewType,
  nudgeSignal,
  reviewSeriesType,
  reviewSeriesWorkflowId,
  reviewWorkflowId,
  taskQueue,
  type ReviewInput,
  type ReviewSeriesInput,
} from '../../workflows/messages.js';

export interface ReviewWorkflowsDeps {
  readonly client: Client;
  readonly workspace: string;
  readonly now: () => Instant;
  /** The product's own unless said. */
  readonly taskQueue?: string;
}

/** The server answers at once, or is away. */
const WITHIN_MS = 5_000;

type Begun = (input: ReviewSeriesInput | ReviewInput) => Promise<unknown>;

interface Nudged {
  readonly type: string;
  readonly workflowId: string;
  readonly input: ReviewSeriesInput | ReviewInput;
  readonly summary: string;
}

/** Reviews' workflows from outside: one call begins the workflow if it does not run, and has it look again. */
export function createReviewWorkflows(deps: ReviewWorkflowsDeps): ReviewWorkflows {
  const { workspace } = deps;
  return {
    nudgeSeries: (agreement) =>
      nudge(deps, {
        type: reviewSeriesType,
        workflowId: reviewSeriesWorkflowId(workspace, agreement),
        input: { workspace, agreement },
        summary: `reviews of ${agreement}`,
      }),
    nudgeReview: (reviewId) =>
      nudge(deps, {
        type: governanceReviewType,
        workflowId: reviewWorkflowId(workspace, reviewId),
        input: { workspace, reviewId },
        summary: reviewId,
      }),
  };
}

async function nudge(deps: ReviewWorkflowsDeps, { type, workflowId, input, summary }: Nudged): Promise<void> {
  const { client, now, taskQueue: queue = taskQueue } = deps;
  await client.withDeadline(now() + WITHIN_MS, () =>
    client.workflow.signalWithStart<Begun, []>(type, {
      workflowId,
      taskQueue: queue,
      args: [input],
      staticSummary: summary,
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      workflowIdConflictPolicy: 'USE_EXISTING',
      signal: nudgeSignal,
      signalArgs: [],
    }),
  );
}
