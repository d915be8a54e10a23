import type { ClosingRoute, Reason } from '../../agreement/index.js';
import type { Instant } from '../../business-time/index.js';
import { nurtured, recycled } from '../../recycle/waking.js';
import { closeLead } from '../closing.js';
import type { CommandOf } from '../commands.js';
import type { Draft } from '../draft.js';
import type { ClosingCause, Rest } from '../events.js';
import { endClocks, reach } from '../milestones.js';
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
  closeLead(draft, { stage: stageOfRoute[reason.route], cause, closedAt, ...(rest && { rest }) });
  if (reason.route === 'disqualified') oweFeedback(draft, reason, closedAt, notes);
}

function restFor(draft: Draft, reason: Reason, closedAt: Instant, wakeOn: string | undefined): Rest | undefined {
  if (reason.route === 'nurture') return nurtured(draft, closedAt);
  return reason.route === 'recycle' ? recycled(draft, reason, wakeOn, closedAt) : undefined;
}

/** Feedback is met at once when notes come with the fact, and not owed if they are optional (spec C10). */
function oweFeedback(draft: Draft, reason: Reason, at: Instant, notes: string | undefined): void {
  const owed = isGiven(notes) || reason.notes === 'later';
  reach(draft, 'disqualified', at, { only: ({ until }) => owed || until !== 'feedback-given' });
  if (!isGiven(notes)) return;
  draft.emit({ type: 'feedback-given', notes });
  endClocks(draft, 'feedback-given', at, { final: true });
}
