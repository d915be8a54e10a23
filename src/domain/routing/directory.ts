/**
 * Who there is: people, teams, roles, absences, and what routing needs to know of them at an instant.
 * Operational data, never part of an agreement; the scenario's people and the database both speak this form.
 */
import type { Instant } from '../business-time/index.js';

export interface Person {
  readonly id: string;
  readonly team?: string;
  readonly email?: string;
  /** Absent: the team's. */
  readonly calendar?: string;
  /** How many open leads the person may hold; absent: no limit. */
  readonly capacity?: number;
  /** How many steps of the cadence a day may ask of the person, at least 1; absent: no limit. */
  readonly dailySteps?: number;
}

export interface Team {
  readonly id: string;
  readonly manager: string;
  readonly calendar?: string;
}

/** Away in `[from, until)`. */
export interface Absence {
  readonly person: string;
  readonly from: Instant;
  readonly until: Instant;
  readonly delegate?: string;
}

export interface Directory {
  readonly people: readonly Person[];
  readonly teams: readonly Team[];
  /** A role is a list of people; a person's id is also a role of one. */
  readonly roles: Readonly<Record<string, readonly string[]>>;
  readonly absences: readonly Absence[];
}

/** What round robin and capacity ask of the leads: both are per workspace. */
export interface Workload {
  /** Open leads (stages mql and sal) by person. */
  readonly openLeadCounts: Readonly<Record<string, number>>;
  /** When each was last given a lead, in any way; never-given people are absent. */
  readonly lastGivenAt: Readonly<Record<string, Instant>>;
}

/** The lead's owner, or the queue it lies in, with all that clocks need of them. */
export interface HolderRef {
  readonly owner: string | null;
  /** The team whose queue holds the lead; null when a person owns it. */
  readonly queue: string | null;
  /** The owner's or the queue's team. */
  readonly team: string | null;
  /** The person's calendar, else the team's; null: the agreement's default. */
  readonly calendar: string | null;
}
