/** The review that a path speaks of, and what answers about one have in common. */
import type { ReviewOutcome, ReviewState, ReviewStore } from '../../domain/reviews/index.js';
import { ProblemError, reviewProblem } from '../problems.js';
import { json, type Call, type Reply } from '../route.js';
import { reviewView } from '../views/review-view.js';

export const REVIEW_PATH = '/v1/reviews/:id';

/** @throws ProblemError `unknown-review` */
export async function requireReview(
  { params }: Pick<Call<unknown>, 'params'>,
  { reviews }: { readonly reviews: Pick<ReviewStore, 'find'> },
): Promise<ReviewState> {
  const id = params['id'] ?? '';
  const review = await reviews.find(id);
  if (review === undefined) throw unknownReview(id);
  return review;
}

export const unknownReview = (id: string): ProblemError =>
  new ProblemError('unknown-review', { detail: `There is no review ${JSON.stringify(id)}` });

/** What became of an act: the review after it, or the problem. */
export function replyOf(id: string, outcome: ReviewOutcome): Reply {
  if (outcome.kind === 'unknown') throw unknownReview(id);
  if (outcome.kind === 'done') return json(200, reviewView(outcome.review));
  const problem = reviewProblem(outcome.refusal);
  return { status: problem.status, content: { kind: 'problem', problem } };
}
