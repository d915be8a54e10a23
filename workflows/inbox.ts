import {
  ApplicationFailure,
  CancellationScope,
  condition,
  defineQuery,
  defineUpdate,
  setHandler,
} from '@temporalio/workflow';
import { commandTypes, type Command, type CommandType } from '../src/domain/lifecycle/commands.js';
import { findShapeMistake } from './command-shape.js';
import { explainRun } from './explaining.js';
import { wake, type Lead } from './lead.js';
import { learnAgreementOf } from './lost-task.js';
import * as messages from './messages.js';
import { workflowNow } from './workflow-clock.js';

/** Lets people and machines speak to the lead: one update per command, all handled alike, and three queries. */
export function openInbox(lead: Lead): void {
  // A workflow that is asked to cancel lets nobody down who has been promised an answer.
  const hear = (command: Command) => CancellationScope.nonCancellable(() => answer(lead, command));
  for (const type of commandTypes) {
    const update = defineUpdate<messages.CommandDone, [Command]>(messages.updateNameOf(type));
    setHandler(update, hear, { validator: (command) => requireSayable(lead, type, command) });
  }
  setHandler(defineQuery(messages.stateQuery), () => lead.state);
  setHandler(defineQuery(messages.timelineQuery), () => lead.story);
  setHandler(defineQuery(messages.explainQuery), () => explainRun(lead));
}

/** Turns away what cannot be looked at; what was turned away leaves no trace and may come again. */
function requireSayable(lead: Lead, type: CommandType, command: Command): void {
  const mistake = findShapeMistake(type, command);
  if (mistake !== undefined) throw ApplicationFailure.nonRetryable(mistake, messages.malformedCommand);
  const now = workflowNow(lead.clockOffsetMs);
  if (command.at <= now + messages.SKEW_MS_MAX) return;
  const message = `${type}.at is ${command.at - now} ms ahead of the workflow's clock; wait, or set the sender's clock`;
  throw ApplicationFailure.nonRetryable(message, messages.atInFuture);
}

/** Waits until the main loop has decided the command and its events are in the ledger. A known one is not redone. */
async function answer(lead: Lead, command: Command): Promise<messages.CommandDone> {
  putInto(lead, command);
  await condition(() => isAnswered(lead, command.id));
  const { done, refused } = lead.remembered.get(command.id)!;
  if (refused) throw failureOf(command, refused);
  return done;
}

/** A refusal changes nothing, so nothing of it has to be recorded first. */
function isAnswered({ remembered, recordedSeq }: Lead, id: string): boolean {
  const result = remembered.get(id);
  return result !== undefined && (result.refused !== undefined || result.done.seq <= recordedSeq);
}

/** Queues a fact for the main loop, unless it is queued or decided already. */
export function putInto(lead: Lead, command: Command): void {
  if (lead.remembered.has(command.id)) return learnAgreementOf(lead, command);
  if (lead.inbox.some(({ id }) => id === command.id)) return;
  lead.inbox.push(command);
  wake(lead);
}

/** The fact that is next: the earliest, and of those at one instant the one that arrived first. */
export const firstFact = ({ inbox }: Lead): Command | undefined =>
  inbox.reduce<Command | undefined>((first, fact) => (first && first.at <= fact.at ? first : fact), undefined);

/** Keeps the result for whoever asks by the same id; the fact itself only until its events are recorded. */
export function settleFact(lead: Lead, fact: Command, result: messages.RememberedResult): void {
  lead.remembered.set(result.id, result);
  if (result.done) lead.unrecorded.set(fact.id, fact);
  lead.inbox.splice(lead.inbox.indexOf(fact), 1);
}

const failureOf = ({ type }: Command, { code, detail }: messages.RememberedRefusal): ApplicationFailure =>
  ApplicationFailure.nonRetryable(`${type} is refused: ${code}`, code, detail);
