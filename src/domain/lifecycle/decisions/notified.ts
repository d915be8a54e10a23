import type { CommandOf } from '../commands.js';
import type { Draft } from '../draft.js';
import { reach } from '../milestones.js';

/** The hand-off notice was accepted by a mail server, or withheld in shadow; only the first time is a milestone. */
export function decideNotified(draft: Draft, { at, recipient, shadow }: CommandOf<'notified'>): undefined {
  const isFirst = draft.state.notifiedAt === null;
  draft.emit({ type: 'notified', recipient, ...(shadow === true && { shadow }) });
  if (isFirst) reach(draft, 'notified', at);
}
