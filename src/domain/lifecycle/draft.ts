import type { AgreementTerms } from '../agreement/index.js';
import type { CalendarWindows, Instant } from '../business-time/index.js';
import type { StepContext } from './context.js';
import { evolve } from './evolve.js';
import type { EventBody, LeadEvent } from './events.js';
import type { AnswerTo, Question } from './questions.js';
import type { LeadState } from './state.js';

/** Unwinds a step that must ask first; `step` turns it into a result, nothing else ever sees it. */
export class Asked {
  constructor(readonly question: Question) {}
}

export interface Cause {
  /** The instant of this step: of the fact, or of the due item. */
  readonly at: Instant;
  readonly by?: string;
  readonly commandId?: string;
}

/** What every event bears; written before it is one. */
type Stamped = Pick<LeadEvent, 'seq' | 'at' | 'cycle' | 'by' | 'commandId'>;
type Stamp = { -readonly [K in keyof Stamped]: Stamped[K] };

/** One step being decided: its events so far and the state they lead to. Lives within one call of `step`. */
export class Draft {
  readonly events: LeadEvent[] = [];
  #state: LeadState | undefined;

  constructor(
    state: LeadState | undefined,
    readonly context: StepContext,
    readonly cause: Cause,
  ) {
    this.#state = state;
  }

  get at(): Instant {
    return this.cause.at;
  }

  get state(): LeadState {
    if (!this.#state) throw new Error('a lead begins with its hand-off: no event was emitted before this was read');
    return this.#state;
  }

  /** Records a fact and makes it so; what follows reads the state after it. */
  emit(body: EventBody): void {
    const before = this.#state;
    const woken = body.type === 'woken' ? 1 : 0;
    const { at, by, commandId } = this.cause;
    const stamp: Stamp = { seq: (before?.seq ?? 0) + 1, at, cycle: (before?.cycle ?? 1) + woken };
    if (by !== undefined) stamp.by = by;
    if (commandId !== undefined) stamp.commandId = commandId;
    // The body comes last: what is added to a copy costs far more than a copy into what is there.
    const event: LeadEvent = Object.assign(stamp, body);
    this.#state = evolve(before, event);
    this.events.push(event);
  }

  /** The answer to a question, or the end of this attempt until somebody has it. */
  ask<Q extends Exclude<Question, { kind: 'windows' }>>(question: Q): AnswerTo[Q['kind']] {
    if (!(question.key in this.context.answers)) throw new Asked(question);
    return this.context.answers[question.key] as AnswerTo[Q['kind']];
  }

  /** The terms with that key; every key in the state is in the context. */
  termsOf(key: string): AgreementTerms {
    const terms = this.context.agreements[key];
    if (!terms) throw new Error(`agreement ${key} is named by the lead but was not handed to the step`);
    return terms;
  }

  /** The agreement in force for what starts now. */
  get terms(): AgreementTerms {
    return this.termsOf(this.state.agreement.key);
  }

  /** Windows of a calendar that cover `[from, until]`, asked for if they are not at hand. */
  windows(terms: AgreementTerms, calendar: string, from: Instant, until: Instant): CalendarWindows {
    const key = terms.calendarKeys[calendar]!;
    const held = this.context.windows[key];
    if (held && (held.unbroken || (held.from <= from && held.until >= until))) return held;
    throw new Asked(windowsQuestion(terms, calendar, held, from, until));
  }

  /** Ends this attempt: the windows at hand end at `endedAt`, before enough open time since `from`. */
  askForLonger(terms: AgreementTerms, calendar: string, from: Instant, endedAt: Instant): never {
    const held = this.context.windows[terms.calendarKeys[calendar]!];
    throw new Asked(windowsQuestion(terms, calendar, held, from, endedAt + 1));
  }
}

const DAY_MS = 86_400_000;
/** What is compiled beyond the instant asked for, so that the next questions need none. */
const MARGIN_BEFORE_MS = DAY_MS;
const MARGIN_AFTER_MS = 120 * DAY_MS;

function windowsQuestion(
  terms: AgreementTerms,
  name: string,
  held: CalendarWindows | undefined,
  from: Instant,
  until: Instant,
): Question {
  // A lead that slept for months needs no windows of the time it slept.
  const joins = held !== undefined && held.until >= from;
  const start = Math.min(from - MARGIN_BEFORE_MS, joins ? held.from : from);
  const end = Math.max(until + MARGIN_AFTER_MS, joins ? held.until : until);
  const calendarKey = terms.calendarKeys[name]!;
  const definition = terms.calendars[name]!;
  const key = `windows:${calendarKey}:${start}:${end}`;
  return { kind: 'windows', key, asOf: from, calendarKey, name, definition, from: start, until: end };
}
