import { promisesFrom, type ClockPromise, type Milestone } from '../agreement/index.js';
import type { Instant } from '../business-time/index.js';
import { allHold, type Subject } from '../qualification/index.js';
import { isOpenClock, type Clock, type OpenClock } from '../sla/clock.js';
import { clockTimeBetween, holderCalendar, promiseOf } from '../sla/clock-time.js';
import { planClock, targetOf, type Target } from '../sla/plan.js';
import { isTouchesMilestone } from '../sla/touches.js';
import type { Draft } from './draft.js';
import type { ClockId } from './events.js';
import { holderOf, isPaused, type LeadState } from './state.js';

export const idOf = ({ name, n, cycle }: Clock): ClockId => ({ clock: name, n, clockCycle: cycle });

export const subjectOf = (state: LeadState, at: Instant): Subject => ({
  at,
  fields: state.fields,
  signals: state.signals,
  segment: state.segment,
  priority: state.priority,
});

/** What a milestone brings along for the clocks it ends or starts. */
export interface Reach {
  /** Only these clocks may end by it; absent: all. */
  readonly among?: readonly Clock[];
  /** The next number of a repeating clock starts then instead of at once (spec C13). */
  readonly nextStepAt?: Instant;
  /** The lead is being closed: no further number starts. */
  readonly final?: true;
  /** Only these promises may start by it; absent: all. */
  readonly only?: (promise: ClockPromise) => boolean;
}

/** A milestone at `occurredAt`: ends the clocks that wait for it, then starts those that begin with it. */
export function reach(draft: Draft, milestone: Milestone, occurredAt: Instant, how: Reach = {}): void {
  endClocks(draft, milestone, occurredAt, how);
  startClocks(draft, milestone, occurredAt, how);
}

/** Ends, late or in time, every clock whose `until` the milestone is (spec C1, C3, C4, C9). */
export function endClocks(draft: Draft, milestone: Milestone, occurredAt: Instant, how: Reach = {}): void {
  for (const clock of how.among ?? draft.state.clocks) {
    if (clock.verdict === 'met' || clock.verdict === 'cancelled') continue; // nothing completes them again
    if (promiseOf(draft, clock).until === milestone) completeAndRepeat(draft, currentOf(draft, clock), occurredAt, how);
  }
}

/** The clock as the state has it by now. */
export const currentOf = (draft: Draft, { name, n, cycle }: Clock): Clock =>
  draft.state.clocks.find((clock) => clock.name === name && clock.n === n && clock.cycle === cycle)!;

/** Completes a clock and, if it repeats, starts or plans its next number. */
export function completeAndRepeat(draft: Draft, clock: Clock, occurredAt: Instant, how: Reach): void {
  const wasOpen = isOpenClock(clock);
  if (occurredAt < clock.startedAt || !complete(draft, clock, occurredAt)) return;
  if (!wasOpen || how.final || clock.cycle !== draft.state.cycle) return;
  if (promiseOf(draft, clock).repeats) startNext(draft, clock.name, occurredAt, how);
}

/** Gives the clock its milestone; false if nothing about it changes. */
function complete(draft: Draft, clock: Clock, completedAt: Instant): boolean {
  switch (clock.verdict) {
    case 'pending': {
      const { dueAt } = clock.plan;
      if (completedAt <= dueAt) return meet(draft, clock, completedAt);
      breach(draft, clock, dueAt);
      return completeLate(draft, clock, dueAt, completedAt);
    }
    case 'paused':
      return meet(draft, clock, completedAt);
    case 'breached':
      if (completedAt <= clock.dueAt) return correct(draft, clock, completedAt);
      return isOpenClock(clock) && completeLate(draft, clock, clock.dueAt, completedAt);
    case 'met':
    case 'cancelled':
      return false;
  }
}

function meet(draft: Draft, clock: Clock, completedAt: Instant): true {
  const { name, n, cycle } = clock;
  draft.emit({ type: 'clock-met', clock: name, n, clockCycle: cycle, completedAt });
  return true;
}

function correct(draft: Draft, clock: Clock, completedAt: Instant): true {
  draft.emit({ type: 'clock-corrected', ...idOf(clock), completedAt });
  return true;
}

