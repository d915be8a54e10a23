/**
 * One running instance of a promise on one lead: its terms, its plan, its verdict.
 * Types and predicates only; sums over open time are in `clock-time.ts`, plans in `plan.ts`.
 */
import type { Party } from '../agreement/index.js';
import type { DurationMs, Instant } from '../business-time/index.js';

/** From `from` on, open time counts by the calendars of that agreement (spec §5, `used-time-stays`). */
export interface TermSegment {
  readonly from: Instant;
  /** Key of the agreement's terms. */
  readonly agreement: string;
}

/** Everything a clock will do if nobody moves, by value. */
export interface Plan {
  readonly dueAt: Instant;
  readonly warnings: readonly { readonly point: string; readonly at: Instant }[];
  /** Own instant of each tier of the ladder, before spec L2 and L3 hold it back or bring it forward. */
  readonly tiers: readonly { readonly on: 'breach' | 'start'; readonly at: Instant }[];
  /** From then on the touches still missing do not fit before `dueAt`; absent if they always do. */
  readonly outOfReachAt?: Instant;
}

/** A clock's terms and plan as they were before a rollout changed them; nothing else of it can have changed. */
export interface FormerClock {
  readonly clock: string;
  readonly n: number;
  readonly clockCycle: number;
  readonly targetMs: DurationMs;
  readonly terms: readonly TermSegment[];
  readonly zoneRelease: string;
  /** Null: it was paused. */
  readonly plan: Plan | null;
  readonly untilChangedAtSeq?: number;
}

export interface FiredTier {
  readonly tier: number;
  readonly at: Instant;
  readonly skipped: boolean;
  readonly acknowledged: boolean;
  /** Nobody was told: the ladder was in shadow. */
  readonly shadow?: true;
}

interface ClockBase {
  readonly name: string;
  readonly n: number;
  readonly cycle: number;
  readonly party: Party;
  readonly startedAt: Instant;
  readonly targetMs: DurationMs;
  readonly terms: readonly TermSegment[];
  readonly warned: readonly string[];
  readonly tiers: readonly FiredTier[];
  /** It has been said that its touches do not fit any more. */
  readonly outOfReach?: true;
  /** Touches logged up to this sequence cannot by themselves meet the clock: its `until` changed then. */
  readonly untilChangedAtSeq?: number;
}

export const verdicts = ['pending', 'paused', 'met', 'breached', 'cancelled'] as const;
export type Verdict = (typeof verdicts)[number];

export type PendingClock = ClockBase & { readonly verdict: 'pending'; readonly plan: Plan };
/** A paused clock has no due instant, so nothing can warn on it. */
export type PausedClock = ClockBase & { readonly verdict: 'paused' };
export type BreachedClock = ClockBase & {
  readonly verdict: 'breached';
  readonly dueAt: Instant;
  /** Who owned the lead at the breach. */
  readonly heldBy: string | null;
  readonly plan: Plan;
  /** Absent: its milestone is still awaited. */
  readonly ended?: 'completed' | 'cancelled';
  readonly completedAt?: Instant;
  readonly overshootMs?: DurationMs;
};
export type MetClock = ClockBase & {
  readonly verdict: 'met';
  /** Null: it ended while paused. */
  readonly dueAt: Instant | null;
  readonly completedAt: Instant;
  readonly corrected: boolean;
};
export type CancelledClock = ClockBase & {
  readonly verdict: 'cancelled';
  readonly dueAt: Instant | null;
  readonly cancelledAt: Instant;
};
export type Clock = PendingClock | PausedClock | BreachedClock | MetClock | CancelledClock;
/** Clocks whose milestone is still awaited. */
export type OpenClock = PendingClock | PausedClock | BreachedClock;

/** Whether the clock still waits for its milestone (spec C4: a breached one may). */
export const isOpenClock = (clock: Clock): clock is OpenClock =>
  clock.verdict === 'pending' || clock.verdict === 'paused' || (clock.verdict === 'breached' && !clock.ended);

/** The due instant, or null while there is none (spec C6). */
export const dueAtOf = (clock: Clock): Instant | null => {
  switch (clock.verdict) {
    case 'pending':
      return clock.plan.dueAt;
    case 'paused':
      return null;
    case 'met':
    case 'breached':
    case 'cancelled':
      return clock.dueAt;
  }
};
