import type { AgreementTerms } from '../agreement/index.js';
import type { Directory, HolderRef, Person, Team } from '../routing/directory.js';

/** Who reads a notice: a person's id, or the operators, who hear of what could reach nobody else. */
export type Reader = string;
export const OPS: Reader = '(ops)';

/** Who hears on behalf of a holder: the owner; of a queue, its team's manager; of neither, the operators. */
export const readerFor = (holder: HolderRef, directory: Directory): Reader =>
  holder.owner ?? findTeam(directory, holder.queue)?.manager ?? OPS;

/** The reader, then who hears instead if no mail can reach them: the manager of their team, then the operators. */
export function readersInTurn(reader: Reader, directory: Directory): readonly Reader[] {
  const manager = findTeam(directory, findPerson(directory, reader)?.team)?.manager;
  return [...new Set([reader, ...(manager === undefined ? [] : [manager]), OPS])];
}

/** Absent: the directory has no such person, or knows no address. */
export const addressOf = (reader: Reader, directory: Directory, opsEmail: string): string | undefined =>
  reader === OPS ? opsEmail : findPerson(directory, reader)?.email;

/** The zone in which a reader's instants are written: that of their own calendar, else the team's, else the default. */
export function timeZoneOf(reader: Reader, directory: Directory, terms: AgreementTerms): string {
  const person = findPerson(directory, reader);
  const own = person?.calendar ?? findTeam(directory, person?.team)?.calendar ?? managedBy(directory, reader)?.calendar;
  const calendar = terms.calendars[own ?? terms.defaultCalendar] ?? terms.calendars[terms.defaultCalendar];
  return calendar?.timeZone ?? 'UTC';
}

const findPerson = (directory: Directory, id: string): Person | undefined =>
  directory.people.find((person) => person.id === id);

const findTeam = (directory: Directory, id: string | null | undefined): Team | undefined =>
  directory.teams.find((team) => team.id === id);

/** A manager who belongs to no team lives by the hours of the team they manage. */
const managedBy = (directory: Directory, id: string): Team | undefined =>
  directory.teams.find((team) => team.manager === id);
