import { isOpenClock } from '../../sla/clock.js';
import type { CommandOf } from '../commands.js';
import type { Draft } from '../draft.js';
import { cancel, startClocks } from '../milestones.js';
import type { Stage } from '../stage.js';
import { isClosed, type LeadState } from '../state.js';
import { refuse, type Decided } from './refuse.js';

const reopenableStages: readonly Stage[] = ['sales-qualified', 'nurture', 'recycled', 'disqualified'];

/** Takes a lead closed by mistake back to `sal` in the same cycle; what acceptance starts, starts again. */
export function decideReopen(draft: Draft, { at, reason }: CommandOf<'reopen'>): Decided {
  const { state } = draft;
  if (!isClosed(state)) return refuse('not-closed', { stage: state.stage });
  if (hasOptedOut(state)) return refuse('opted-out');
  if (!reopenableStages.includes(state.stage)) return refuse('not-reopenable', { stage: state.stage });
  for (const clock of state.clocks) {
    if (isOpenClock(clock) && clock.party === 'sales') cancel(draft, clock, 'reopened');
  }
  draft.emit({ type: 'reopened', reason });
  startClocks(draft, 'accepted', at);
  return undefined;
}

/** Whether the prospect asked to be left in peace, and nobody took that back. */
export const hasOptedOut = ({ closingCause, touches }: LeadState): boolean =>
  closingCause === 'opted-out' && touches.some(({ outcome }) => outcome === 'opted-out');
