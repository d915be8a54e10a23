import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ParentClosePolicy, setCurrentDetails, startChild } from '@temporalio/workflow';
import { openAttention, untilTurn, type Attention } from './attention.js';
import { hasOutgrownRun, onCurrentBuild } from './builds.js';
import { governanceReview } from './governance-review.js';
import { reviewWorkflowId, type ReviewSeriesInput } from './messages.js';
import { openReviews } from './review-calls.js';
import { requireOwnTime } from './scripted-time.js';
import { workflowNow } from './workflow-clock.js';

/**
 * The reviews of one agreement, for as long as there is the agreement: each opens on its day, in the agreement's zone,
 * as the version in force then says, and lives on as a workflow of its own. A day that passed while nothing could run is
 * made up for, once.
 */
export async function reviewSeries(input: ReviewSeriesInput): Promise<never> {
  requireOwnTime(input);
  const attention = openAttention();
  for (;;) {
    attention.isCalled = false;
    const { unbegun, nextAt } = await openReviews(placeOf(input), workflowNow(input.clockOffsetMs));
    for (const reviewId of unbegun) await beginReview(input, reviewId);
    setCurrentDetails(detailsOf(input, nextAt));
    await untilTurn(attention, nextAt ?? undefined, input.clockOffsetMs);
    if (isTimeForNextRun(attention)) await onCurrentBuild<typeof reviewSeries>(input); // does not return
  }
}

const placeOf = ({ workspace, agreement }: ReviewSeriesInput) => ({ workspace, agreement });

/** It outlives this run; somebody else may have begun it. */
async function beginReview(input: ReviewSeriesInput, reviewId: string): Promise<void> {
  const { workspace, clockOffsetMs } = input;
  try {
    await startChild(governanceReview, {
      workflowId: reviewWorkflowId(workspace, reviewId),
      args: [{ workspace, reviewId, ...(clockOffsetMs !== undefined && { clockOffsetMs }) }],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      staticSummary: reviewId,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

const isTimeForNextRun = ({ isRunToEnd }: Attention): boolean => isRunToEnd || hasOutgrownRun();

const detailsOf = ({ agreement }: ReviewSeriesInput, nextAt: number | null): string =>
  nextAt === null
    ? `**${agreement}** has no review on a day`
    : `The next review of **${agreement}** opens at ${new Date(nextAt).toISOString()}`;
