import type { CalendarAnswer, LeadLedger, QuestionStore } from '../src/domain/ports.js';
import { heartbeating } from './heartbeating.js';
import type { LeadActivities } from './lead-activities.js';
import type { DeliverNotices } from './notice-contract.js';
import { createQuestions } from './questions.js';
import { createRecords } from './records.js';
import { createSettling, type SettledStates } from './settling.js';

/** The rows of one workspace. */
export interface WorkspaceStores {
  readonly ledger: LeadLedger;
  readonly questions: QuestionStore;
  readonly settledStates: SettledStates;
}

export interface ActivityDeps {
  /** @throws for a workspace that this worker does not serve */
  readonly storesOf: (workspace: string) => WorkspaceStores;
  readonly calendar: CalendarAnswer;
  readonly deliverNotices: DeliverNotices;
}

/** All activities of the lead's workflow, over the ports that the program hands in. */
export const createActivities = ({ storesOf, calendar, deliverNotices }: ActivityDeps): LeadActivities => ({
  ...createRecords((workspace) => storesOf(workspace).ledger),
  ...createQuestions((workspace) => storesOf(workspace).questions, calendar),
  ...createSettling((workspace) => storesOf(workspace).settledStates),
  deliverNotices: heartbeating(deliverNotices),
});

export type { LeadActivities } from './lead-activities.js';
