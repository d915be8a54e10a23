import type { CommandOf } from '../commands.js';
import type { Draft } from '../draft.js';
import { replanReach } from '../replan.js';
import { refuse, type Decided } from './refuse.js';

/**
 * Judges clocks anew as an approved correction found them, by value: whatever was fired stays on record, and what falls
 * due by a new plan in the past fires at once (spec C11). Refused if anything has happened since they were judged.
 */
export function decideRejudge(draft: Draft, command: CommandOf<'rejudge'>): Decided {
  const { correction, reason, judgedSeq, clocks, touch } = command;
  const { seq } = draft.state;
  if (seq !== judgedSeq) return refuse('acted-on', { judgedSeq, seq });
  if (touch) draft.emit({ type: 'touch-corrected', ...touch, correction, reason });
  for (const clock of clocks) draft.emit({ type: 'clock-rejudged', correction, reason, ...clock });
  if (touch) replanReach(draft);
  return undefined;
}
