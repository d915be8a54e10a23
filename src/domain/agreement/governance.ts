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
}
