/**
 * The one way in which a lead changes: a command or a due item goes in; events, a refusal or a question come out.
 */
import type { AgreementTerms } from '../agreement/index.js';
import type { CalendarWindows, Instant } from '../business-time/index.js';
import type { Command, Refusal } from './commands.js';
import type { LeadEvent } from './events.js';
import type { Answer, Question } from './questions.js';
import type { LeadState } from './state.js';

/** What a step knows besides the state; by value, so that a replay needs nothing else. */
export interface StepContext {
  /** Terms by key: the present agreement's and those that clocks still follow. */
  readonly agreements: Readonly<Record<string, AgreementTerms>>;
  /** Compiled windows by calendar key. */
  readonly windows: Readonly<Record<string, CalendarWindows>>;
  /** Answers given so far to this step's questions, by their key (windows go into `windows`). */
  readonly answers: Readonly<Record<string, Answer>>;
}

/** A fact to decide, or the order to fire the first item that is due by `until` (inclusive). */
export type StepInput =
  { readonly kind: 'command'; readonly command: Command } | { readonly kind: 'due'; readonly until: Instant };

export type StepResult =
  /** What follows; `state` is what they fold to. Empty when nothing was due. */
  | { readonly kind: 'events'; readonly events: readonly LeadEvent[]; readonly state: LeadState }
  | { readonly kind: 'refusal'; readonly refusal: Refusal }
  /** Answer it, put the answer into the context, and step again with the same input. */
  | { readonly kind: 'question'; readonly question: Question };
