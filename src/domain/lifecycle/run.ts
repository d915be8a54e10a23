import type { CalendarWindows, Instant } from '../business-time/index.js';
import type { Command, Refusal } from './commands.js';
import type { LeadEvent } from './events.js';
import { handOff, type HandOffFacts } from './hand-off.js';
import { mustFireBefore, nextDue, type DueItem } from './next-due.js';
import type { Answer, Question } from './questions.js';
import type { LeadState } from './state.js';
import { contextFor, step, type StepContext, type StepInput, type StepResult } from './step.js';

/** A lead being run in memory: by scenarios, previews, what-ifs and tests. */
export interface Run {
  readonly state: LeadState;
  readonly context: StepContext;
  readonly events: readonly LeadEvent[];
}

/**
 * Answers a question at once, knowing the story so far (who was given the lead last, whether it is open); in the
 * workflow an activity does the same with time to spare.
 */
export type Respond = (question: Question, story: readonly LeadEvent[]) => Answer;

/** What a step knows once a question is answered: windows replace those at hand, all else stands under its key. */
export function withAnswer(context: StepContext, question: Question, answer: Answer): StepContext {
  if (question.kind === 'windows') {
    return { ...context, windows: { ...context.windows, [question.calendarKey]: answer as CalendarWindows } };
  }
  return { ...context, answers: { ...context.answers, [question.key]: answer } };
}

/** Hands a lead over and answers whatever that asks. */
export function runHandOff(facts: HandOffFacts, context: StepContext, respond: Respond): Run {
  const settled = untilAnswered({ context, events: [] }, respond, (known) => handOff(facts, known));
  const agreements = { ...settled.context.agreements, [facts.agreement.key]: facts.agreement };
  return { state: settled.result.state, context: { ...settled.context, agreements }, events: settled.result.events };
}

/** Fires everything due up to and including `until`. */
export function runUntil(run: Run, until: Instant, respond: Respond): Run {
  return runWhile(run, (item) => item.at <= until, respond);
}

/** Applies a fact after everything that must have fired before it; a refused one changes nothing. */
export function runCommand(run: Run, command: Command, respond: Respond): { run: Run; refusal?: Refusal } {
  const before = runWhile(run, (item) => mustFireBefore(item, command.at), respond);
  const { state, events } = before;
  const known = { state, events, context: contextFor(command, before.context) };
  const after = advance(known, { kind: 'command', command }, respond);
  return after.refusal ? { run: before, refusal: after.refusal } : after;
}

function runWhile(run: Run, wanted: (item: DueItem) => boolean, respond: Respond): Run {
  let current = run;
  for (let item = nextDue(current.state); item && wanted(item); item = nextDue(current.state)) {
    current = advance(current, { kind: 'due', until: item.at }, respond).run;
  }
  return current;
}

function advance(run: Run, input: StepInput, respond: Respond): { run: Run; refusal?: Refusal } {
  const { result, context } = untilAnswered(run, respond, (known) => step(run.state, input, known));
  if (result.kind === 'refusal') return { run, refusal: result.refusal };
  return { run: { state: result.state, context, events: [...run.events, ...result.events] } };
}

type Settled<R> = Exclude<R, { readonly kind: 'question' }>;

function untilAnswered<R extends StepResult>(
  { context, events }: Pick<Run, 'context' | 'events'>,
  respond: Respond,
  attempt: (context: StepContext) => R,
): { result: Settled<R>; context: StepContext } {
  let known = context;
  for (;;) {
    const result = attempt(known);
    if (result.kind !== 'question') return { result: result as Settled<R>, context: known };
    known = withAnswer(known, result.question, respond(result.question, events));
  }
}
