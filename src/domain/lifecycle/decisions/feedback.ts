import { isOpenClock } from '../../sla/clock.js';
import { promiseOf } from '../../sla/clock-time.js';
import type { CommandOf } from '../commands.js';
import type { Draft } from '../draft.js';
import { reach } from '../milestones.js';
import { refuse, type Decided } from './refuse.js';

export function decideFeedback(draft: Draft, { at, notes }: CommandOf<'feedback'>): Decided {
  const isDue = draft.state.clocks.some(
    (clock) => isOpenClock(clock) && promiseOf(draft, clock).until === 'feedback-given',
  );
  if (!isDue) return refuse('no-feedback-due');
  draft.emit({ type: 'feedback-given', notes });
  reach(draft, 'feedback-given', at);
  return undefined;
}
