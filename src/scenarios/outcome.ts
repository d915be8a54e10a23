import type { RefusalCode } from '../domain/lifecycle/commands.js';
import type { LeadEvent } from '../domain/lifecycle/events.js';
import type { LeadRecord } from '../domain/lifecycle/record.js';

/** A fact, by its place in the file, that was refused. */
export interface ScenarioRefusal {
  readonly fact: number;
  readonly code: RefusalCode;
}

/** What became of a scenario's lead, by whichever runner. */
export interface ScenarioOutcome {
  readonly record: LeadRecord;
  /** The lead's story up to the end of the scenario. */
  readonly events: readonly LeadEvent[];
  /** In the order of the file. */
  readonly refusals: readonly ScenarioRefusal[];
}
