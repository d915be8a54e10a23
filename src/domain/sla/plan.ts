import type { ClockPromise, Tier, WarningPoint } from '../agreement/index.js';
import type { DurationMs, Instant } from '../business-time/index.js';
import type { Draft } from '../lifecycle/draft.js';
import { addClockTime, clockTimeOf, promiseOf, termsKeyOf, type ClockTime, type Timed } from './clock-time.js';
import type { Clock, FiredTier, Plan } from './clock.js';
import { lastChanceAt } from './last-chance.js';
import { isTouchesMilestone } from './touches.js';

/** What a clock plans from; the same for one that is about to start. */
export type Planned = Timed & Pick<Clock, 'targetMs' | 'tiers'>;

/**
 * Everything the clock will do if nobody moves (spec C2, C5, L1).
 * @param notBefore the instant of the change that asks for a new plan: with nothing left, the clock is due then
 */
export function planClock(draft: Draft, clock: Planned, notBefore: Instant = clock.startedAt): Plan {
  const time = clockTimeOf(draft, clock);
  const usedUpAt = addClockTime(draft, time, clock.startedAt, clock.targetMs);
  const dueAt = Math.max(afterRests(time, usedUpAt), notBefore);
  const warnings = planWarnings(draft, clock, time, { dueAt, notBefore });
  return { dueAt, warnings, tiers: planTiers(draft, clock, dueAt, time), ...planOutOfReach(draft, clock, dueAt) };
}

/**
 * Used up exactly when a rest began, the clock is due at the end of it (spec C6). One that runs is planned anew there;
 * one that starts in the past finds rests that are over (spec C11).
 */
const afterRests = ({ pauses }: ClockTime, usedUpAt: Instant): Instant =>
  pauses.reduce((at, [from, until]) => (from === at && until !== Number.POSITIVE_INFINITY ? until : at), usedUpAt);

/** The first instant at which the touches still missing do not fit any more, if it comes before the due instant. */
export function planOutOfReach(draft: Draft, clock: Planned, dueAt: Instant): Pick<Plan, 'outOfReachAt'> {
  const { until } = promiseOf(draft, clock);
  if (!isTouchesMilestone(until)) return {};
  const lastAt = lastChanceAt(draft.state.touches, until, dueAt);
  if (lastAt === undefined || lastAt >= dueAt) return {};
  return { outOfReachAt: Math.max(lastAt + 1, clock.startedAt) };
}

function planWarnings(
  draft: Draft,
  clock: Planned,
  time: ClockTime,
  { dueAt, notBefore }: { readonly dueAt: Instant; readonly notBefore: Instant },
): Plan['warnings'] {
  const { warn } = promiseOf(draft, clock);
  const warnings: Plan['warnings'][number][] = [];
  for (const point of warn) {
    const usedMs = openTimeUsedAt(point, clock.targetMs);
    if (usedMs <= 0 || usedMs >= clock.targetMs) continue;
    const at = addClockTime(draft, time, clock.startedAt, usedMs);
    if (Math.max(at, notBefore) < dueAt) warnings.push({ point: point.text, at });
  }
  return warnings;
}

const PPM = 1_000_000;

/** The open time used when the point is reached; shares are rounded down (spec C5). */
const openTimeUsedAt = (point: WarningPoint, targetMs: DurationMs): DurationMs =>
  'sharePpm' in point ? shareOf(targetMs, point.sharePpm) : targetMs - point.leftMs;

/** Rounded down; whole millions of milliseconds apart, for the product of long targets is no safe integer. */
const shareOf = (targetMs: DurationMs, sharePpm: number): DurationMs =>
  Math.floor(targetMs / PPM) * sharePpm + Math.floor(((targetMs % PPM) * sharePpm) / PPM);

/** The own instant of each tier of the clock's ladder, counted from the breach or the start (spec L1, L4). */
export function planTiers(
  draft: Draft,
  clock: Planned,
  dueAt: Instant,
  time: ClockTime = clockTimeOf(draft, clock),
): Plan['tiers'] {
  const ladder = ladderOf(draft, clock);
  return ladder.map((tier, index) => {
    const from = tier.on === 'breach' ? dueAt : clock.startedAt;
    const afterMs = tier.afterMs + heldMs(ladder, clock.tiers, index);
    // The breach's own instant, open or not: adding nothing would move it to the next opening.
    return { on: tier.on, at: afterMs === 0 ? from : addClockTime(draft, time, from, afterMs) };
  });
}

/** The tiers that a clock climbs; none without a ladder. */
export function ladderOf(draft: Draft, clock: Pick<Clock, 'terms' | 'name'>): readonly Tier[] {
  const { ladder } = promiseOf(draft, clock);
  return ladder === undefined ? [] : (draft.termsOf(termsKeyOf(clock)).ladders[ladder] ?? []);
}

/** The ladder that a clock climbs, by its name and the agreement that has it; only of a clock with a ladder. */
export function ladderNameOf(draft: Draft, clock: Pick<Clock, 'terms' | 'name'>) {
  const { name: agreement, version } = draft.termsOf(termsKeyOf(clock));
  return { agreement, version, name: promiseOf(draft, clock).ladder! };
}

function heldMs(ladder: readonly Tier[], fired: readonly FiredTier[], index: number): DurationMs {
  const acknowledged = fired.some((tier) => tier.tier === index && tier.acknowledged);
  return acknowledged ? ladder[index - 1]!.holdOnAcknowledgeMs : 0;
}

/** The time allowed and which override allows it, if one does (spec C2). */
export interface Target {
  readonly withinMs: DurationMs;
  readonly override: number | null;
}

export function targetOf(promise: ClockPromise, holds: (override: number) => boolean): Target {
  const index = promise.overrides.findIndex((_, override) => holds(override));
  if (index < 0) return { withinMs: promise.withinMs, override: null };
  return { withinMs: promise.overrides[index]!.withinMs, override: index };
}
