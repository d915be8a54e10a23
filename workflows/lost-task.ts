import { log } from '@temporalio/workflow';
import type { Command } from '../src/domain/lifecycle/commands.js';
import type { LeadEvent } from '../src/domain/lifecycle/events.js';
import { evolve } from '../src/domain/lifecycle/evolve.js';
import { contextFor } from '../src/domain/lifecycle/step.js';
import { wake, type Lead } from './lead.js';

/**
 * Takes over what stands in the ledger in place of what was to be recorded.
 *
 * Events are recorded within the workflow task that decides them. A task can get lost between the two: its worker dies,
 * or the server drops it with the updates that it brought. The lead then decides again without them, or in another
 * order. What is recorded stands: the lead goes on from there, and whatever else was decided since is decided anew.
 */
export function takeOver(lead: Lead, standing: readonly LeadEvent[]): void {
  const fromSeq = lead.recordedSeq + 1;
  log.warn('the ledger holds what a lost task decided; going on from there', { leadId: lead.leadId, fromSeq });
  lead.recordedState = standing.reduce((state, event) => evolve(state, event), lead.recordedState);
  lead.recordedSeq = lead.recordedState.seq;
  lead.state = lead.recordedState;
  lead.story.splice(0, lead.story.length, ...lead.story.filter(({ seq }) => seq < fromSeq), ...standing);
  lead.outbox.length = 0;
  lead.takenOverCount += 1;
  rememberAs(lead, fromSeq, standing);
  wake(lead);
}

/** Commands that the lost task decided are done; those that only this one decided are facts that wait again. */
function rememberAs(lead: Lead, fromSeq: number, standing: readonly LeadEvent[]): void {
  const undone = [...lead.unrecorded.values()].filter(({ id }) => (lead.remembered.get(id)?.done?.seq ?? 0) >= fromSeq);
  lead.unrecorded.clear();
  for (const { id } of undone) lead.remembered.delete(id);
  for (const { commandId, seq } of standing) {
    if (commandId !== undefined) lead.remembered.set(commandId, { id: commandId, done: { seq } });
  }
  const waiting = [...undone, ...lead.inbox];
  for (const command of waiting) learnAgreementOf(lead, command);
  lead.inbox.splice(0, lead.inbox.length, ...waiting.filter(({ id }) => !lead.remembered.has(id)));
}

/** The agreement of a command that is done is needed by every later step, though the command is not decided again. */
export function learnAgreementOf(lead: Lead, command: Command): void {
  if (!lead.remembered.get(command.id)?.done) return;
  lead.context = contextFor(command, lead.context);
  wake(lead);
}

/** Whether the agreement in force is known: after a lost task it may come only with its command, delivered again. */
export const knowsAgreement = ({ state, context }: Lead): boolean => state.agreement.key in context.agreements;
