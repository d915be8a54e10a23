import type { Instant } from '../src/domain/business-time/index.js';
import type { Answer, Question } from '../src/domain/lifecycle/questions.js';
import type { LeadEvent } from '../src/domain/lifecycle/events.js';
import type { LeadInput } from '../workflows/messages.js';
import type { DeliverNotices } from './notice-contract.js';

/** Which lead, and in which workspace its rows lie. */
export interface LeadPlace {
  readonly workspace: string;
  readonly leadId: string;
}

/** What became of a recording. */
export interface Recording {
  /** Nothing was recorded, for this stands in the ledger from the first event's sequence on. */
  readonly standing?: readonly LeadEvent[];
}

/** What the lead's workflow can ask of the world. Types only: the workflow sees no more of the activities than this. */
export interface LeadActivities {
  /** Appends events, in order, to the lead's ledger; what stands there already is left alone. */
  recordEvents(place: LeadPlace, events: readonly LeadEvent[]): Promise<Recording>;
  /** The answer that goes with the question's key: the first one ever given, if there is one. */
  answerQuestion(place: LeadPlace, question: Question): Promise<Answer>;
  deliverNotices: DeliverNotices;
  /** Keeps what a new run of this lead would start from, in place of what was kept before. */
  storeSettled(input: LeadInput, settledAt: Instant): Promise<void>;
}
