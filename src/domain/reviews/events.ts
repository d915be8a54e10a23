import type { Instant } from '../business-time/index.js';
import type { Decision, Review, ReviewState, Said } from './review.js';

/** What has happened to a review since it opened. */
export type ReviewEvent = { readonly by: string; readonly at: Instant } & (
  | { readonly type: 'word-given'; readonly text: string }
  | { readonly type: 'lesson-noted'; readonly text: string }
  | { readonly type: 'commitment-answered'; readonly commitment: string; readonly text: string }
  | {
      readonly type: 'deliverable-confirmed';
      readonly deliverable: string;
      readonly isDelivered: boolean;
      readonly text: string;
    }
  | {
      readonly type: 'decision-made';
      readonly n: number;
      readonly text: string;
      readonly owner: string;
      readonly dueDate: string;
      readonly dueAt: Instant;
    }
  | {
      readonly type: 'decision-settled';
      readonly n: number;
      readonly outcome: 'done' | 'dropped';
      readonly text: string;
    }
  | {
      readonly type: 'proposal-answered';
      readonly proposal: string;
      readonly isAccepted: boolean;
      readonly text: string;
    }
  | { readonly type: 'draft-opened'; readonly version: number; readonly proposals: readonly string[] }
  | { readonly type: 'escalated' }
  | { readonly type: 'closed' }
);
export type ReviewEventType = ReviewEvent['type'];

/** As it opened. */
export const openedReview = (review: Review): ReviewState => ({
  ...review,
  status: 'open',
  revision: 1,
  words: [],
  lessons: [],
  answers: [],
  confirmations: [],
  decisions: [],
  proposalAnswers: [],
});

export const foldReview = (review: Review, events: readonly ReviewEvent[]): ReviewState =>
  events.reduce(evolveReview, openedReview(review));

export function evolveReview(before: ReviewState, event: ReviewEvent): ReviewState {
  return { ...changed(before, event), revision: before.revision + 1 };
}

function changed(review: ReviewState, event: ReviewEvent): ReviewState {
  const { by, at } = event;
  switch (event.type) {
    case 'word-given':
      return { ...review, words: [...review.words, { by, at, text: event.text }] };
    case 'lesson-noted':
      return { ...review, lessons: [...review.lessons, { by, at, text: event.text }] };
    case 'commitment-answered': {
      const answer = { by, at, text: event.text, commitment: event.commitment };
      return { ...review, answers: [...review.answers, answer] };
    }
    case 'deliverable-confirmed': {
      const { deliverable, isDelivered, text } = event;
      return { ...review, confirmations: [...review.confirmations, { by, at, text, deliverable, isDelivered }] };
    }
    case 'decision-made': {
      const { n, text, owner, dueDate, dueAt } = event;
      const decision: Decision = { n, by, at, text, owner, dueDate, dueAt, status: 'open' };
      return { ...review, decisions: [...review.decisions, decision] };
    }
    case 'decision-settled': {
      const settled: Said = { by, at, text: event.text };
      const decisions = review.decisions.map((decision) =>
        decision.n === event.n ? { ...decision, status: event.outcome, settled } : decision,
      );
      return { ...review, decisions };
    }
    case 'proposal-answered': {
      const { proposal, isAccepted, text } = event;
      return { ...review, proposalAnswers: [...review.proposalAnswers, { by, at, text, proposal, isAccepted }] };
    }
    case 'draft-opened':
      return { ...review, draft: { by, at, version: event.version, proposals: event.proposals } };
    case 'escalated':
      return { ...review, escalatedAt: at };
    case 'closed':
      return { ...review, status: 'closed', closedAt: at, closedBy: by };
  }
}
