import {
  allHandlersFinished,
  condition,
  defineSignal,
  makeContinueAsNewFunc,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { settlesAt } from '../src/domain/lifecycle/settled.js';
import { storeSettled } from './activity-calls.js';
import { nextInputOf, nowOf, wake, type Lead } from './lead.js';
import { nextRunSignal, SETTLE_AFTER_MS, type LeadInput, type LeadOutcome } from './messages.js';

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

/** Whoever retires a build of the worker sends its leads on, without waiting for their next cycles. */
export const heedNextRun = (lead: Lead): void =>
  setHandler(defineSignal(nextRunSignal), () => {
    lead.isRunToEnd = true;
    wake(lead);
  });

/** Goes on as a new run with the same id, on the build that is current by then; does not return. */
export function beginNextRun(lead: Lead): Promise<never> {
  const onCurrentBuild = makeContinueAsNewFunc<(input: LeadInput) => Promise<LeadOutcome>>({
    initialVersioningBehavior: 'AUTO_UPGRADE',
  });
  return onCurrentBuild(nextInputOf(lead));
}

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
