import type { Instant } from '../business-time/index.js';
import type { ReviewEvent } from './events.js';
import type { Proposal } from './proposals.js';
import { mustAnswer, type DecisionStatus, type ReviewState } from './review.js';

/** What people and the clock do to a review. */
export type ReviewAct = { readonly by: string; readonly at: Instant } & (
  | { readonly type: 'give-word'; readonly text: string }
  | { readonly type: 'note-lesson'; readonly text: string }
  | { readonly type: 'answer'; readonly commitment: string; readonly text: string }
  | {
      readonly type: 'confirm-deliverable';
      readonly deliverable: string;
      readonly isDelivered: boolean;
      readonly text: string;
    }
  | {
      readonly type: 'decide';
      readonly text: string;
      readonly owner: string;
      readonly dueDate: string;
      /** The first instant after that date. */
      readonly dueAt: Instant;
    }
  | {
      readonly type: 'settle-decision';
      readonly n: number;
      readonly outcome: Exclude<DecisionStatus, 'open'>;
      readonly text: string;
    }
  | {
      readonly type: 'answer-proposal';
      readonly proposal: string;
      readonly isAccepted: boolean;
      readonly text: string;
    }
  /** The version stands by then: made of what the closed review accepted. */
  | { readonly type: 'open-draft'; readonly version: number }
  | { readonly type: 'escalate' }
  | { readonly type: 'close' }
);
export type ReviewActType = ReviewAct['type'];

export const reviewRefusalCodes = [
  'review-closed',
  'no-shortfall',
  'nothing-to-deliver',
  'owner-unknown',
  'due-in-past',
  'too-many-decisions',
  'no-decision',
  'decision-settled',
  'no-proposal',
  'review-open',
  'nothing-accepted',
  'draft-opened',
  'word-missing',
  'deliverables-unconfirmed',
  'answers-missing',
  'decisions-missing',
] as const;
export type ReviewRefusalCode = (typeof reviewRefusalCodes)[number];

export interface ReviewRefusal {
  readonly code: ReviewRefusalCode;
  readonly detail: Readonly<Record<string, unknown>>;
}

export type ReviewDecision =
  | { readonly kind: 'events'; readonly events: readonly ReviewEvent[] }
  | { readonly kind: 'refused'; readonly refusal: ReviewRefusal };

/** What a decision depends on beside the review. */
export interface ReviewSurroundings {
  /** Ids of the directory. */
  readonly people: readonly string[];
}

type ActOf<Type extends ReviewActType> = Extract<ReviewAct, { readonly type: Type }>;

/**
 * What follows from an act: events, or why it is refused. Once a review is closed, its decisions can still be settled, a
 * draft can be opened with what it accepted, and nothing else can happen. The clock's act is never refused: late ones do nothing.
 */
export function decideReview(review: ReviewState, act: ReviewAct, surroundings: ReviewSurroundings): ReviewDecision {
  if (act.type === 'settle-decision') return settleDecision(review, act);
  if (act.type === 'escalate') return escalate(review, act);
  if (act.type === 'open-draft') return openDraft(review, act);
  if (review.status === 'closed') return refuse('review-closed', { closedAt: review.closedAt });
  return decideOpen(review, act, surroundings);
}

/** Stamped with the instant by which it should have been closed, whenever a program wakes up. */
const escalate = ({ status, escalatedAt, dueAt }: ReviewState, { by, at }: ActOf<'escalate'>): ReviewDecision =>
  status === 'closed' || escalatedAt !== undefined || at < dueAt
    ? nothing
    : follow({ type: 'escalated', by, at: dueAt });

function decideOpen(
  review: ReviewState,
  act: Exclude<ReviewAct, { readonly type: 'settle-decision' | 'escalate' | 'open-draft' }>,
  surroundings: ReviewSurroundings,
): ReviewDecision {
  const { by, at } = act;
  switch (act.type) {
    case 'give-word':
      return follow({ type: 'word-given', by, at, text: act.text });
    case 'note-lesson':
      return follow({ type: 'lesson-noted', by, at, text: act.text });
    case 'answer':
      return answer(review, act);
    case 'confirm-deliverable':
      return confirm(review, act);
    case 'answer-proposal':
      return answerProposal(review, act);
    case 'decide':
      return makeDecision(review, act, surroundings);
    case 'close':
      return close(review, act);
  }
}

function answer({ shortfalls }: ReviewState, { by, at, commitment, text }: ActOf<'answer'>): ReviewDecision {
  const known = shortfalls.map((shortfall) => shortfall.commitment);
  if (!known.includes(commitment)) return refuse('no-shortfall', { commitment, shortfalls: known });
  return follow({ type: 'commitment-answered', by, at, commitment, text });
}

