import { touchChannels, type TouchesMilestone } from '../agreement/index.js';
import type { Instant } from '../business-time/index.js';
import type { LoggedTouch } from '../lifecycle/state.js';
import { countedTouches, onceReached } from './touches.js';

/**
 * The last instant from which the touches still missing fit before `dueAt`, made as fast as spacing and channels allow.
 * @returns undefined if none is missing; -Infinity if they never fit
 */
export function lastChanceAt(
  touches: readonly LoggedTouch[],
  until: TouchesMilestone,
  dueAt: Instant,
): Instant | undefined {
  const counted = countedTouches(touches, until.spacingMs);
  if (onceReached(counted, until).length > 0) return undefined;
  const freeFrom = channelsFreeFrom(counted, until.spacingMs);
  const missing = missingCount(counted, until);
  if (until.channels > touchChannels.length) return Number.NEGATIVE_INFINITY;
  if (until.spacingMs === 0) return dueAt;
  // How many fit changes only where the last round of a channel stops fitting: whole spacings before the due instant.
  for (let rounds = 0; rounds <= missing; rounds += 1) {
    const startsAt = dueAt - rounds * until.spacingMs;
    if (fitCount(freeFrom, startsAt, dueAt, until.spacingMs) >= missing) return startsAt;
  }
  return Number.NEGATIVE_INFINITY;
}

/** When each channel next counts. */
function channelsFreeFrom(counted: readonly LoggedTouch[], spacingMs: number): readonly Instant[] {
  return touchChannels.map((channel) => {
    const last = counted.findLast((touch) => touch.channel === channel);
    return last ? last.touchedAt + spacingMs : Number.NEGATIVE_INFINITY;
  });
}

/** Touches still missing, each channel still missing among them. */
function missingCount(counted: readonly LoggedTouch[], { touches: wanted, channels }: TouchesMilestone) {
  const used = new Set(counted.map(({ channel }) => channel));
  return Math.max(wanted - counted.length, channels - used.size);
}

const fitCount = (freeFrom: readonly Instant[], from: Instant, dueAt: Instant, spacingMs: number): number =>
  freeFrom
    .map((freeAt) => Math.max(freeAt, from))
    .reduce((sum, firstAt) => sum + (firstAt > dueAt ? 0 : Math.floor((dueAt - firstAt) / spacingMs) + 1), 0);
