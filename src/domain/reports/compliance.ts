import type { DurationMs, Instant } from '../business-time/index.js';
import type { ClockFacts } from './clock-facts.js';
import type { Contribution } from './contribution.js';
import { clockPasses, groupOfClock, type ClockGrouping, type LeadFilter } from './grouping.js';
import type { LeadFacts } from './lead-facts.js';
import { ALL, type ShareTally } from './share-tally.js';

/** What became of the clocks of one commitment (spec/reports.md, compliance of a clock). */
export interface ComplianceTally {
  /** Decided in the period: met by `completedAt`, breached by `dueAt`. */
  readonly met: number;
  readonly breached: number;
  /** Met clocks among them whose breach was corrected by a late log, and met ones that rested in between. */
  readonly corrected: number;
  readonly metThoughPaused: number;
  /** Lost their meaning in the period, by cause. */
  readonly cancelled: Readonly<Record<string, number>>;
  /** Started before the period's end, undecided as of the report. */
  readonly pending: number;
  readonly paused: number;
  /** Started in the period, and how many of those are decided by now: the coverage. */
  readonly started: number;
  readonly startedAndDecided: number;
  /** Open time used by those met in the period, and how late those came that were breached in it and came at last. */
  readonly used: Distribution;
  readonly overshoot: Distribution;
  /** The latest of them; null: none. */
  readonly overshootWorstMs: DurationMs | null;
}

/** How values spread, by nearest rank; null where there are none. */
export interface Distribution {
  readonly count: number;
  readonly medianMs: DurationMs | null;
  readonly p90Ms: DurationMs | null;
  readonly p95Ms: DurationMs | null;
}

export interface ComplianceAsked {
  readonly from: Instant;
  readonly to: Instant;
  readonly filter: LeadFilter;
  /** Absent: each commitment in one group, `all`. */
  readonly by?: ClockGrouping;
}

export const emptyCompliance: ComplianceTally = {
  met: 0,
  breached: 0,
  corrected: 0,
  metThoughPaused: 0,
  cancelled: {},
  pending: 0,
  paused: 0,
  started: 0,
  startedAndDecided: 0,
  used: { count: 0, medianMs: null, p90Ms: null, p95Ms: null },
  overshoot: { count: 0, medianMs: null, p90Ms: null, p95Ms: null },
  overshootWorstMs: null,
};

/** By commitment, by group. */
export type Compliance = Readonly<Record<string, Readonly<Record<string, ComplianceTally>>>>;

/** Counts every clock's verdict over leads that are known in full. */
export function tallyCompliance(contributions: readonly Contribution[], asked: ComplianceAsked): Compliance {
  const commitments: Record<string, Record<string, ClockFacts[]>> = {};
  for (const { lead, clocks } of contributions) {
    if (lead.isTest) continue;
    for (const clock of clocks) {
      if (!clockPasses(asked.filter, lead, clock)) continue;
      const group = asked.by === undefined ? ALL : groupOfClock(asked.by, lead, clock);
      ((commitments[clock.clock] ??= {})[group] ??= []).push(clock);
    }
  }
  return mapValues(commitments, (groups) => mapValues(groups, (clocks) => tallyOf(clocks, asked)));
}