function completeLate(draft: Draft, clock: Clock, dueAt: Instant, completedAt: Instant): true {
  const overshootMs = clockTimeBetween(draft, clock, dueAt, completedAt);
  draft.emit({ type: 'clock-completed-late', ...idOf(clock), completedAt, overshootMs });
  return true;
}

/** The verdict `breached`, stamped with the due instant and with whoever held the lead then (spec C4, L6). */
export function breach(draft: Draft, clock: Clock, dueAt: Instant): void {
  const { holders } = draft.state;
  const holder = dueAt < draft.at ? holders.findLast(({ from }) => from <= dueAt) : holderOf(draft.state);
  draft.emit({ type: 'clock-breached', ...idOf(clock), dueAt, heldBy: holder?.owner ?? null });
}

/** The clock lost its meaning; a breached one stays breached and its ladder ends (spec C8). */
export const cancel = (draft: Draft, clock: OpenClock, cause: string): void =>
  draft.emit({ type: 'clock-cancelled', ...idOf(clock), cause });

/** Starts the clocks of the agreement in force whose `from` the milestone is. */
export function startClocks(draft: Draft, milestone: Milestone, at: Instant, how: Reach = {}): void {
  for (const [name, promise] of promisesFrom(draft.terms, milestone)) {
    if (how.only?.(promise) === false) continue;
    if (promise.repeats) startNext(draft, name, at, how);
    else startClock(draft, name, promise, at);
  }
}

function startNext(draft: Draft, name: string, at: Instant, { nextStepAt }: Reach): void {
  const promise = draft.terms.clocks[name];
  if (!promise) return;
  if (nextStepAt === undefined) startClock(draft, name, promise, at);
  else draft.emit({ type: 'number-planned', clock: name, startsAt: nextStepAt, madeAt: at });
}

/** Starts the next number of a clock at `startedAt`, which may lie in the past (spec C1, C2, C6, C11). */
export function startClock(draft: Draft, name: string, promise: ClockPromise, startedAt: Instant): void {
  const { terms, state } = draft;
  const target = targetNow(draft, promise);
  const clock = {
    name,
    party: promise.party,
    startedAt,
    targetMs: target.withinMs,
    terms: [{ from: startedAt, agreement: terms.key }],
    tiers: [],
  };
  draft.emit({
    type: 'clock-started',
    clock: name,
    n: numberAfter(state, name),
    clockCycle: state.cycle,
    party: promise.party,
    startedAt,
    targetMs: target.withinMs,
    override: target.override,
    terms: clock.terms,
    calendarKey: terms.calendarKeys[promise.calendar ?? holderCalendar(terms, holderOf(state).calendar)]!,
    zoneRelease: terms.zoneRelease,
    plan: rests(state, promise.party) ? null : planClock(draft, clock),
  });
}

/** Numbers count from 1 in each cycle, and its clocks all stay in the state (spec C1). */
const numberAfter = ({ clocks, cycle }: LeadState, name: string): number =>
  (clocks.findLast((clock) => clock.name === name && clock.cycle === cycle)?.n ?? 0) + 1;

/** The time allowed as the overrides hold now (spec C2, C12). */
export function targetNow(draft: Draft, promise: ClockPromise): Target {
  const subject = subjectOf(draft.state, draft.at);
  return targetOf(promise, (index) => allHold(promise.overrides[index]!.when, subject));
}

/** Whether clocks of that party rest at present. */
export const rests = (state: LeadState, party: Clock['party']): boolean => party === 'sales' && isPaused(state);

/** Whether some clock of this cycle that ends in `touched` still waits (spec §2, `intent-raised`). */
export const awaitsTouch = (draft: Draft): boolean =>
  draft.state.clocks.some(
    (clock) => clock.cycle === draft.state.cycle && isOpenClock(clock) && promiseOf(draft, clock).until === 'touched',
  );

/** The clocks of this cycle that end in enough touches. */
export const touchesClocks = (draft: Draft): readonly Clock[] =>
  draft.state.clocks.filter(
    (clock) => clock.cycle === draft.state.cycle && isTouchesMilestone(promiseOf(draft, clock).until),
  );
