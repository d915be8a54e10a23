import { SYSTEM } from '../src/domain/access/audit-entry.js';
import type { VersionReader } from '../src/domain/agreement/ports.js';
import type { Instant } from '../src/domain/business-time/index.js';
import { isOver, nextByDay, nextTurn, type ReviewCalendar, type ReviewState } from '../src/domain/reviews/index.js';
import { heartbeating } from './heartbeating.js';
import type { ReviewActivities, ReviewPlace, ReviewStanding, SeriesPlace, SeriesStanding } from './review-contract.js';
import { openDue } from './reviews/open-due.js';
import type { ReviewDeps } from './reviews/review-deps.js';
import { sendLetters } from './reviews/send-letters.js';

/** The activities of reviews: each may run again, and each review opens and each mail leaves once. */
export const createReviewActivities = (deps: ReviewDeps): ReviewActivities => ({
  openReviews: heartbeating((place: SeriesPlace, at: Instant) => openReviews(deps, place, at)),
  tendReview: heartbeating((place: ReviewPlace, at: Instant) => tendReview(deps, place, at)),
  writeLetters: heartbeating((place: ReviewPlace, at: Instant) => sendLetters(deps, place, at)),
});

async function openReviews(deps: ReviewDeps, place: SeriesPlace, at: Instant): Promise<SeriesStanding> {
  const { findInForce, reviews, versions } = deps.storesOf(place.workspace);
  const inForce = await findInForce(place.agreement, at);
  if (inForce === undefined) return { unbegun: [], nextAt: null };
  const calendar: ReviewCalendar = { ...inForce.governance, ...deps.zones };
  await openDue(deps, place, { ...inForce, calendar }, at);
  const turns = [nextByDay(inForce.governance, at, calendar), await comesIntoForceAt(versions, place.agreement, at)];
  return {
    unbegun: await reviews.listUnbegun(place.agreement),
    nextAt: turns.reduce<Instant | null>(
      (first, turn) => (turn === undefined ? first : Math.min(turn, first ?? turn)),
      null,
    ),
  };
}

/** The database's clock may be ahead of whoever asks: a version that is active already comes into force a moment later. */
async function comesIntoForceAt(versions: VersionReader, agreement: string, at: Instant): Promise<Instant | undefined> {
  const activated = (await versions.listVersions(agreement)).flatMap(({ activatedAt }) => activatedAt ?? []);
  return activated.filter((from) => from > at).toSorted((one, other) => one - other)[0];
}

/** What it heard of is marked before it is answered: a change that comes meanwhile calls it again. */
async function tendReview(
  deps: ReviewDeps,
  { workspace, reviewId }: ReviewPlace,
  at: Instant,
): Promise<ReviewStanding> {
  const { reviews } = deps.storesOf(workspace);
  const outcome = await reviews.act(reviewId, { type: 'escalate', by: SYSTEM.by, at }, SYSTEM, { people: [] });
  if (outcome.kind !== 'done') throw new Error(`review ${reviewId} cannot be tended: it is ${outcome.kind}`);
  await reviews.markTold(reviewId, outcome.review.revision);
  return standingOf(outcome.review, at);
}

const standingOf = (review: ReviewState, at: Instant): ReviewStanding => ({
  status: review.status,
  revision: review.revision,
  dueAt: review.dueAt,
  isEscalated: review.escalatedAt !== undefined,
  openDecisionCount: review.decisions.filter(({ status }) => status === 'open').length,
  isOver: isOver(review),
  nextAt: nextTurn(review, at) ?? null,
});
