import type { Instant } from '../../business-time/index.js';
import { isOpenClock, type Clock } from '../../sla/clock.js';
import { promiseOf } from '../../sla/clock-time.js';
import { isContact, isHumanTouch, isTouchesMilestone, touchesOnceReached } from '../../sla/touches.js';
import { closeLead } from '../closing.js';
import type { CommandOf } from '../commands.js';
import type { Draft } from '../draft.js';
import { cancel, completeAndRepeat, reach, touchesClocks, type Reach } from '../milestones.js';
import { replanReach } from '../replan.js';
import type { LoggedTouch } from '../state.js';
import { accept, correctAcceptance } from './accept.js';
import { nextStepRefusal, replanNumbers } from './next-step.js';
import { refuse, type Decided } from './refuse.js';

/** How far ahead of its logging a touch may claim to lie. */
const SKEW_MS_MAX = 120_000;

export function decideTouch(draft: Draft, touch: CommandOf<'touch'>): Decided {
  const occurredAt = touch.occurredAt ?? touch.at;
  if (occurredAt > touch.at + SKEW_MS_MAX) return refuse('occurred-in-future', { occurredAt, at: touch.at });
  const { cycleStartedAt } = draft.state;
  if (occurredAt < cycleStartedAt) return refuse('occurred-before-handoff', { occurredAt, cycleStartedAt });
  const outOfRange = nextStepRefusal(draft, touch);
  if (outOfRange) return outOfRange;

  const touchedAt = instantThatCounts(draft, touch.at, occurredAt);
  const { channel, outcome, origin = 'human', nextStepAt } = touch;
  const planned = nextStepAt === undefined ? {} : { nextStepAt };
  const before = draft.state.clocks;
  draft.emit({ type: 'touched', channel, outcome, origin, touchedAt, occurredAt, ...planned });
  if (isHumanTouch({ origin, outcome })) humanTouch(draft, lastTouch(draft), before, planned);
  if (isHumanTouch({ origin, outcome }) && outcome === 'opted-out') {
    closeLead(draft, { stage: 'disqualified', cause: 'opted-out', closedAt: touch.at });
  }
  return undefined;
}

/** When it happened, unless that was said too late or lies ahead: then when it was logged (spec C9). */
function instantThatCounts(draft: Draft, at: Instant, occurredAt: Instant): Instant {
  const tooLate = at - occurredAt > draft.terms.lateLogging.countsWithinMs;
  return tooLate ? at : Math.min(occurredAt, at);
}

const lastTouch = ({ state }: Draft): LoggedTouch => state.touches[state.touches.length - 1]!;

/** What a touch by a person brings about: acceptance, answers, a status, enough touches, a contact (spec §2). */
function humanTouch(draft: Draft, touch: LoggedTouch, before: readonly Clock[], planned: Reach): void {
  const { touchedAt } = touch;
  replanNumbers(draft, touchedAt, planned);
  if (draft.state.acceptedAt === null) accept(draft, touchedAt, true, planned);
  else correctAcceptance(draft, touchedAt);
  reach(draft, 'touched', touchedAt, planned);
  // Not the numbers that this very touch started, by acceptance or by repetition.
  reach(draft, 'status-updated', touchedAt, { ...planned, among: before });
  reachTouches(draft, touch);
  if (isContact(touch)) cancelTouches(draft);
  replanReach(draft);
}

/** Meets the clocks that ask for enough touches, at the one that completed both number and channels. */
function reachTouches(draft: Draft, touch: LoggedTouch): void {
  for (const clock of touchesClocks(draft)) {
    const reachedAt = reachedAtFor(draft, clock, touch);
    if (reachedAt !== undefined) completeAndRepeat(draft, clock, reachedAt, {});
  }
}

function reachedAtFor(draft: Draft, clock: Clock, touch: LoggedTouch): Instant | undefined {
  const { until } = promiseOf(draft, clock);
  if (!isTouchesMilestone(until)) return undefined;
  const completing = touchesOnceReached(draft.state.touches, until).find(
    ({ touchedAt }) => touchedAt >= clock.startedAt,
  );
  if (!completing) return undefined;
  const madeBeforeChange = completing.seq <= (clock.untilChangedAtSeq ?? 0);
  return madeBeforeChange ? touch.touchedAt : completing.touchedAt;
}

/** The prospect answered: persistence is no longer owed (spec C10). */
function cancelTouches(draft: Draft): void {
  for (const clock of touchesClocks(draft)) {
    if (isOpenClock(clock)) cancel(draft, clock, 'contact');
  }
}
