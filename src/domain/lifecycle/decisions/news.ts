import type { Fields } from '../../agreement/index.js';
import type { Instant } from '../../business-time/index.js';
import { anyHolds, isNews, missingOf } from '../../qualification/index.js';
import { wake } from '../../recycle/waking.js';
import type { CommandOf } from '../commands.js';
import type { Draft } from '../draft.js';
import type { Rest, Signal } from '../events.js';
import { awaitsTouch, endClocks, reach, startClocks, subjectOf } from '../milestones.js';
import { shortenTargets } from '../replan.js';
import { isClosed } from '../state.js';

export function decideEnrich(draft: Draft, { at, fields }: CommandOf<'enrich'>): undefined {
  const { state, terms } = draft;
  const missingIn = (known: Fields): boolean => missingOf(terms.qualification.enrichedFields, known).length > 0;
  const complete = !missingIn({ ...state.fields, ...fields });
  draft.emit({ type: 'enriched', fields, complete });
  if (!complete || state.excluded !== null) return;
  endClocks(draft, 'enriched', at);
  if (!state.enriched || missingIn(state.fields)) startClocks(draft, 'enriched', at);
}

export function decideSignal(draft: Draft, command: CommandOf<'signal'>): undefined {
  const { at, score, action, signal: name, value } = command;
  const signal: Signal = {
    at,
    ...(score !== undefined && { score }),
    ...(action !== undefined && { action }),
    ...(name !== undefined && { signal: name }),
    ...(value !== undefined && { value }),
  };
  const { engagement, highPriority } = draft.terms.qualification;
  const before = subjectOf(draft.state, at);
  const isUrgent = isNews(signal, highPriority, before);
  const isInteresting = isUrgent || isNews(signal, engagement, before);
  draft.emit({ type: 'signalled', signal });
  if (!isClosed(draft.state)) heat(draft, at, isUrgent);
  else if (draft.state.rest && isInteresting) stir(draft, draft.state.rest);
}

/** A signal on a lead that is being worked raises its priority and may ask for an answer of its own (spec C12). */
function heat(draft: Draft, at: Instant, isUrgent: boolean): void {
  const { highPriority } = draft.terms.qualification;
  if (draft.state.priority === 'normal' && anyHolds(highPriority, subjectOf(draft.state, draft.at))) {
    draft.emit({ type: 'priority-raised' });
    shortenTargets(draft);
  }
  if (isUrgent && !awaitsTouch(draft)) reach(draft, 'intent-raised', at);
}

/** News wakes a nurtured lead at once, a recycled one at once or when its cool-off ends (spec §5). */
function stir(draft: Draft, { coolOffUntil, wakeAt }: Rest): void {
  const earliestAt = Math.max(coolOffUntil ?? draft.at, draft.at);
  if (earliestAt === draft.at) wake(draft);
  else if (wakeAt === undefined || earliestAt < wakeAt) draft.emit({ type: 'wake-moved', wakeAt: earliestAt });
}
