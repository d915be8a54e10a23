import type { Reason } from '../../agreement/index.js';
import { promiseOf } from '../../sla/clock-time.js';
import { isContact, isTouchesMilestone, touchesOnceReached } from '../../sla/touches.js';
import { closeLead, feedbackIf } from '../closing.js';
import type { CommandOf, FrictionNotes } from '../commands.js';
import type { Draft } from '../draft.js';
import { endClocks, startClocks, touchesClocks } from '../milestones.js';
import { qualificationMissing } from './qualify.js';
import { isGiven, refuse, type Decided } from './refuse.js';
import { closeByReason, giveFeedback } from './reject.js';

export function decideDispose(draft: Draft, command: CommandOf<'dispose'>): Decided {
  if (draft.state.acceptedAt === null) return refuse('not-accepted');
  return command.route === 'sales-qualified' ? disposeQualified(draft, command) : disposeByReason(draft, command);
}

function disposeQualified(draft: Draft, command: CommandOf<'dispose'>): Decided {
  const { at, notes } = command;
  const missing = qualificationMissing(draft.state, draft.terms);
  if (missing.length > 0) return refuse('qualification-incomplete', { missing });
  draft.emit({
    type: 'disposed',
    route: 'sales-qualified',
    ...(notes !== undefined && { notes }),
    ...frictionNotesIn(command),
  });
  endDisposed(draft, at);
  const owesFeedback = isGiven(notes);
  closeLead(draft, { stage: 'sales-qualified', cause: 'disposed', closedAt: at, owesFeedback });
  startClocks(draft, 'disposed', at, feedbackIf(owesFeedback));
  if (isGiven(notes)) giveFeedback(draft, at, notes, false);
  return undefined;
}

function disposeByReason(draft: Draft, command: CommandOf<'dispose'>): Decided {
  const { at, notes, wakeOn } = command;
  const known = draft.terms.reasons.disposition;
  const reason = known.find(({ id }) => id === command.reason);
  if (!reason) return refuse('unknown-reason', { reason: command.reason, known: known.map(({ id }) => id) });
  const refusal = missingFor(draft, reason, command);
  if (refusal) return refusal;
  draft.emit({
    type: 'disposed',
    route: reason.route,
    reason: reason.id,
    ...(notes !== undefined && { notes }),
    ...(wakeOn !== undefined && { wakeOn }),
    ...frictionNotesIn(command),
  });
  endDisposed(draft, at);
  closeByReason(draft, reason, { cause: 'disposed', closedAt: at, notes, wakeOn });
  return undefined;
}

const frictionNotesIn = ({ friction, contentGap }: CommandOf<'dispose'>): FrictionNotes => ({
  ...(isGiven(friction) && { friction }),
  ...(isGiven(contentGap) && { contentGap }),
});

/** A disposition meets `disposition` and `status-update`, which does not start again (spec C10). */
function endDisposed(draft: Draft, at: number): void {
  endClocks(draft, 'disposed', at, { final: true });
  endClocks(draft, 'status-updated', at, { final: true });
}

function missingFor(draft: Draft, reason: Reason, { notes, wakeOn }: CommandOf<'dispose'>): Decided {
  const { state, terms } = draft;
  if (reason.notes === 'required' && !isGiven(notes)) return refuse('notes-required', { reason: reason.id });
  if (reason.wakeOnRequired && wakeOn === undefined) return refuse('wake-date-required', { reason: reason.id });
  if (reason.needs === 'touches' && !touchesMade(draft)) return refuse('touches-missing', { reason: reason.id });
  if (reason.needs === 'contact' && !state.touches.some(isContact))
    return refuse('contact-missing', { reason: reason.id });
  if (reason.route === 'recycle' && state.cycle >= terms.recycle.maxCycles) {
    return refuse('recycle-limit', { cycle: state.cycle, maxCycles: terms.recycle.maxCycles });
  }
  return undefined;
}

/** Whether the counted touches have been made, in time or not; an agreement without such a clock asks for none. */
function touchesMade(draft: Draft): boolean {
  const promised = Object.values(draft.terms.clocks)
    .map(({ until }) => until)
    .filter(isTouchesMilestone);
  const running = touchesClocks(draft)
    .map((clock) => promiseOf(draft, clock).until)
    .filter(isTouchesMilestone);
  if (promised.length === 0) return true;
  const asked = running.length > 0 ? running : promised;
  return asked.every((until) => touchesOnceReached(draft.state.touches, until).length > 0);
}
