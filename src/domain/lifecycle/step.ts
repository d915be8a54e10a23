/**
 * The one way in which a lead changes: a command or a due item goes in; events, a refusal or a question come out.
 */
import type { Instant } from '../business-time/index.js';
import type { Command, Refusal } from './commands.js';
import type { LeadEvent } from './events.js';
import type { StepContext } from './context.js';
import { decide } from './decide.js';
import { Asked, Draft } from './draft.js';
import { due } from './due.js';
import { nextDue } from './next-due.js';
import type { Question } from './questions.js';
import type { LeadState } from './state.js';

export type { StepContext };

/** A fact to decide, or the order to fire the first item that is due by `until` (inclusive). */
export type StepInput =
  { readonly kind: 'command'; readonly command: Command } | { readonly kind: 'due'; readonly until: Instant };

export type StepResult =
  /** What follows; `state` is what they fold to. Empty when nothing was due. */
  | { readonly kind: 'events'; readonly events: readonly LeadEvent[]; readonly state: LeadState }
  | { readonly kind: 'refusal'; readonly refusal: Refusal }
  /** Answer it, put the answer into the context, and step again with the same input. */
  | { readonly kind: 'question'; readonly question: Question };

/**
 * Decides one command, or fires the first item due by `input.until`; never both, and never more than one.
 * Whoever calls it fires what is due before a fact first (`mustFireBefore`); see `run.ts`.
 * @throws NoOpenTime if a calendar of the agreement never opens again (spec T5)
 */
export function step(state: LeadState, input: StepInput, context: StepContext): StepResult {
  return attempt(() =>
    input.kind === 'due' ? fire(state, input.until, context) : answer(state, input.command, context),
  );
}

/** Runs a step until it ends or has to ask; the question then is its result. */
export function attempt<R>(decided: () => R): R | Extract<StepResult, { kind: 'question' }> {
  try {
    return decided();
  } catch (thrown) {
    if (thrown instanceof Asked) return { kind: 'question', question: thrown.question };
    throw thrown;
  }
}

function fire(state: LeadState, until: Instant, context: StepContext): StepResult {
  const item = nextDue(state);
  if (!item || item.at > until) return { kind: 'events', events: [], state };
  const draft = new Draft(state, context, { at: item.at });
  due(draft, item);
  return { kind: 'events', events: draft.events, state: draft.state };
}

function answer(state: LeadState, command: Command, context: StepContext): StepResult {
  // A fact that lies before what has been applied takes effect now; its milestones keep their instant.
  const at = Math.max(command.at, state.appliedAt);
  const draft = new Draft(state, contextFor(command, context), { at, by: command.by, commandId: command.id });
  const refusal = decide(draft, command);
  return refusal ? { kind: 'refusal', refusal } : { kind: 'events', events: draft.events, state: draft.state };
}

/** What a step with this command knows; keep it when its events are kept: clocks may follow the new agreement. */
export function contextFor(command: Command, context: StepContext): StepContext {
  if (command.type === 'revert-agreement' || command.type === 'rejudge') {
    return { ...context, agreements: { ...context.agreements, ...command.agreements } };
  }
  if (command.type !== 'apply-agreement' || !command.agreement) return context;
  const { agreement, windows } = command;
  return {
    ...context,
    agreements: { ...context.agreements, [agreement.key]: agreement },
    ...(windows && { windows: { ...windows, ...context.windows } }),
  };
}
