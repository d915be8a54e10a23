import type { Instant } from '../business-time/index.js';
import type { LeadState } from '../lifecycle/state.js';
import type { NextStep } from './next-step.js';
import type { PlannedStep } from './rep-days.js';
import type { LocalDate } from './step-question.js';

/** A rep's steps of one day, as they are to be made. */
export interface RepDay {
  readonly date: LocalDate;
  /** The rep's present date. */
  readonly today: LocalDate;
  readonly timeZone: string;
  /** Null: no cap. */
  readonly dailySteps: number | null;
  readonly steps: readonly PlannedStep[];
}

/** Looks up what guidance needs and asks the core. */
export interface StepGuide {
  stepOf(state: LeadState, at: Instant): Promise<NextStep>;
  /** Undefined: the directory has no such person. Without a date, the rep's today. */
  dayOf(person: string, date: LocalDate | undefined, at: Instant): Promise<RepDay | undefined>;
}
