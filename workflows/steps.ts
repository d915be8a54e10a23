import type { Command } from '../src/domain/lifecycle/commands.js';
import { mustFireBefore, nextDue } from '../src/domain/lifecycle/next-due.js';
import { withAnswer } from '../src/domain/lifecycle/run.js';
import { contextFor, step, type StepInput, type StepResult } from '../src/domain/lifecycle/step.js';
import { answerQuestion } from './activity-calls.js';
import { firstFact, settleFact } from './inbox.js';
import type { Lead } from './lead.js';
import { knowsAgreement } from './lost-task.js';
import type { RememberedResult } from './messages.js';
import { workflowNow } from './workflow-clock.js';

type Decision = Exclude<StepResult, { readonly kind: 'question' }>;

/** Decides all that waits and all that is due, one after the other in the order in which it took place. */
export async function decideWaiting(lead: Lead): Promise<void> {
  for (let next = findNext(lead); next !== undefined; next = findNext(lead)) {
    const decision = await decide(lead, next);
    if (decision === undefined) continue;
    if (decision.kind === 'events') takeOver(lead, next, decision);
    if (next.kind === 'command') settleFact(lead, next.command, resultOf(next.command, decision));
  }
}

/**
 * Before a fact comes what is due before it; without one, what is due by now. Facts may lie a little ahead of the
 * workflow's clock: what is due at their instant waits until it has come, for others of that instant may follow (spec C3).
 */
function findNext(lead: Lead): StepInput | undefined {
  if (!knowsAgreement(lead)) return undefined;
  const fact = firstFact(lead);
  const due = nextDue(lead.state);
  if (due && (fact ? mustFireBefore(due, fact.at) : due.at <= workflowNow(lead.clockOffsetMs)))
    return { kind: 'due', until: due.at };
  return fact && { kind: 'command', command: fact };
}

/**
 * One step of the domain. While a question of it is open, everything else queues behind it; if the ledger has it
 * otherwise by the time there is an answer, nothing is decided, for other things may be next.
 */
async function decide(lead: Lead, input: StepInput): Promise<Decision | undefined> {
  const { takenOverCount } = lead;
  while (lead.takenOverCount === takenOverCount) {
    const result = step(lead.state, input, lead.context);
    if (result.kind !== 'question') return forgetAnswers(lead, result);
    lead.context = withAnswer(lead.context, result.question, await answerQuestion(lead, result.question));
  }
  return undefined;
}

/** Answers serve the step that asked, and no other; windows stay. */
function forgetAnswers(lead: Lead, decision: Decision): Decision {
  lead.context = { ...lead.context, answers: {} };
  return decision;
}

/** Makes what was decided the lead's present, and leaves it for the world to be told. */
function takeOver(lead: Lead, input: StepInput, { events, state }: Decision & { readonly kind: 'events' }): void {
  // Without this, a due point that never fires would keep the workflow task busy for ever, and nobody would see why.
  if (input.kind === 'due' && events.length === 0) throw new Error(`what is due at ${input.until} does not fire`);
  lead.state = state;
  if (input.kind === 'command') lead.context = contextFor(input.command, lead.context);
  lead.outbox.push(...events);
  lead.story.push(...events);
  lead.stepCount += 1;
}

const resultOf = ({ id }: Command, decision: Decision): RememberedResult =>
  decision.kind === 'events'
    ? { id, done: { seq: decision.state.seq } }
    : { id, refused: { code: decision.refusal.code, detail: decision.refusal.detail } };
