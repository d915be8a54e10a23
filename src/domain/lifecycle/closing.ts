import type { Instant } from '../business-time/index.js';
import { isOpenClock } from '../sla/clock.js';
import { promiseOf } from '../sla/clock-time.js';
import type { Draft } from './draft.js';
import type { ClosingCause, EventOf, Rest } from './events.js';
import { cancel, endClocks, startClocks, type Reach } from './milestones.js';
import { replanClocks } from './replan.js';
import type { Stage } from './stage.js';
import { isPaused } from './state.js';

export interface Closing {
  readonly stage: Stage;
  readonly cause: ClosingCause;
  /** The instant of the fact that closes the lead. */
  readonly closedAt: Instant;
  readonly rest?: Rest;
  /** Whether sales has to tell marketing why, or tells it at once; absent: no. */
  readonly owesFeedback?: boolean;
  /** How marketing decided the dispute that closes the lead; absent: an open one ends without a decision. */
  readonly decided?: { readonly decision: 'upheld'; readonly notes?: string };
}

/**
 * The lead leaves `mql` and `sal` (spec C10): clocks that end in `closed` are met, every other open sales clock is
 * cancelled while still paused, an open dispute ends with its clock, and so does the pause. Clocks that begin with
 * `closed` start after that.
 */
export function closeLead(draft: Draft, closing: Closing): void {
  const { stage, cause, closedAt, rest, decided, owesFeedback = false } = closing;
  endClocks(draft, 'closed', closedAt, { final: true });
  cancelOpen(draft, cause, 'sales');
  if (draft.state.dispute) endDispute(draft, cause, decided ?? { decision: 'lead-closed' });
  if (draft.state.pause) draft.emit({ type: 'pause-ended', cause: 'closed' });
  draft.emit({ type: 'closed', stage, cause, ...(rest && { rest }) });
  startClocks(draft, 'closed', closedAt, feedbackIf(owesFeedback));
}

/** Feedback starts only where it is owed, whatever it begins with (spec C10). */
export const feedbackIf = (owed: boolean): Reach => ({ only: ({ until }) => owed || until !== 'feedback-given' });

function cancelOpen(draft: Draft, cause: string, party: 'sales'): void {
  for (const clock of draft.state.clocks) {
    if (isOpenClock(clock) && clock.party === party) cancel(draft, clock, cause);
  }
}

type Ending = Omit<EventOf<'dispute-resolved'>, 'type' | 'seq' | 'at' | 'cycle' | 'by' | 'commandId'>;

function endDispute(draft: Draft, cause: string, ending: Ending): void {
  for (const clock of draft.state.clocks) {
    if (isOpenClock(clock) && promiseOf(draft, clock).until === 'dispute-resolved') cancel(draft, clock, cause);
  }
  draft.emit({ type: 'dispute-resolved', ...ending });
}

/** Ends a pause; if nothing else holds the clocks, the time that was left counts from now on (spec C6). */
export function endPause(draft: Draft, cause: 'resumed' | 'until-reached'): void {
  draft.emit({ type: 'pause-ended', cause });
  goOn(draft);
}

/** Plans every resting clock anew, if none of the reasons to rest is left. */
export function goOn(draft: Draft): void {
  if (!isPaused(draft.state)) replanClocks(draft, 'resumed', ({ party }) => party === 'sales');
}
