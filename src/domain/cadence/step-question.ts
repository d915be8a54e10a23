import type { AgreementTerms, Fields } from '../agreement/index.js';
import type { CalendarDefinition, CalendarWindows, Instant } from '../business-time/index.js';
import type { LeadState } from '../lifecycle/state.js';
import type { Absence } from '../routing/directory.js';

/** A date of the calendar, `YYYY-MM-DD`, in a zone that is said beside it. */
export type LocalDate = string;

/** What guidance asks of the pinned zone data; `src/zones` answers. */
export interface LocalTime {
  dateOf(timeZone: string, at: Instant): LocalDate;
  instantOf(timeZone: string, date: LocalDate, time: string): Instant;
  windowsOf(calendar: CalendarDefinition, from: Instant, until: Instant): CalendarWindows;
  /** Where the prospect is, by their country and region; undefined if these do not tell. */
  findProspectZone(fields: Fields): string | undefined;
}

export interface StepQuestion {
  readonly state: LeadState;
  readonly terms: AgreementTerms;
  readonly absences: readonly Absence[];
  readonly local: LocalTime;
  readonly at: Instant;
  /** Days before it are full: the rep's daily cap moved the step here. */
  readonly notBefore?: Instant;
}
