import type { Deliverable, RhythmKind, VersionRef } from '../agreement/index.js';
import type { DurationMs, Instant } from '../business-time/index.js';
import type { Period } from '../reports/index.js';
import type { Proposal } from './proposals.js';

/** A commitment that was not kept as far as agreed in the period under review. */
export interface Shortfall {
  /** Of a clock or a target. */
  readonly commitment: string;
  readonly party: string;
  /** What was agreed and what came of it, as figures write them; null: nothing was agreed, or there were no leads. */
  readonly goal: number | null;
  readonly value: number | null;
  /** Both as people read them; absent: they are shares, as of a clock that breaches climbed with. */
  readonly inWords?: { readonly goal: string; readonly value: string };
  /** How many weeks in a row it has been below its goal; 0 where nobody counts weeks. */
  readonly weeksBelowGoal: number;
}

/** A review as it opened: what is fixed from then on. */
export interface Review {
  readonly id: string;
  /** The version in force when it opened. */
  readonly agreement: VersionRef;
  /** As the agreement calls it. */
  readonly name: string;
  readonly kind: RhythmKind;
  /** Of the agreement: its days are days there. */
  readonly timeZone: string;
  readonly period: Period;
  readonly scheduledAt: Instant;
  /** Later than scheduled, if nothing could run then. */
  readonly openedAt: Instant;
  /** By then it is to be closed. */
  readonly dueAt: Instant;
  readonly asOf: Instant;
  /** SHA-256 of the pack's bytes, in hex. */
  readonly packHash: string;
  readonly agenda: readonly string[];
  readonly minutes?: number;
  readonly decisionsMin: number;
  readonly decisionsMax?: number;
  /** Who is asked to come, as the directory had them when it opened. */
  readonly attendees: readonly string[];
  /** Who hears of it if it is not closed in time. */
  readonly escalatesTo: readonly string[];
  readonly shortfalls: readonly Shortfall[];
  /** Those whose period has ended: they are to be confirmed. */
  readonly deliverables: readonly Deliverable[];
  /** What the next version could say; only a quarterly review has any. */
  readonly proposals?: readonly Proposal[];
}

export const reviewStatuses = ['open', 'closed'] as const;
export type ReviewStatus = (typeof reviewStatuses)[number];

export const decisionStatuses = ['open', 'done', 'dropped'] as const;
export type DecisionStatus = (typeof decisionStatuses)[number];

/** Something people have said, and when. */
export interface Said {
  readonly by: string;
  readonly at: Instant;
  readonly text: string;
}

export interface Decision extends Said {
  /** From 1, within its review. */
  readonly n: number;
  readonly owner: string;
  /** `YYYY-MM-DD`: it is to be done by the end of that day. */
  readonly dueDate: string;
  /** The first instant after that day. */
  readonly dueAt: Instant;
  readonly status: DecisionStatus;
  /** What was said when it was done or dropped. */
  readonly settled?: Said;
}

export interface Answer extends Said {
  readonly commitment: string;
}

export interface Confirmation extends Said {
  readonly deliverable: string;
  readonly isDelivered: boolean;
}

export interface ProposalAnswer extends Said {
  readonly proposal: string;
  readonly isAccepted: boolean;
}

/** The version that a review opened with what it accepted. */
export interface OpenedDraft {
  readonly by: string;
  readonly at: Instant;
  readonly version: number;
  /** Ids of the proposals that it began with. */
  readonly proposals: readonly string[];
}

/** A review as it stands. */
export interface ReviewState extends Review {
  readonly status: ReviewStatus;
  /** Grows with everything that happens to it. */
  readonly revision: number;
  /** What sales says of the quality of leads, oldest first. */
  readonly words: readonly Said[];
  readonly lessons: readonly Said[];
  readonly answers: readonly Answer[];
  readonly confirmations: readonly Confirmation[];
  readonly decisions: readonly Decision[];
  /** The last of a proposal counts. */
  readonly proposalAnswers: readonly ProposalAnswer[];
  readonly draft?: OpenedDraft;
  readonly escalatedAt?: Instant;
  readonly closedAt?: Instant;
  readonly closedBy?: string;
}

/** Open so much after its time, a review says so: something was away. */
const LATE_AFTER_MS: DurationMs = 60 * 60_000;

export const isLate = ({ openedAt, scheduledAt }: Pick<Review, 'openedAt' | 'scheduledAt'>): boolean =>
  openedAt - scheduledAt > LATE_AFTER_MS;

/** Nothing can happen to it any more, and nobody has to be reminded. */
export const isOver = ({ status, decisions }: ReviewState): boolean =>
  status === 'closed' && decisions.every((decision) => decision.status !== 'open');

/** Must be answered one by one before the review can close. */
export const mustAnswer = ({ kind }: Review): boolean => kind === 'quarterly' || kind === 'on-breach';
