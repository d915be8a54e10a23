import type { AgreementTerms } from '../agreement/index.js';
import type { CalendarWindows } from '../business-time/index.js';
import type { Answer } from './questions.js';

/** What a step knows besides the state; by value, so that a replay needs nothing else. */
export interface StepContext {
  /** Terms by key: the present agreement's and those that clocks still follow. */
  readonly agreements: Readonly<Record<string, AgreementTerms>>;
  /** Compiled windows by calendar key. */
  readonly windows: Readonly<Record<string, CalendarWindows>>;
  /** Answers given so far to this step's questions, by their key (windows go into `windows`). */
  readonly answers: Readonly<Record<string, Answer>>;
}
