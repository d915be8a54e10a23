import type { DurationMs, Instant } from '../business-time/index.js';
import { isOver, type Decision, type ReviewState } from './review.js';

export const letterKinds = ['invitation', 'review-overdue-to-close', 'decision-reminder'] as const;
export type LetterKind = (typeof letterKinds)[number];

/** A mail that is owed to one person, once for each occasion. */
export interface ReviewLetter {
  readonly kind: LetterKind;
  readonly reader: string;
  /** Tells mails of one kind to one reader apart. */
  readonly occasion: string;
  /** Of the decision that it reminds of. */
  readonly n?: number;
}

const DAY_MS: DurationMs = 86_400_000;
const WEEK_MS: DurationMs = 7 * DAY_MS;
/** So long before it is due, a decision's owner is reminded of it. */
const REMIND_BEFORE_MS: DurationMs = 2 * DAY_MS;

/** Everything that people should have been told by `now`. What was due in weeks that have passed is not made up for. */
export function lettersBy(review: ReviewState, now: Instant): readonly ReviewLetter[] {
  if (isOver(review)) return [];
  return [...invitations(review), ...overdueLetters(review, now), ...decisionLetters(review, now)];
}

/** The next instant after `now` at which somebody is to be told, or the review escalates; undefined: none. */
export function nextTurn(review: ReviewState, now: Instant): Instant | undefined {
  const turns = [
    ...(review.status === 'open' ? [review.dueAt, nextWeekly(review.dueAt, now)] : []),
    ...review.decisions.filter(({ status }) => status === 'open').flatMap((decision) => turnsOf(decision, now)),
  ].filter((at) => at > now);
  return turns.length === 0 ? undefined : Math.min(...turns);
}

const invitations = ({ status, attendees }: ReviewState): readonly ReviewLetter[] =>
  status === 'closed' ? [] : attendees.map((reader) => ({ kind: 'invitation', reader, occasion: 'opened' }));

/** Everybody who should close it, and those to whom it escalates: at once, and once a week until it is closed. */
function overdueLetters(review: ReviewState, now: Instant): readonly ReviewLetter[] {
  if (review.status === 'closed' || now < review.dueAt) return [];
  const occasion = `week ${weeksSince(review.dueAt, now)}`;
  const readers = [...new Set([...review.escalatesTo, ...review.attendees])];
  return readers.map((reader) => ({ kind: 'review-overdue-to-close', reader, occasion }));
}

const decisionLetters = ({ decisions }: ReviewState, now: Instant): readonly ReviewLetter[] =>
  decisions.flatMap((decision): readonly ReviewLetter[] => {
    const occasion = decision.status === 'open' ? occasionOf(decision, now) : undefined;
    if (occasion === undefined) return [];
    return [
      { kind: 'decision-reminder', reader: decision.owner, occasion: `${decision.n}: ${occasion}`, n: decision.n },
    ];
  });

/** Before it is due, unless it was made later than that; at its due instant; then once a week. */
function occasionOf({ at, dueAt }: Decision, now: Instant): string | undefined {
  if (now >= dueAt) return `week ${weeksSince(dueAt, now)}`;
  const remindAt = dueAt - REMIND_BEFORE_MS;
  return at < remindAt && remindAt <= now ? 'before' : undefined;
}

const turnsOf = ({ dueAt }: Decision, now: Instant): readonly Instant[] => [
  dueAt - REMIND_BEFORE_MS,
  dueAt,
  nextWeekly(dueAt, now),
];

const weeksSince = (at: Instant, now: Instant): number => Math.floor((now - at) / WEEK_MS);

const nextWeekly = (from: Instant, now: Instant): Instant =>
  now < from ? from : from + (weeksSince(from, now) + 1) * WEEK_MS;
