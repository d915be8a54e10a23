import type { CommandOf } from '../commands.js';
import type { Draft } from '../draft.js';
import { reach } from '../milestones.js';
import { nextStepRefusal, replanNumbers } from './next-step.js';
import { refuse, type Decided } from './refuse.js';

export function decideStatus(draft: Draft, command: CommandOf<'status'>): Decided {
  if (draft.state.acceptedAt === null) return refuse('not-accepted');
  const outOfRange = nextStepRefusal(draft, command);
  if (outOfRange) return outOfRange;
  const { at, text, nextStepAt } = command;
  const planned = nextStepAt === undefined ? {} : { nextStepAt };
  const before = draft.state.clocks;
  draft.emit({ type: 'status-updated', text, ...planned });
  replanNumbers(draft, at, planned);
  reach(draft, 'status-updated', at, { ...planned, among: before });
  return undefined;
}
