import type { CalendarWindows, Instant } from '../domain/business-time/index.js';
import { explainInWords, explainLead, type ExplainPorts, type LeadExplanation } from '../domain/explain/index.js';
import type { LeadEvent } from '../domain/lifecycle/events.js';
import type { AgreementStore, CalendarAnswer } from '../domain/ports.js';

interface ExplanationDeps {
  readonly agreements: Pick<AgreementStore, 'findTerms'>;
  readonly answerFromCalendar: CalendarAnswer;
  readonly formatLocal: (timeZone: string, at: Instant) => string;
}

/** Explains ledgers, with stored agreements and the pinned zone data. */
export class Explanations {
  constructor(private readonly deps: ExplanationDeps) {}

  /** @param at up to when running clocks use time */
  async explain(events: readonly LeadEvent[], at: Instant): Promise<LeadExplanation> {
    const { answerFromCalendar, formatLocal } = this.deps;
    const windowsOf: ExplainPorts['windowsOf'] = (calendarKey, definition, from, until) => {
      const asked = { kind: 'windows', key: calendarKey, asOf: from, calendarKey, name: '', definition } as const;
      return answerFromCalendar({ ...asked, from, until }) as CalendarWindows;
    };
    return explainLead({ events }, { agreements: await this.#termsOf(events), windowsOf, formatLocal }, at);
  }

  inWords(explanation: LeadExplanation): string {
    return explainInWords(explanation, this.deps.formatLocal);
  }

  /** Every agreement that a clock of the story ever followed. */
  async #termsOf(events: readonly LeadEvent[]): Promise<ExplainPorts['agreements']> {
    const followed = events.flatMap((event) => ('terms' in event ? event.terms.map(({ agreement }) => agreement) : []));
    const found = await Promise.all([...new Set(followed)].map((key) => this.deps.agreements.findTerms(key)));
    return Object.fromEntries(found.flatMap((terms) => (terms === undefined ? [] : [[terms.key, terms]])));
  }
}
