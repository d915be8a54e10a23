import { CancellationScope } from '@temporalio/workflow';
import { show } from './appearance.js';
import { heedNextRun } from './builds.js';
import { shareContext } from './equal-contexts.js';
import { openInbox } from './inbox.js';
import { endRun, leadOf, type Lead } from './lead.js';
import type { LeadInput, LeadOutcome } from './messages.js';
import { setAlarm } from './next-due.js';
import { recordOutbox, sendNotices } from './outbox.js';
import { heedReminders } from './reminders.js';
import { beginNextRun, hasSettled, isTimeForNextRun, outcomeOf, untilSomethingHappens } from './runs.js';
import { requireOwnTime } from './scripted-time.js';
import { decideWaiting } from './steps.js';

/**
 * One lead, from its hand-off to its outcome, held by the agreement that both sides signed: whatever somebody says or
 * a clock runs out of is decided in the order in which it took place, told to the world, and waited upon again.
 * Each cycle is a run of its own. Asking the workflow to cancel does nothing: a lead ends by its outcome.
 */
export const leadLifecycle = (input: LeadInput): Promise<LeadOutcome> =>
  CancellationScope.nonCancellable(() => live(openLead(input)));

async function live(lead: Lead): Promise<LeadOutcome> {
  while (!(await hasSettled(lead))) {
    await decideWaiting(lead); // facts and due points: warn, breach, escalate, wake
    tellWorld(lead); // ledger, then notices; never waited for
    if (isTimeForNextRun(lead)) await beginNextRun(lead); // does not return
    setAlarm(lead); // one timer, at the next due point
    await untilSomethingHappens(lead);
  }
  return outcomeOf(lead);
}

/** Everybody can speak to the lead from the first instant on; what the run before left untold is told first. */
function openLead(input: LeadInput): Lead {
  requireOwnTime(input);
  shareContext(input);
  const lead = leadOf(input);
  openInbox(lead);
  heedReminders(lead);
  heedNextRun(() => endRun(lead));
  void sendNotices(lead, lead.unsentNotices);
  return lead;
}

function tellWorld(lead: Lead): void {
  void recordOutbox(lead);
  show(lead);
}
