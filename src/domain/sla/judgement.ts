import type { AgreementRef, Party } from '../agreement/index.js';
import type { DurationMs, Instant } from '../business-time/index.js';
import { dueAtOf, type Clock, type Plan, type TermSegment, type Verdict } from './clock.js';

/** What is said of a clock: its verdict and what that rests on. */
export interface Judgement {
  readonly verdict: Verdict;
  /** Null while paused, and for one that ended so. */
  readonly dueAt: Instant | null;
  readonly completedAt: Instant | null;
  readonly overshootMs: DurationMs | null;
}

export const judgementOf = (clock: Clock): Judgement => ({
  verdict: clock.verdict,
  dueAt: dueAtOf(clock),
  completedAt: 'completedAt' in clock ? (clock.completedAt ?? null) : null,
  overshootMs: clock.verdict === 'breached' ? (clock.overshootMs ?? null) : null,
});

/** Whether a reader of figures would notice. */
export const isSameJudgement = (one: Judgement, other: Judgement): boolean =>
  one.verdict === other.verdict &&
  one.dueAt === other.dueAt &&
  one.completedAt === other.completedAt &&
  one.overshootMs === other.overshootMs;

/** A clock as a correction found it and leaves it, by value. */
export interface RejudgedClock {
  readonly clock: string;
  readonly n: number;
  readonly clockCycle: number;
  readonly party: Party;
  /** Of whoever held the lead while the clock waited last. */
  readonly team: string | null;
  readonly startedAt: Instant;
  readonly was: Judgement;
  readonly is: Judgement;
  /** When a clock that never met its milestone lost its meaning; else null. */
  readonly cancelledAt: Instant | null;
  /** Who owned the lead at a breach; else null. */
  readonly heldBy: string | null;
  readonly targetMs: DurationMs;
  readonly terms: readonly TermSegment[];
  /** The agreement that it follows from now on. */
  readonly agreement: AgreementRef;
  readonly zoneRelease: string;
  /** Of a pending or breached clock: what it will do from now on; else null. */
  readonly plan: Plan | null;
}

/** The clock as the correction leaves it; what was fired stays on it, for people were told. */
export function rejudged(clock: Clock, { is, plan, cancelledAt, heldBy, targetMs, terms }: RejudgedClock): Clock {
  const base = { ...keptOf(clock), targetMs, terms };
  const { dueAt, completedAt } = is;
  switch (is.verdict) {
    case 'pending':
      return { ...base, verdict: 'pending', plan: plan! };
    case 'paused':
      return { ...base, verdict: 'paused' };
    case 'met': {
      const corrected = clock.verdict === 'met' && clock.corrected;
      return { ...base, verdict: 'met', dueAt, completedAt: completedAt!, corrected };
    }
    case 'breached':
      return { ...base, verdict: 'breached', dueAt: dueAt!, heldBy, plan: plan!, ...endOf(is, cancelledAt) };
    case 'cancelled':
      return { ...base, verdict: 'cancelled', dueAt, cancelledAt: cancelledAt! };
  }
}

/** What a clock is beside its verdict. */
function keptOf(clock: Clock) {
  const { name, n, cycle, party, startedAt, warned, tiers, outOfReach, untilChangedAtSeq } = clock;
  return {
    ...{ name, n, cycle, party, startedAt, warned, tiers },
    ...(outOfReach !== undefined && { outOfReach }),
    ...(untilChangedAtSeq !== undefined && { untilChangedAtSeq }),
  };
}

/** How a breached clock ended, if it has. */
function endOf({ completedAt, overshootMs }: Judgement, cancelledAt: Instant | null) {
  if (completedAt !== null) return { ended: 'completed', completedAt, overshootMs: overshootMs ?? 0 } as const;
  return cancelledAt === null ? {} : ({ ended: 'cancelled' } as const);
}
