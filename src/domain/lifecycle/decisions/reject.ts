import type { ClosingRoute, Reason } from '../../agreement/index.js';
import type { Instant } from '../../business-time/index.js';
import { nurtured, recycled } from '../../recycle/waking.js';
import { closeLead, feedbackIf } from '../closing.js';
import type { CommandOf } from '../commands.js';
import type { Draft } from '../draft.js';
import type { ClosingCause, Rest } from '../events.js';
import { endClocks, startClocks } from '../milestones.js';
import type { Stage } from '../stage.js';
import { isGiven, refuse, type Decided } from './refuse.js';

export function decideReject(draft: Draft, { at, reason: id, notes }: CommandOf<'reject'>): Decided {
  const { state, terms } = draft;
  if (state.acceptedAt !== null) return refuse('already-decided', { acceptedAt: state.acceptedAt });
  const reason = terms.reasons.rejection.find((known) => known.id === id);
  if (!reason) return refuse('unknown-reason', { reason: id, known: terms.reasons.rejection.map((known) => known.id) });
  if (reason.notes === 'required' && !isGiven(notes)) return refuse('notes-required', { reason: id });
  draft.emit({ type: 'rejected', reason: id, route: reason.route, ...(notes !== undefined && { notes }) });
  endClocks(draft, 'decided', at, { final: true });
  startClocks(draft, 'decided', at);
  closeByReason(draft, reason, { cause: 'rejected', closedAt: at, notes });
  return undefined;
}

const stageOfRoute: Readonly<Record<ClosingRoute, Stage>> = {
  nurture: 'nurture',
  recycle: 'recycled',
  disqualified: 'disqualified',
};

interface Parting {
  readonly cause: ClosingCause;
  readonly closedAt: Instant;
  readonly notes: string | undefined;
  readonly wakeOn?: string | undefined;
}

/** Closes the lead the way its reason says, and asks for feedback if it is lost for good (spec C10). */
export function closeByReason(draft: Draft, reason: Reason, { cause, closedAt, notes, wakeOn }: Parting): void {
  const rest = restFor(draft, reason, closedAt, wakeOn);
  const owesFeedback = isGiven(notes) || reason.notes === 'later';
  closeLead(draft, { stage: stageOfRoute[reason.route], cause, closedAt, owesFeedback, ...(rest && { rest }) });
  if (cause === 'disposed') startClocks(draft, 'disposed', closedAt, feedbackIf(owesFeedback));
  if (reason.route === 'disqualified') disqualify(draft, closedAt, owesFeedback);
  if (isGiven(notes)) giveFeedback(draft, closedAt, notes, reason.route === 'disqualified');
}

function restFor(draft: Draft, reason: Reason, closedAt: Instant, wakeOn: string | undefined): Rest | undefined {
  if (reason.route === 'nurture') return nurtured(draft, closedAt);
  return reason.route === 'recycle' ? recycled(draft, reason, wakeOn, closedAt) : undefined;
}

/** Lost for good: marketing is owed the reason why, unless it is nobody's business (spec C10). */
function disqualify(draft: Draft, at: Instant, owesFeedback: boolean): void {
  endClocks(draft, 'disqualified', at, { final: true });
  startClocks(draft, 'disqualified', at, feedbackIf(owesFeedback));
}

/** Notes that come with the fact meet feedback at once; of a lost lead they are recorded as such (spec C10). */
export function giveFeedback(draft: Draft, at: Instant, notes: string, isLost: boolean): void {
  if (isLost) draft.emit({ type: 'feedback-given', notes });
  endClocks(draft, 'feedback-given', at, { final: true });
  startClocks(draft, 'feedback-given', at);
}
