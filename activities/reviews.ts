import type { AgreementTerms, Governance } from '../src/domain/agreement/index.js';
import { SYSTEM } from '../src/domain/access/audit-entry.js';
import type { VersionReader } from '../src/domain/agreement/ports.js';
import type { DurationMs, Instant } from '../src/domain/business-time/index.js';
import type { Mailer, NoticeStore } from '../src/domain/notices/index.js';
import type { DirectoryStore } from '../src/domain/ports.js';
import {
  isOver,
  nextByDay,
  nextTurn,
  type ReviewCalendar,
  type ReviewState,
  type ReviewStore,
} from '../src/domain/reviews/index.js';
import type { ReportDesk } from '../src/domain/reports/index.js';
import { heartbeating } from './heartbeating.js';
import type { ReviewActivities, ReviewPlace, ReviewStanding, SeriesPlace, SeriesStanding } from './review-contract.js';
import { openDue } from './reviews/open-due.js';
import { sendLetters } from './reviews/send-letters.js';

/** What of an agreement was in force at an instant. */
export interface InForce {
  readonly agreement: AgreementTerms;
  readonly governance: Governance;
}

/** Where one workspace keeps what its reviews need. */
export interface ReviewStores {
  readonly reviews: ReviewStore;
  readonly versions: VersionReader;
  readonly directory: DirectoryStore;
  readonly notices: NoticeStore;
  readonly reports: ReportDesk;
  /** Undefined: no version was ever active. */
  readonly findInForce: (agreement: string, at: Instant) => Promise<InForce | undefined>;
}

export interface ReviewDeps {
  readonly storesOf: (workspace: string) => ReviewStores;
  readonly zones: Pick<ReviewCalendar, 'dateOf' | 'dateStart' | 'instantOf'>;
  /** The instant at which so much open time of a calendar of the agreement has passed. */
  readonly addOpenTime: (agreement: AgreementTerms, calendar: string, from: Instant, ms: DurationMs) => Instant;
  /** One text for all values that say the same, and the SHA-256 of a text in hex. */
  readonly canonical: (value: unknown) => string;
  readonly sha256: (text: string) => string;
  /** What the later of two documents, in their canonical form, says otherwise; one sentence each. */
  readonly changesBetween: (former: string, later: string) => readonly string[];
  /** An instant as a reader in that zone says it. */
  readonly formatLocal: (timeZone: string, at: Instant) => string;
  readonly mailer: Mailer;
  readonly mailFrom: string;
  readonly opsEmail: string;
  readonly publicUrl: string;
  readonly now: () => Instant;
}

/** The activities of reviews: each may run again, and each review opens and each mail leaves once. */
export const createReviewActivities = (deps: ReviewDeps): ReviewActivities => ({
  openReviews: heartbeating((place: SeriesPlace, at: Instant) => openReviews(deps, place, at)),
  tendReview: heartbeating((place: ReviewPlace, at: Instant) => tendReview(deps, place, at)),
  writeLetters: heartbeating((place: ReviewPlace, at: Instant) => sendLetters(deps, place, at)),
});

async function openReviews(deps: ReviewDeps, place: SeriesPlace, at: Instant): Promise<SeriesStanding> {
  const { findInForce, reviews } = deps.storesOf(place.workspace);
  const inForce = await findInForce(place.agreement, at);
  if (inForce === undefined) return { unbegun: [], nextAt: null };
  const calendar: ReviewCalendar = { ...inForce.governance, ...deps.zones };
  await openDue(deps, place, { ...inForce, calendar }, at);
  return {
    unbegun: await reviews.listUnbegun(place.agreement),
    nextAt: nextByDay(inForce.governance, at, calendar) ?? null,
  };
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