function confirm({ deliverables }: ReviewState, act: ActOf<'confirm-deliverable'>): ReviewDecision {
  const { by, at, deliverable, isDelivered, text } = act;
  const known = deliverables.map(({ name }) => name);
  if (!known.includes(deliverable)) return refuse('nothing-to-deliver', { deliverable, deliverables: known });
  return follow({ type: 'deliverable-confirmed', by, at, deliverable, isDelivered, text });
}

function answerProposal({ proposals = [] }: ReviewState, act: ActOf<'answer-proposal'>): ReviewDecision {
  const { by, at, proposal, isAccepted, text } = act;
  const known = proposals.map(({ id }) => id);
  if (!known.includes(proposal)) return refuse('no-proposal', { proposal, proposals: known });
  return follow({ type: 'proposal-answered', by, at, proposal, isAccepted, text });
}

/** Said again of the same version, it has been said. */
function openDraft(review: ReviewState, { by, at, version }: ActOf<'open-draft'>): ReviewDecision {
  if (review.draft?.version === version) return nothing;
  const refusal = findDraftObstacle(review);
  if (refusal !== undefined) return { kind: 'refused', refusal };
  return follow({ type: 'draft-opened', by, at, version, proposals: acceptedIn(review).map(({ id }) => id) });
}

/** Why no draft can be opened with what a review accepted; undefined: one can. */
export function findDraftObstacle(review: ReviewState): ReviewRefusal | undefined {
  const { status, dueAt, draft, proposals = [] } = review;
  if (draft !== undefined) return { code: 'draft-opened', detail: { version: draft.version } };
  if (acceptedIn(review).length === 0) {
    return { code: 'nothing-accepted', detail: { proposals: proposals.map(({ id }) => id) } };
  }
  return status === 'open' ? { code: 'review-open', detail: { dueAt } } : undefined;
}

/** Proposals that the last word on them accepted, in their order. */
export const acceptedIn = ({ proposals = [], proposalAnswers }: ReviewState): readonly Proposal[] =>
  proposals.filter(({ id }) => proposalAnswers.findLast(({ proposal }) => proposal === id)?.isAccepted === true);

function makeDecision(review: ReviewState, act: ActOf<'decide'>, { people }: ReviewSurroundings): ReviewDecision {
  const { by, at, text, owner, dueDate, dueAt } = act;
  const { decisions, decisionsMax = Infinity } = review;
  if (!people.includes(owner)) return refuse('owner-unknown', { owner });
  if (dueAt <= at) return refuse('due-in-past', { dueDate });
  if (decisions.length >= decisionsMax) return refuse('too-many-decisions', { max: decisionsMax });
  const n = decisions.length + 1;
  return follow({ type: 'decision-made', by, at, n, text, owner, dueDate, dueAt });
}

function settleDecision({ decisions }: ReviewState, act: ActOf<'settle-decision'>): ReviewDecision {
  const { by, at, n, outcome, text } = act;
  const decision = decisions.find((one) => one.n === n);
  if (decision === undefined) return refuse('no-decision', { n, decisions: decisions.length });
  if (decision.status !== 'open') return refuse('decision-settled', { status: decision.status });
  return follow({ type: 'decision-settled', by, at, n, outcome, text });
}

function close(review: ReviewState, { by, at }: ActOf<'close'>): ReviewDecision {
  return findUnfinished(review) ?? follow({ type: 'closed', by, at });
}

/** What is still owed before the review can close: the first thing, in the order in which people would see to it. */
function findUnfinished(review: ReviewState): ReviewDecision | undefined {
  const { decisions, decisionsMin } = review;
  if (review.kind === 'weekly' && review.words.length === 0) return refuse('word-missing', {});
  const unconfirmed = deliverablesOwed(review);
  if (unconfirmed.length > 0) return refuse('deliverables-unconfirmed', { deliverables: unconfirmed });
  const unanswered = answersOwed(review);
  if (unanswered.length > 0) return refuse('answers-missing', { commitments: unanswered });
  if (decisions.length >= decisionsMin) return undefined;
  return refuse('decisions-missing', { min: decisionsMin, made: decisions.length });
}

/** Deliverables that nobody has confirmed yet, nor said to be missing. */
export const deliverablesOwed = ({ deliverables, confirmations }: ReviewState): readonly string[] =>
  deliverables.map(({ name }) => name).filter((name) => !confirmations.some((said) => said.deliverable === name));

/** Commitments below goal that must be answered and have not been. */
export const answersOwed = (review: ReviewState): readonly string[] =>
  mustAnswer(review)
    ? review.shortfalls
        .map(({ commitment }) => commitment)
        .filter((commitment) => !review.answers.some((said) => said.commitment === commitment))
    : [];

const nothing: ReviewDecision = { kind: 'events', events: [] };
const follow = (...events: readonly ReviewEvent[]): ReviewDecision => ({ kind: 'events', events });
const refuse = (code: ReviewRefusalCode, detail: ReviewRefusal['detail']): ReviewDecision => ({
  kind: 'refused',
  refusal: { code, detail },
});
