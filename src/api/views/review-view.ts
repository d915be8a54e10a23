import {
  answersOwed,
  deliverablesOwed,
  isLate,
  type Answer,
  type Confirmation,
  type Decision,
  type Proposal,
  type ReviewState,
  type Said,
} from '../../domain/reviews/index.js';
import { iso, isoOrNull } from './iso.js';

/** A review in a list. */
export const reviewSummaryView = (review: ReviewState) => ({
  reviewId: review.id,
  agreement: review.agreement.name,
  version: review.agreement.version,
  review: review.name,
  opens: review.kind,
  period: review.period.name,
  status: review.status,
  scheduledAt: iso(review.scheduledAt),
  openedAt: iso(review.openedAt),
  isLate: isLate(review),
  dueAt: iso(review.dueAt),
  escalatedAt: isoOrNull(review.escalatedAt),
  closedAt: isoOrNull(review.closedAt),
  closedBy: review.closedBy ?? null,
  openDecisionCount: review.decisions.filter(({ status }) => status === 'open').length,
});

/** A review with all that was said in it, and what it lacks. */
export const reviewView = (review: ReviewState) => ({
  ...reviewSummaryView(review),
  timeZone: review.timeZone,
  asOf: iso(review.asOf),
  packHash: review.packHash,
  agenda: review.agenda,
  minutes: review.minutes ?? null,
  attendees: review.attendees,
  escalatesTo: review.escalatesTo,
  shortfalls: review.shortfalls,
  deliverables: review.deliverables,
  decisionsMin: review.decisionsMin,
  decisionsMax: review.decisionsMax ?? null,
  words: review.words.map(saidView),
  lessons: review.lessons.map(saidView),
  answers: review.answers.map((said: Answer) => ({ commitment: said.commitment, ...saidView(said) })),
  confirmations: review.confirmations.map((said: Confirmation) => ({
    deliverable: said.deliverable,
    isDelivered: said.isDelivered,
    ...saidView(said),
  })),
  decisions: review.decisions.map(decisionView),
  proposals: (review.proposals ?? []).map((proposal) => ({ ...proposal, answer: answerTo(review, proposal) })),
  draft: review.draft === undefined ? null : { ...review.draft, at: iso(review.draft.at) },
  lacks: lacksOf(review),
});

/** The last word on it. */
function answerTo({ proposalAnswers }: ReviewState, { id }: Proposal) {
  const answer = proposalAnswers.findLast(({ proposal }) => proposal === id);
  return answer === undefined ? null : { isAccepted: answer.isAccepted, ...saidView(answer) };
}

const saidView = ({ by, at, text }: Said) => ({ by, at: iso(at), text });

const decisionView = ({ n, owner, dueDate, status, settled, ...said }: Decision) => ({
  n,
  ...saidView(said),
  owner,
  dueDate,
  status,
  settled: settled === undefined ? null : saidView(settled),
});

/** What has to be there before it can close; empty once it is closed. */
function lacksOf(review: ReviewState) {
  if (review.status === 'closed') return null;
  return {
    word: review.kind === 'weekly' && review.words.length === 0,
    deliverables: deliverablesOwed(review),
    answers: answersOwed(review),
    decisionCount: Math.max(0, review.decisionsMin - review.decisions.length),
  };
}
