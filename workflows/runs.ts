import { allHandlersFinished, condition, workflowInfo } from '@temporalio/workflow';
import { settlesAt } from '../src/domain/lifecycle/settled.js';
import { storeSettled } from './activity-calls.js';
import { onCurrentBuild } from './builds.js';
import { nextInputOf, nowOf, type Lead } from './lead.js';
import { SETTLE_AFTER_MS, type LeadInput, type LeadOutcome } from './messages.js';

/** Waits for a fact, the alarm, or the end of something that is under way. */
export async function untilSomethingHappens(lead: Lead): Promise<void> {
  await condition(() => lead.isAwake || isTimeForNextRun(lead));
  lead.isAwake = false;
}

/** A new cycle has begun, or the history has grown long; and nothing is under way that a new run would lose. */
export const isTimeForNextRun = (lead: Lead): boolean =>
  isUnspoken(lead) && ((wantsNextRun(lead) && isIdle(lead)) || (needsNextRun() && isRecorded(lead)));

const wantsNextRun = (lead: Lead): boolean =>
  lead.state.cycle > lead.firstCycle || lead.stepCount >= lead.stepsPerRun || lead.isRunToEnd || needsNextRun();

/** The ledger has all of it, and nothing is being asked at once: a local activity would not survive its run. */
const isRecorded = (lead: Lead): boolean => lead.outbox.length === 0 && lead.atOnceCount === 0;

/** The server says so: the history must not go on growing, whatever is under way is asked for again. */
const needsNextRun = (): boolean => workflowInfo().continueAsNewSuggested;

/** Goes on as a new run; does not return. */
export const beginNextRun = (lead: Lead): Promise<never> =>
  onCurrentBuild<(input: LeadInput) => Promise<LeadOutcome>>(nextInputOf(lead));

/** Whether the lead's course has ended and its whole state is stored; nobody may have spoken meanwhile. */
export async function hasSettled(lead: Lead): Promise<boolean> {
  if (!maySettle(lead)) return false;
  await storeSettled(lead);
  return maySettle(lead);
}

function maySettle(lead: Lead): boolean {
  const at = settlesAt(lead.state, SETTLE_AFTER_MS);
  return at !== undefined && at <= nowOf(lead) && isUnspoken(lead) && isIdle(lead);
}

/** Nobody has said anything that was not answered. */
const isUnspoken = (lead: Lead): boolean => lead.inbox.length === 0 && allHandlersFinished();

/** The world knows all of it. */
const isIdle = (lead: Lead): boolean => isRecorded(lead) && lead.unsentNotices.length === 0;

export const outcomeOf = ({ state }: Lead): LeadOutcome => ({ stage: state.stage, seq: state.seq });
