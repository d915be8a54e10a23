import type { Until } from '../agreement/index.js';
import type { Instant } from '../business-time/index.js';
import type { Clock } from '../sla/clock.js';
import { isHumanTouch, isTouchesMilestone, touchesOnceReached } from '../sla/touches.js';
import type { LeadState } from './state.js';

/** Whether touches and statuses alone end a clock. */
export const isEndedByTouches = (until: Until): boolean =>
  isTouchesMilestone(until) || until === 'touched' || until === 'status-updated';

/** The earliest instant at which the touches and statuses of a cycle end a clock that they alone end. */
export function completionOf(
  state: Pick<LeadState, 'touches' | 'statusAts'>,
  until: Until,
  { startedAt }: Pick<Clock, 'startedAt'>,
): Instant | undefined {
  if (isTouchesMilestone(until)) {
    return touchesOnceReached(state.touches, until).find(({ touchedAt }) => touchedAt >= startedAt)?.touchedAt;
  }
  const touchedAts = state.touches.filter(isHumanTouch).map(({ touchedAt }) => touchedAt);
  // A touch does not meet the number that it starts itself.
  const ends =
    until === 'touched'
      ? touchedAts.filter((at) => at >= startedAt)
      : [...touchedAts, ...state.statusAts].filter((at) => at > startedAt);
  return ends.length > 0 ? Math.min(...ends) : undefined;
}
