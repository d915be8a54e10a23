import type { CommandOf } from '../commands.js';
import type { Draft } from '../draft.js';
import { changeOwner } from '../holding.js';
import { holderOf } from '../state.js';
import { refuse, type Decided } from './refuse.js';

export function decideReassign(draft: Draft, { at, id, to }: CommandOf<'reassign'>): Decided {
  const key = `${draft.state.leadId}/${draft.state.cycle}/${id}/person`;
  const holder = draft.ask({ kind: 'person', key, asOf: draft.at, person: to });
  if (!holder) return refuse('unknown-person', { person: to });
  if (holderOf(draft.state).owner === to) return refuse('same-owner', { owner: to });
  changeOwner(draft, holder, 'command', at);
  return undefined;
}
