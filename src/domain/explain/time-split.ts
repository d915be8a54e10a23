import type { Instant } from '../business-time/index.js';
import { dueAtOf, type Clock } from '../sla/clock.js';
import type { ExplainPorts, OpenPiece, TimeShare, TimeSplit } from './explanation.js';
import { openPieces } from './open-pieces.js';
import type { Course, Trace } from './traces.js';

/**
 * Who used up a clock's open time, by owner and by the escalation tier in force, from its start until it ended or, if it
 * runs, until `at`. The shares always sum to the open time used. Null where the windows are not at hand.
 */
export function timeSplit(ports: ExplainPorts, trace: Trace, at: Instant): TimeSplit | null {
  const { clock, course } = trace;
  const usedUntil = endOfUse(trace, at);
  const pieces = usedUntil === undefined ? null : openPieces(ports, course, clock, usedUntil);
  if (usedUntil === undefined || !pieces) return null;
  const shares = sharesOf(trace, pieces.flatMap(cutAt(cutsOf(clock, course))));
  return { usedUntil, shares, usedMs: sum(shares, 'usedMs'), lateMs: sum(shares, 'lateMs') };
}

/** When the clock stopped using time; undefined if the story does not reach back to it. */
function endOfUse({ clock, turns }: Trace, at: Instant): Instant | undefined {
  switch (clock.verdict) {
    case 'pending':
    case 'paused':
      return at;
    case 'met':
      return clock.completedAt;
    case 'cancelled':
      return clock.cancelledAt;
    case 'breached':
      if (!clock.ended) return at;
      return clock.completedAt ?? turns.findLast(({ event }) => event.type === 'clock-cancelled')?.event.at;
  }
}

/** Wherever another owner, another tier or lateness begins. */
const cutsOf = (clock: Clock, { holders }: Course): readonly Instant[] =>
  [...holders.map(({ from }) => from), ...clock.tiers.map(({ at }) => at), dueAtOf(clock) ?? Number.POSITIVE_INFINITY]
    .filter((at) => at > clock.startedAt)
    .sort((a, b) => a - b);

const cutAt =
  (cuts: readonly Instant[]) =>
  ({ openAt, closeAt, calendar }: OpenPiece): readonly OpenPiece[] => {
    const within = [openAt, ...cuts.filter((at) => at > openAt && at < closeAt), closeAt];
    return within.slice(1).map((end, index) => {
      const start = within[index]!;
      return { openAt: start, closeAt: end, ms: end - start, calendar };
    });
  };

function sharesOf({ clock, course }: Trace, pieces: readonly OpenPiece[]): readonly TimeShare[] {
  const shares = new Map<string, TimeShare>();
  const dueAt = dueAtOf(clock) ?? Number.POSITIVE_INFINITY;
  for (const { openAt, ms } of pieces) {
    const held = clock.party === 'sales' ? heldAt(course, openAt) : { owner: null, queue: null };
    const { tier, shadow } = tierAt(clock, openAt);
    const key = JSON.stringify([held.owner, held.queue, tier]);
    const known = shares.get(key) ?? { ...held, tier, ...(shadow && { shadow }), usedMs: 0, lateMs: 0 };
    const lateMs = known.lateMs + (openAt >= dueAt ? ms : 0);
    shares.set(key, { ...known, usedMs: known.usedMs + ms, lateMs });
  }
  return [...shares.values()];
}

function heldAt({ holders }: Course, at: Instant): Pick<TimeShare, 'owner' | 'queue'> {
  const holder = holders.findLast(({ from }) => from <= at) ?? holders[0];
  return { owner: holder?.owner ?? null, queue: holder?.queue ?? null };
}

/** The highest tier that somebody had heard of by then. */
const tierAt = ({ tiers }: Clock, at: Instant): Pick<TimeShare, 'tier' | 'shadow'> =>
  tiers.findLast((tier) => tier.at <= at && !tier.skipped) ?? { tier: 0 };

const sum = (shares: readonly TimeShare[], part: 'usedMs' | 'lateMs'): number =>
  shares.reduce((total, share) => total + share[part], 0);
