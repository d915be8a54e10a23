import type { Weekday } from '../business-time/civil-date.js';
import type { DurationMs } from '../business-time/index.js';
import type { Party } from './terms.js';

/** An amount that a target names; shares in parts per million, money in its smallest unit. */
export type TargetAmount =
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'share'; readonly ppm: number }
  | { readonly kind: 'time'; readonly ms: DurationMs }
  | { readonly kind: 'money'; readonly minor: number; readonly currency: string };

/** A commitment over a month: at least, or at most, so much. */
export interface Target {
  readonly name: string;
  readonly party: Party;
  readonly atLeast?: TargetAmount;
  readonly atMost?: TargetAmount;
  readonly bySegment: Readonly<Record<string, TargetAmount>>;
}

/** Who is credited for opportunities (spec/reports.md, pipeline). */
export interface Attribution {
  /** How long before an opportunity opens touches count. */
  readonly touchWindowMs: DurationMs;
  /** Sources and actions that are touches by marketing; none: the agreement credits marketing with nothing. */
  readonly marketing: readonly string[];
}

/** Which of a month's days of that name; a month need not have a fifth, so nobody can ask for it. */
export const placesInMonth = ['first', 'second', 'third', 'fourth', 'last'] as const;
export type PlaceInMonth = (typeof placesInMonth)[number];

/** When a review opens: on local days of the agreement's zone, or as soon as a breach climbs to it. */
export type ReviewRhythm =
  | { readonly kind: 'weekly'; readonly weekday: Weekday; readonly time: string }
  | { readonly kind: 'monthly'; readonly place: PlaceInMonth; readonly weekday: Weekday; readonly time: string }
  | {
      readonly kind: 'quarterly';
      readonly place: PlaceInMonth;
      readonly weekday: Weekday;
      readonly time: string;
      /** Of the fiscal quarter, from 1. */
      readonly month: 1 | 2 | 3;
    }
  | { readonly kind: 'on-breach' };
export type RhythmKind = ReviewRhythm['kind'];

/** How people meet over the agreement, and what must come of it. */
export interface ReviewTerms {
  readonly name: string;
  readonly rhythm: ReviewRhythm;
  /** The open time in which it is to come to its end; absent: as long as the review to which breaches climb. */
  readonly within?: { readonly ms: DurationMs; readonly calendar: string };
  /** Roles, people, or `owner-managers`. */
  readonly to: readonly string[];
  readonly agenda: readonly string[];
  /** How long it takes; absent: nobody has said. */
  readonly minutes?: number;
  /** How many decisions it ends in; absent: as many as there are. */
  readonly decisionsMin: number;
  readonly decisionsMax?: number;
}

/** How a commitment below its goal climbs: into the first review, then into the second. */
export interface BreachTerms {
  /** The review that hears of every week below goal; absent: none. */
  readonly first?: string;
  /** The review that is called when weeks below goal follow on each other; absent: none. */
  readonly second?: string;
  /** How many weeks in a row call it. */
  readonly weeksBelowGoal: number;
}

export const deliveryRhythms = ['week', 'month', 'quarter', 'year'] as const;
export type DeliveryRhythm = (typeof deliveryRhythms)[number];

/** What a side owes besides leads; a monthly review confirms it. */
export interface Deliverable {
  readonly name: string;
  readonly party: Party;
  readonly owner: string;
  readonly every: DeliveryRhythm;
}

/** What of an agreement is about reports and reviews, and decides nothing about a single lead. */
export interface Governance {
  readonly title: string;
  /** Of days, weeks, months and quarters. */
  readonly timeZone: string;
  /** The month with which the fiscal year begins, from 1. */
  readonly fiscalYearStart: number;
  /** In the order of the document. */
  readonly targets: readonly Target[];
  readonly attribution: Attribution;
  /** In the order of the document, as are the deliverables; one with neither day nor time never opens and is left out. */
  readonly reviews: readonly ReviewTerms[];
  readonly breaches: BreachTerms;
  readonly deliverables: readonly Deliverable[];
}
