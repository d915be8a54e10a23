import type { TouchesMilestone, Until } from '../agreement/index.js';
import type { DurationMs } from '../business-time/index.js';
import type { TouchOrigin, TouchOutcome } from '../lifecycle/commands.js';
import type { LoggedTouch } from '../lifecycle/state.js';

interface Outreach {
  readonly origin: TouchOrigin;
  readonly outcome: TouchOutcome;
}

/** By a person, and it went out to the prospect: all that satisfies anything (spec §2, `touched`). */
export const isHumanTouch = ({ origin, outcome }: Outreach): boolean =>
  origin === 'human' && outcome !== 'bounced' && outcome !== 'wrong-number';

/** A human touch that reached the person. */
export const isContact = (touch: Outreach): boolean =>
  isHumanTouch(touch) && (touch.outcome === 'reached' || touch.outcome === 'replied');

export const isTouchesMilestone = (until: Until): until is TouchesMilestone => typeof until !== 'string';

/**
 * The human touches that count, in the order of their instants: all but those that come less than `spacingMs` after
 * the last counted one on the same channel.
 */
export function countedTouches(touches: readonly LoggedTouch[], spacingMs: DurationMs): readonly LoggedTouch[] {
  if (touches.length === 0) return touches;
  const lastAt = new Map<string, number>();
  const inOrder = touches.filter(isHumanTouch).sort((a, b) => a.touchedAt - b.touchedAt || a.seq - b.seq);
  return inOrder.filter(({ channel, touchedAt }) => {
    const previousAt = lastAt.get(channel);
    if (previousAt !== undefined && touchedAt - previousAt < spacingMs) return false;
    lastAt.set(channel, touchedAt);
    return true;
  });
}

/** The counted touches from the first that completes number and channels on; empty while either is missing. */
export const touchesOnceReached = (touches: readonly LoggedTouch[], until: TouchesMilestone): readonly LoggedTouch[] =>
  touches.length < until.touches ? [] : onceReached(countedTouches(touches, until.spacingMs), until);

/** The same of touches that count already. */
export function onceReached(counted: readonly LoggedTouch[], until: TouchesMilestone): readonly LoggedTouch[] {
  if (counted.length < until.touches) return [];
  const channels = new Set<string>();
  const index = counted.findIndex(({ channel }, position) => {
    channels.add(channel);
    return position + 1 >= until.touches && channels.size >= until.channels;
  });
  return index < 0 ? [] : counted.slice(index);
}
