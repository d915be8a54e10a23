import type { CommandOf } from '../commands.js';
import type { Draft } from '../draft.js';
import { refuse, type Decided } from './refuse.js';

/**
 * Puts the lead back under the terms from before a rollout, each clock with its former plan by value: what falls due by
 * it in the past fires at once, as after any change of agreement (spec C11). Refused as soon as anything has happened.
 */
export function decideRevertAgreement(draft: Draft, command: CommandOf<'revert-agreement'>): Decided {
  const { agreement, appliedSeq, clocks } = command;
  const { seq, agreement: reverted } = draft.state;
  if (seq !== appliedSeq) return refuse('acted-on', { appliedSeq, seq });
  draft.emit({ type: 'agreement-reverted', agreement, reverted });
  for (const clock of clocks) draft.emit({ type: 'clock-replanned', cause: 'agreement-reverted', ...clock });
  return undefined;
}
