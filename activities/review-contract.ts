/** The contract of reviews, between the workflows that wait for their days and the activities they ask. Types only. */
import type { Instant } from '../src/domain/business-time/index.js';
import type { ReviewStatus } from '../src/domain/reviews/review.js';

/** Reviews of which agreement, and in which workspace its rows lie. */
export interface SeriesPlace {
  readonly workspace: string;
  readonly agreement: string;
}

export interface ReviewPlace {
  readonly workspace: string;
  readonly reviewId: string;
}

/** What an agreement's series has come to. */
export interface SeriesStanding {
  /** Reviews that are open and whose workflow nobody has begun. */
  readonly unbegun: readonly string[];
  /** When the next one opens by itself; null: none does as the agreement stands. */
  readonly nextAt: Instant | null;
}

/** What one review has come to. */
export interface ReviewStanding {
  readonly status: ReviewStatus;
  readonly revision: number;
  readonly dueAt: Instant;
  readonly isEscalated: boolean;
  readonly openDecisionCount: number;
  /** Closed, and all that it decided is done or dropped. */
  readonly isOver: boolean;
  /** When somebody is next to be told; null: never. */
  readonly nextAt: Instant | null;
}

export interface ReviewActivities {
  /** Opens every review whose day has come by `at` and each that breaches have climbed to, with its frozen pack, once. */
  openReviews(place: SeriesPlace, at: Instant): Promise<SeriesStanding>;
  /** Escalates a review whose time is over by `at`, and says how it stands by then. */
  tendReview(place: ReviewPlace, at: Instant): Promise<ReviewStanding>;
  /** Mails everybody who should have been told by `at`: each is told once of each thing. */
  writeLetters(place: ReviewPlace, at: Instant): Promise<void>;
}
