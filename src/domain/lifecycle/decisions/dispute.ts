import { closeLead, feedbackIf, goOn } from '../closing.js';
import type { CommandOf } from '../commands.js';
import type { Draft } from '../draft.js';
import { endClocks, reach, startClocks } from '../milestones.js';
import { refuse, type Decided } from './refuse.js';

export function decideDispute(draft: Draft, { at, reason, notes }: CommandOf<'dispute'>): Decided {
  const { state, terms } = draft;
  if (state.dispute || state.disputeCount >= terms.dispute.perCycle) {
    return refuse('already-disputed', { perCycle: terms.dispute.perCycle });
  }
  const pauses = terms.dispute.pauses === 'sales';
  draft.emit({ type: 'dispute-opened', reason, pauses, ...(notes !== undefined && { notes }) });
  reach(draft, 'dispute-opened', at);
  return undefined;
}

export function decideResolveDispute(draft: Draft, command: CommandOf<'resolve-dispute'>): Decided {
  if (!draft.state.dispute) return refuse('no-dispute');
  return command.decision === 'upheld' ? uphold(draft, command) : deny(draft, command);
}

/** The lead is not what was agreed: its sales clocks are cancelled while still paused, no feedback is due. */
function uphold(draft: Draft, { at, notes }: CommandOf<'resolve-dispute'>): undefined {
  endClocks(draft, 'dispute-resolved', at, { final: true });
  closeLead(draft, {
    stage: 'disqualified',
    cause: 'dispute-upheld',
    closedAt: at,
    decided: { decision: 'upheld', ...(notes !== undefined && { notes }) },
  });
  startClocks(draft, 'dispute-resolved', at, feedbackIf(false));
}

function deny(draft: Draft, { at, notes }: CommandOf<'resolve-dispute'>): undefined {
  draft.emit({ type: 'dispute-resolved', decision: 'denied', ...(notes !== undefined && { notes }) });
  reach(draft, 'dispute-resolved', at);
  goOn(draft);
}
