import { setCurrentDetails, workflowInfo } from '@temporalio/workflow';
import type { ReviewStanding } from '../activities/review-contract.js';
import { openAttention, untilTurn, type Attention } from './attention.js';
import { onCurrentBuild } from './builds.js';
import type { ReviewInput } from './messages.js';
import { tendReview, writeLetters } from './review-calls.js';
import { requireOwnTime } from './scripted-time.js';
import { workflowNow } from './workflow-clock.js';

/**
 * One review, from its opening until all that it decided is done: those who come to it are invited, it escalates if it
 * is not closed in its time, and the owners of its decisions are reminded. What people do to it is decided elsewhere;
 * they call this workflow to look again.
 */
export async function governanceReview(input: ReviewInput): Promise<ReviewStanding> {
  requireOwnTime(input);
  const attention = openAttention();
  for (;;) {
    attention.isCalled = false;
    const at = workflowNow(input.clockOffsetMs);
    const standing = await tendReview(placeOf(input), at);
    setCurrentDetails(detailsOf(input, standing));
    if (standing.isOver && !attention.isCalled) return standing;
    const letters = () => writeLetters(placeOf(input), at);
    await untilTurn(attention, standing.nextAt ?? undefined, input.clockOffsetMs, letters);
    if (isTimeForNextRun(attention)) await onCurrentBuild<typeof governanceReview>(input); // does not return
  }
}

const placeOf = ({ workspace, reviewId }: ReviewInput) => ({ workspace, reviewId });

const isTimeForNextRun = ({ isRunToEnd }: Attention): boolean => isRunToEnd || workflowInfo().continueAsNewSuggested;

function detailsOf(
  { reviewId }: ReviewInput,
  { status, dueAt, isEscalated, openDecisionCount }: ReviewStanding,
): string {
  const decisions = openDecisionCount === 1 ? '1 open decision' : `${openDecisionCount} open decisions`;
  if (status === 'closed') return `**${reviewId}** is closed and has ${decisions}`;
  const until = isEscalated ? 'has escalated: it was to be closed by' : 'is to be closed by';
  return `**${reviewId}** ${until} ${new Date(dueAt).toISOString()} and has ${decisions}`;
}
