import type { Fields } from '../../agreement/index.js';
import type { Instant } from '../../business-time/index.js';
import { isNews, judge, missingOf } from '../../qualification/index.js';
import { wake } from '../../recycle/waking.js';
import type { CommandOf } from '../commands.js';
import type { Draft } from '../draft.js';
import { subjectOf } from '../milestones.js';
import type { Signal } from '../signal.js';
import { hasOptedOut } from './reopen.js';
import { refuse, type Decided } from './refuse.js';

/** A disqualified lead that qualifies anew by its own act after its closing begins its next cycle. */
export function decideRequalify(draft: Draft, command: CommandOf<'requalify'>): Decided {
  const { fields = {}, signals = [] } = command;
  const { state } = draft;
  if (state.stage !== 'disqualified') return refuse('not-disqualified', { stage: state.stage });
  if (hasOptedOut(state)) return refuse('opted-out');
  if (!actedSince(draft, state.closedAt ?? draft.at, fields, signals)) {
    return refuse('not-qualified', { criteria: ['engagement'], since: state.closedAt });
  }
  const facts = { at: draft.at, fields: { ...state.fields, ...fields }, signals: [...state.signals, ...signals] };
  const { excluded } = judge(draft.terms, facts);
  if (excluded.length > 0) return refuse('not-qualified', { criteria: excluded });
  record(draft, fields, signals);
  wake(draft);
  return undefined;
}

/** Whether something the prospect did after the closing is news for what makes an MQL, or makes one urgent. */
function actedSince(draft: Draft, closedAt: Instant, fields: Fields, signals: readonly Signal[]): boolean {
  const { engagement, highPriority } = draft.terms.qualification;
  const known = subjectOf(draft.state, draft.at);
  const before = { ...known, signals: known.signals.filter(({ at }) => at <= closedAt) };
  const score: readonly Signal[] =
    typeof fields['score'] === 'number' ? [{ at: draft.at, score: fields['score'] }] : [];
  const acts = [...known.signals, ...signals, ...score].filter(({ at }) => at > closedAt);
  return acts.some((act) => isNews(act, [...engagement, ...highPriority], before));
}

function record(draft: Draft, fields: Fields, signals: readonly Signal[]): void {
  const missing = missingOf(draft.terms.qualification.enrichedFields, { ...draft.state.fields, ...fields });
  if (Object.keys(fields).length > 0) draft.emit({ type: 'enriched', fields, complete: missing.length === 0 });
  for (const signal of signals) draft.emit({ type: 'signalled', signal });
}
