import { commandsOfClosedLeads, type Command, type CommandOf, type CommandType, type Refusal } from './commands.js';
import { decideAccept } from './decisions/accept.js';
import { decideAcknowledge } from './decisions/acknowledge.js';
import { decideApplyAgreement } from './decisions/apply-agreement.js';
import { decideDispose } from './decisions/dispose.js';
import { decideDispute, decideResolveDispute } from './decisions/dispute.js';
import { decideFeedback } from './decisions/feedback.js';
import { decideEnrich, decideSignal } from './decisions/news.js';
import { decideNotified } from './decisions/notified.js';
import { decideOpportunity } from './decisions/opportunity.js';
import { decidePause, decideResume } from './decisions/pause.js';
import { decideQualify } from './decisions/qualify.js';
import { decideReassign } from './decisions/reassign.js';
import { refuse, type Decided } from './decisions/refuse.js';
import { decideRejudge } from './decisions/rejudge.js';
import { decideReject } from './decisions/reject.js';
import { decideRevertAgreement } from './decisions/revert-agreement.js';
import { decideReopen } from './decisions/reopen.js';
import { decideRequalify } from './decisions/requalify.js';
import { decideMarkBounced, decideRetract } from './decisions/retract.js';
import { decideStatus } from './decisions/status.js';
import { decideTouch } from './decisions/touch.js';
import type { Draft } from './draft.js';
import { isClosed, type LeadState } from './state.js';

const decisions: { readonly [T in CommandType]: (draft: Draft, command: CommandOf<T>) => Decided } = {
  notified: decideNotified,
  accept: decideAccept,
  reject: decideReject,
  touch: decideTouch,
  status: decideStatus,
  qualify: decideQualify,
  dispose: decideDispose,
  feedback: decideFeedback,
  reassign: decideReassign,
  pause: decidePause,
  resume: decideResume,
  acknowledge: decideAcknowledge,
  dispute: decideDispute,
  'resolve-dispute': decideResolveDispute,
  enrich: decideEnrich,
  signal: decideSignal,
  opportunity: decideOpportunity,
  'apply-agreement': decideApplyAgreement,
  reopen: decideReopen,
  requalify: decideRequalify,
  retract: decideRetract,
  'mark-bounced': decideMarkBounced,
  'revert-agreement': decideRevertAgreement,
  rejudge: decideRejudge,
};

/** What follows from a command, put into the draft; or why it is refused, `lead-closed` before all else (spec §5). */
export function decide(draft: Draft, command: Command): Decided {
  if (isClosed(draft.state) && !commandsOfClosedLeads.includes(command.type)) {
    return refuse('lead-closed', closingOf(draft.state));
  }
  const decision = decisions[command.type] as (draft: Draft, command: Command) => Decided;
  return decision(draft, command);
}

/** Who closed the lead, when and why; an excluded one was never open. */
const closingOf = ({ stage, closedAt, closedBy, closingCause }: LeadState): Refusal['detail'] =>
  closedAt === null ? { stage } : { stage, by: closedBy, at: closedAt, cause: closingCause };
