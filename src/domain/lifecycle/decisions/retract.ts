import { isOpenClock, type Clock } from '../../sla/clock.js';
import { promiseOf } from '../../sla/clock-time.js';
import { planClock, planTiers } from '../../sla/plan.js';
import { isContact, isHumanTouch, isTouchesMilestone } from '../../sla/touches.js';
import type { CommandOf } from '../commands.js';
import { completionOf, isEndedByTouches } from '../completion.js';
import type { Draft } from '../draft.js';
import { breach, cancel, completeAndRepeat, currentOf, idOf, rests } from '../milestones.js';
import { replanReach } from '../replan.js';
import { isClosed, type LoggedTouch } from '../state.js';
import { refuse, type Decided } from './refuse.js';

type Cause = 'touch-retracted' | 'touch-bounced';

export function decideRetract(draft: Draft, { touch: seq, reason }: CommandOf<'retract'>): Decided {
  const touch = draft.state.touches.find((logged) => logged.seq === seq);
  if (!touch) return refuse('unknown-touch', { touch: seq, known: draft.state.touches.map((logged) => logged.seq) });
  draft.emit({ type: 'touch-retracted', touch: seq, reason });
  rejudge(draft, touch, 'touch-retracted');
  return undefined;
}

export function decideMarkBounced(draft: Draft, { touch: seq, reason }: CommandOf<'mark-bounced'>): Decided {
  const touch = draft.state.touches.find((logged) => logged.seq === seq);
  if (!touch) return refuse('unknown-touch', { touch: seq, known: draft.state.touches.map((logged) => logged.seq) });
  if (touch.outcome === 'bounced') return refuse('already-bounced', { touch: seq });
  draft.emit({ type: 'touch-bounced', touch: seq, ...(reason !== undefined && { reason }) });
  rejudge(draft, touch, 'touch-bounced');
  return undefined;
}

/** Judges anew whatever the touch had ended; who logged it has taken the lead all the same, so acceptance stays. */
function rejudge(draft: Draft, touch: LoggedTouch, cause: Cause): void {
  if (!isHumanTouch(touch)) return;
  for (const clock of draft.state.clocks) {
    if (clock.cycle !== draft.state.cycle || !hangsOn(draft, clock, touch)) continue;
    reopenClock(draft, clock, cause);
    conclude(draft, currentOf(draft, clock));
  }
  replanReach(draft);
}

/** Whether the clock ended by that touch, and by nothing else that would have ended it there. */
function hangsOn(draft: Draft, clock: Clock, touch: LoggedTouch): boolean {
  const { until } = promiseOf(draft, clock);
  if (clock.verdict === 'cancelled') {
    return isTouchesMilestone(until) && clock.cancelledAt === touch.loggedAt && isContact(touch);
  }
  const completedAt = 'completedAt' in clock ? clock.completedAt : undefined;
  if (completedAt === undefined || !isEndedByTouches(until)) return false;
  return completedAt >= touch.touchedAt && completionOf(draft.state, until, clock) !== completedAt;
}

function reopenClock(draft: Draft, clock: Clock, cause: Cause): void {
  const plan = rests(draft.state, clock.party) ? null : planOf(draft, clock);
  draft.emit({ type: 'clock-reopened', ...idOf(clock), cause, plan });
}

const planOf = (draft: Draft, clock: Clock) =>
  clock.verdict === 'breached'
    ? { ...clock.plan, tiers: planTiers(draft, clock, clock.dueAt) }
    : planClock(draft, clock);

/** Ends the clock by what is left; on a closed lead it may not stay open. */
function conclude(draft: Draft, clock: Clock): void {
  const { state } = draft;
  const { until } = promiseOf(draft, clock);
  const completedAt = completionOf(state, until, clock);
  if (completedAt !== undefined) return completeAndRepeat(draft, clock, completedAt, { final: true });
  if (!isClosed(state)) return;
  if (clock.verdict === 'pending' && clock.plan.dueAt <= (state.closedAt ?? draft.at)) {
    breach(draft, clock, clock.plan.dueAt);
  }
  const left = currentOf(draft, clock);
  if (isOpenClock(left)) cancel(draft, left, 'lead-closed');
}
