/** What reviews need of the outside: interfaces only, implemented by `src/db` and `src/temporal`, handed in by `src/bin`. */
import type { Actor } from '../access/audit-entry.js';
import type { Instant } from '../business-time/index.js';
import type { ReviewAct, ReviewRefusal, ReviewSurroundings } from './decide.js';
import type { Review, ReviewState, ReviewStatus } from './review.js';

export interface ReviewFilter {
  readonly agreement?: string | undefined;
  readonly status?: ReviewStatus | undefined;
  /** Only reviews that opened before this one. */
  readonly before?: string | undefined;
  readonly limit: number;
}

export type ReviewOutcome =
  | { readonly kind: 'done'; readonly review: ReviewState }
  | { readonly kind: 'refused'; readonly refusal: ReviewRefusal }
  | { readonly kind: 'unknown' };

/** Keeps reviews, their packs for ever as they were, and what happened to them: appended, never changed. */
export interface ReviewStore {
  /** Together with its pack's bytes; one that is there already stays as it is. */
  open(review: Review, pack: Uint8Array): Promise<void>;
  find(id: string): Promise<ReviewState | undefined>;
  /** Newest first. */
  list(filter: ReviewFilter): Promise<readonly ReviewState[]>;
  findPack(id: string): Promise<{ readonly bytes: Uint8Array; readonly hash: string } | undefined>;
  /** Deciding, storing and the audit entry are one transaction under a lock of the review. */
  act(id: string, act: ReviewAct, actor: Actor, surroundings: ReviewSurroundings): Promise<ReviewOutcome>;
  /** Since when reviews of an agreement are opened: from `at` on, if nobody has begun yet. */
  beginSeries(agreement: string, at: Instant): Promise<Instant>;
  /** Of each review of an agreement by name, the latest scheduled instant. */
  lastScheduled(agreement: string): Promise<Readonly<Record<string, Instant>>>;
  /** Reviews of an agreement whose workflow nobody has begun, the oldest first. */
  listUnbegun(agreement: string): Promise<readonly string[]>;
  /** Reviews whose workflow has not heard of their last change, changed longer ago than that. */
  listUntold(olderThanMs: number, limit: number): Promise<readonly string[]>;
  markTold(id: string, revision: number): Promise<void>;
}

/** The workflows of reviews, from outside. */
export interface ReviewWorkflows {
  /** Begins the agreement's series unless it runs, and has it look at its days again. */
  nudgeSeries(agreement: string): Promise<void>;
  /** Has a review's workflow look at it again, and begins it where it does not run. */
  nudgeReview(reviewId: string): Promise<void>;
}
