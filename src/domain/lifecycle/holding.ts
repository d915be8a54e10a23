import type { Instant } from '../business-time/index.js';
import type { HolderRef } from '../routing/directory.js';
import { isOpenClock } from '../sla/clock.js';
import { promiseOf } from '../sla/clock-time.js';
import type { Draft } from './draft.js';
import { cancel, reach } from './milestones.js';
import { replanClocks } from './replan.js';

/**
 * Gives the lead to somebody else (spec C7, C10): clocks on the owner's calendar keep the open time used and count
 * the rest on the new one, and the new owner gets a clock of their own.
 */
export function changeOwner(draft: Draft, holder: HolderRef, cause: 'command' | 'ladder', occurredAt: Instant): void {
  for (const clock of draft.state.clocks) {
    if (isOpenClock(clock) && promiseOf(draft, clock).from.includes('reassigned')) cancel(draft, clock, 'reassigned');
  }
  draft.emit({ type: 'owner-changed', holder, cause });
  replanClocks(draft, 'reassigned', (clock) => promiseOf(draft, clock).calendar === undefined);
  reach(draft, 'reassigned', occurredAt);
}
