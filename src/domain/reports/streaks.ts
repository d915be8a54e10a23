import type { Party } from '../agreement/index.js';
import type { Instant } from '../business-time/index.js';
import type { Contribution } from './contribution.js';
import type { FigureStatus } from './document.js';
import { groupOfClock, type LeadFilter, type LeadGrouping } from './grouping.js';
import type { ClockFacts } from './clock-facts.js';
import type { LeadFacts } from './lead-facts.js';
import type { Goal } from './status.js';

/** How a commitment stood in one period. */
export interface JudgedPeriod {
  readonly period: string;
  readonly met: number;
  readonly breached: number;
  /** Null: no verdict. */
  readonly value: number | null;
  readonly goal: Goal | null;
  readonly status: FigureStatus;
}

/** How often in a row a goal was missed: up to the last period, and at most. */
export interface Run {
  readonly currentCount: number;
  readonly longestCount: number;
}

/** A commitment over periods that follow one another, the oldest first. */
export interface CommitmentRun extends Run {
  readonly commitment: string;
  readonly party: Party;
  readonly periods: readonly JudgedPeriod[];
}

/** A period that is not judged, as one without leads, neither ends a run nor makes it longer. */
export function missedInARow(statuses: readonly FigureStatus[]): Run {
  let [currentCount, longestCount] = [0, 0];
  for (const status of statuses) {
    if (status === 'missed') currentCount += 1;
    if (status === 'met') currentCount = 0;
    longestCount = Math.max(longestCount, currentCount);
  }
  return { currentCount, longestCount };
}

/** Verdicts of one commitment, by the instant of decision. */
export interface VerdictCount {
  readonly met: number;
  readonly breached: number;
}

/** Periods that follow one another: each from one of these instants, ascending, to the next. */
export interface PeriodsAsked {
  readonly edges: readonly Instant[];
  readonly filter: LeadFilter;
}

/** By commitment, one count for each period. */
export type VerdictCounts = Readonly<Record<string, readonly VerdictCount[]>>;

/** The place of the period in which an instant lies; undefined outside all of them. */
export function placeOf(at: Instant, edges: readonly Instant[]): number | undefined {
  const next = edges.findIndex((edge) => edge > at);
  return next > 0 ? next - 1 : undefined;
}

/** Counts verdicts over leads that are known in full, period by period. */
export function tallyVerdicts(contributions: readonly Contribution[], { edges, filter }: PeriodsAsked): VerdictCounts {
  const counts: Record<string, VerdictCount[]> = {};
  for (const { lead, clocks } of contributions.filter((one) => !one.lead.isTest)) {
    for (const clock of clocks.filter((one) => passes(filter, lead, one))) {
      const { verdict, decidedAt } = clock;
      const place = decidedAt === null ? undefined : placeOf(decidedAt, edges);
      if (place === undefined || (verdict !== 'met' && verdict !== 'breached')) continue;
      const periods = (counts[clock.clock] ??= noVerdicts(edges));
      periods[place] = { ...periods[place]!, [verdict]: periods[place]![verdict] + 1 };
    }
  }
  return counts;
}

const passes = (filter: LeadFilter, lead: LeadFacts, clock: ClockFacts): boolean =>
  Object.entries(filter).every(([by, value]) => groupOfClock(by as LeadGrouping, lead, clock) === value);

/** None in any period. */
export const noVerdicts = (edges: readonly Instant[]): VerdictCount[] =>
  edges.slice(1).map(() => ({ met: 0, breached: 0 }));
