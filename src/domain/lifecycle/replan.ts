import type { DurationMs } from '../business-time/index.js';
import {
  isOpenClock,
  type BreachedClock,
  type Clock,
  type PausedClock,
  type PendingClock,
  type Plan,
} from '../sla/clock.js';
import { clockTimeBetween, promiseOf } from '../sla/clock-time.js';
import { planClock, planOutOfReach, planTiers } from '../sla/plan.js';
import type { Draft } from './draft.js';
import type { ReplanCause } from './events.js';
import { idOf, rests, targetNow } from './milestones.js';

type RunningClock = PendingClock | PausedClock;

/** Clocks that run: neither ended nor breached. */
export const isRunning = (clock: Clock): clock is RunningClock =>
  clock.verdict === 'pending' || clock.verdict === 'paused';

/** Gives every open clock that `concerned` picks the plan that follows from the state as it is now. */
export function replanClocks(draft: Draft, cause: ReplanCause, concerned: (clock: Clock) => boolean): void {
  for (const clock of draft.state.clocks) {
    if (!isOpenClock(clock) || rests(draft.state, clock.party) || !concerned(clock)) continue;
    const plan = clock.verdict === 'breached' ? ladderPlan(draft, clock) : planClock(draft, clock, draft.at);
    if (clock.verdict === 'paused' || !samePlan(clock.plan, plan)) emitPlan(draft, clock, cause, plan);
  }
}

/** A breached clock keeps its due instant; only its ladder still moves. */
const ladderPlan = (draft: Draft, clock: BreachedClock): Plan => ({
  ...clock.plan,
  tiers: planTiers(draft, clock, clock.dueAt),
});

const samePlan = (one: Plan, other: Plan): boolean =>
  one.dueAt === other.dueAt &&
  one.outOfReachAt === other.outOfReachAt &&
  sameList(one.warnings, other.warnings, (a, b) => a.point === b.point && a.at === b.at) &&
  sameList(one.tiers, other.tiers, (a, b) => a.on === b.on && a.at === b.at);

const sameList = <T>(one: readonly T[], other: readonly T[], same: (a: T, b: T) => boolean): boolean =>
  one === other || (one.length === other.length && one.every((item, index) => same(item, other[index]!)));

function emitPlan(draft: Draft, clock: Clock, cause: ReplanCause, plan: Plan | null): void {
  const { targetMs, terms } = clock;
  draft.emit({
    type: 'clock-replanned',
    ...idOf(clock),
    cause,
    targetMs,
    terms,
    zoneRelease: draft.terms.zoneRelease,
    plan,
  });
}

/** Puts the next tiers of a clock where an acknowledgement leaves them; nothing else of it moves (spec L4). */
export function replanTiers(draft: Draft, clock: PendingClock | BreachedClock): void {
  const dueAt = clock.verdict === 'breached' ? clock.dueAt : clock.plan.dueAt;
  emitPlan(draft, clock, 'acknowledged', { ...clock.plan, tiers: planTiers(draft, clock, dueAt) });
}

/** After a touch more or less: when the rest of them no longer fits. */
export function replanReach(draft: Draft): void {
  for (const clock of draft.state.clocks) {
    if (clock.verdict !== 'pending' || clock.cycle !== draft.state.cycle) continue;
    const planned = planOutOfReach(draft, clock, clock.plan.dueAt);
    if (planned.outOfReachAt === clock.plan.outOfReachAt) continue;
    const { outOfReachAt: _before, ...kept } = clock.plan;
    emitPlan(draft, clock, 'touched', { ...kept, ...planned });
  }
}

/** A clock that runs gets other terms or another target, and the plan that follows (spec C12, `apply-agreement`). */
export function changeTerms(
  draft: Draft,
  clock: RunningClock,
  cause: ReplanCause,
  change: Partial<Pick<Clock, 'targetMs' | 'terms'>>,
  untilChanged = false,
): void {
  const changed = { ...clock, ...change };
  draft.emit({
    type: 'clock-replanned',
    ...idOf(clock),
    cause,
    targetMs: changed.targetMs,
    terms: changed.terms,
    zoneRelease: draft.terms.zoneRelease,
    plan: clock.verdict === 'paused' ? null : planClock(draft, changed, draft.at),
    ...(untilChanged && { untilChanged: true as const }),
  });
}

/** Shortens what runs in this cycle to the target that a raised priority allows; never lengthens it (spec C12). */
export function shortenTargets(draft: Draft): void {
  for (const clock of draft.state.clocks) {
    if (!isRunning(clock) || clock.cycle !== draft.state.cycle) continue;
    const targetMs = Math.min(clock.targetMs, targetFromNow(draft, clock));
    if (targetMs < clock.targetMs) changeTerms(draft, clock, 'priority-raised', { targetMs });
  }
}

function targetFromNow(draft: Draft, clock: RunningClock): DurationMs {
  const { withinMs } = targetNow(draft, promiseOf(draft, clock));
  return clockTimeBetween(draft, clock, clock.startedAt, draft.at) + withinMs;
}
