/**
 * The hand-off decided in one go: the core's questions are answered on the spot, from calendars and a directory at hand.
 */
import type { AgreementTerms } from '../../domain/agreement/index.js';
import type { Instant } from '../../domain/business-time/index.js';
import type { LeadEvent } from '../../domain/lifecycle/events.js';
import type { StepContext } from '../../domain/lifecycle/context.js';
import type { HandOffFacts } from '../../domain/lifecycle/hand-off.js';
import type { LeadState } from '../../domain/lifecycle/state.js';
import { runHandOff, type Respond } from '../../domain/lifecycle/run.js';
import type { CalendarAnswer, LeadStart, RoutingSnapshot } from '../../domain/ports.js';
import { answerFromDirectory } from '../../domain/routing/answer.js';

export interface HandedOff {
  readonly state: LeadState;
  readonly events: readonly LeadEvent[];
  /** What the workflow starts with: the document, and the windows that the first clocks needed. */
  readonly context: LeadStart['context'];
}

const DAY_MS = 86_400_000;

/**
 * Decides hand-offs, and keeps the windows they asked for until the day ends: the next lead of that day needs no
 * compiling. Windows are by value, so it does not matter which lead asked first.
 */
export class HandOffRuns {
  readonly #windows = new Map<string, { readonly day: number; readonly windows: StepContext['windows'] }>();

  constructor(private readonly answerFromCalendar: CalendarAnswer) {}

  /** Pure but for the windows it remembers: the same facts and snapshot give the same events. */
  decide(facts: HandOffFacts, { directory, workload }: RoutingSnapshot): HandedOff {
    const { agreement, at } = facts;
    const respond: Respond = (question) =>
      question.kind === 'windows' || question.kind === 'date-start'
        ? this.answerFromCalendar(question)
        : answerFromDirectory(question, directory, workload);
    const { state, events, context } = runHandOff(facts, this.#contextFor(agreement, at), respond);
    this.#windows.set(agreement.key, { day: dayOf(at), windows: context.windows });
    return { state, events, context: { agreements: context.agreements, windows: windowsUsedBy(events, context) } };
  }

  #contextFor(agreement: AgreementTerms, at: Instant): StepContext {
    const kept = this.#windows.get(agreement.key);
    return {
      agreements: { [agreement.key]: agreement },
      windows: kept?.day === dayOf(at) ? kept.windows : {},
      answers: {},
    };
  }
}

const dayOf = (at: Instant): number => Math.floor(at / DAY_MS);

/** Other leads' calendars have no business in this one's input. */
function windowsUsedBy(events: readonly LeadEvent[], { windows }: StepContext): StepContext['windows'] {
  const keys = new Set(events.flatMap((event) => (event.type === 'clock-started' ? [event.calendarKey] : [])));
  return Object.fromEntries(Object.entries(windows).filter(([key]) => keys.has(key)));
}