function tallyOf(clocks: readonly ClockFacts[], { from, to }: ComplianceAsked): ComplianceTally {
  const isIn = (at: Instant | null): boolean => at !== null && at >= from && at < to;
  const decided = clocks.filter(({ decidedAt }) => isIn(decidedAt));
  const met = decided.filter(({ verdict }) => verdict === 'met');
  const breached = decided.filter(({ verdict }) => verdict === 'breached');
  const started = clocks.filter(({ startedAt }) => isIn(startedAt));
  const waiting = clocks.filter(({ startedAt }) => startedAt < to);
  return {
    met: met.length,
    breached: breached.length,
    corrected: met.filter(({ isCorrected }) => isCorrected).length,
    metThoughPaused: met.filter(({ wasPaused }) => wasPaused).length,
    cancelled: countsOf(clocks.filter(({ usedUntil }) => isIn(usedUntil)).map(({ cancelledBy }) => cancelledBy)),
    pending: waiting.filter(({ verdict }) => verdict === 'pending').length,
    paused: waiting.filter(({ verdict }) => verdict === 'paused').length,
    started: started.length,
    startedAndDecided: started.filter(({ decidedAt }) => decidedAt !== null).length,
    used: distributionOf(met.map(({ usedMs }) => usedMs)),
    overshoot: distributionOf(breached.map(({ overshootMs }) => overshootMs)),
    overshootWorstMs: worstOf(breached.flatMap(({ overshootMs }) => overshootMs ?? [])),
  };
}

const worstOf = (values: readonly DurationMs[]): DurationMs | null =>
  values.reduce<DurationMs | null>((worst, value) => Math.max(worst ?? value, value), null);

function countsOf(names: readonly (string | null)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) if (name !== null) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

export function distributionOf(values: readonly (DurationMs | null)[]): Distribution {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  const rank = (share: number): DurationMs | null => percentile(known, share) as DurationMs | null;
  return { count: known.length, medianMs: rank(0.5), p90Ms: rank(0.9), p95Ms: rank(0.95) };
}

const mapValues = <V, R>(record: Readonly<Record<string, V>>, change: (value: V) => R): Record<string, R> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));

/** Met over met and breached. */
export const complianceShare = ({ met, breached, cancelled, pending, paused }: ComplianceTally): ShareTally => ({
  numerator: met,
  denominator: met + breached,
  leftOut: {
    ...mapValues(cancelled, (count) => count),
    ...(pending > 0 && { pending }),
    ...(paused > 0 && { paused }),
  },
});

/**
 * The smallest value that at least `share` of all do not exceed (nearest rank); null for none. Values that were not
 * reached stand at the end: give their count in `unreachedCount`, and `undefined` comes back where the rank is theirs.
 */
export function percentile(
  ascendingValues: readonly number[],
  share: number,
  unreachedCount = 0,
): number | 'not-reached' | null {
  const count = ascendingValues.length + unreachedCount;
  if (count === 0) return null;
  const rank = Math.max(1, Math.ceil(share * count));
  return ascendingValues[rank - 1] ?? 'not-reached';
}

/** Lead-cycles of a party with a verdict in the period, and those of them without a breach (SLA compliance, per party). */
export function tallyParties(
  contributions: readonly Contribution[],
  { from, to, filter }: Pick<ComplianceAsked, 'from' | 'to' | 'filter'>,
): Readonly<Record<string, ShareTally>> {
  const cycles = new Map<string, { readonly party: string; isBroken: boolean }>();
  const isDecided = ({ decidedAt }: ClockFacts): boolean => decidedAt !== null && decidedAt >= from && decidedAt < to;
  for (const { lead, clocks } of contributions.filter((one) => !one.lead.isTest)) {
    for (const clock of clocks.filter((one) => isDecided(one) && clockPasses(filter, lead, one))) {
      const key = keyOfCycle(lead, clock);
      const known = cycles.get(key) ?? { party: clock.party, isBroken: false };
      cycles.set(key, { ...known, isBroken: known.isBroken || clock.verdict === 'breached' });
    }
  }
  const tallies: Record<string, ShareTally> = {};
  for (const { party, isBroken } of cycles.values()) {
    const { numerator, denominator } = tallies[party] ?? { numerator: 0, denominator: 0 };
    tallies[party] = { numerator: numerator + Number(!isBroken), denominator: denominator + 1, leftOut: {} };
  }
  return tallies;
}

const keyOfCycle = ({ leadId }: LeadFacts, { party, cycle }: ClockFacts): string => `${party}/${cycle}/${leadId}`;
