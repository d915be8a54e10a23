import type { AgreementTerms } from '../domain/agreement/index.js';
import type { Instant } from '../domain/business-time/index.js';
import {
  nextStepInBook,
  planDays,
  type LeadInHand,
  type LocalDate,
  type LocalTime,
  type RepBook,
  type StepGuide,
} from '../domain/cadence/index.js';
import { holderOf, type LeadState } from '../domain/lifecycle/state.js';
import type { Directory, Person } from '../domain/routing/directory.js';
import type { Stores } from '../db/index.js';
import { compile, dateOf, findProspectZone, instantOf } from '../zones/index.js';

/** What guidance asks of the pinned zone data. */
const local: LocalTime = { dateOf, instantOf, windowsOf: compile, findProspectZone };

type Read = Pick<Stores, 'agreements' | 'directory'> & { readonly leads: Pick<Stores['leads'], 'listOpenOf'> };

/** Guidance over one workspace: a rep's other leads are read only if a daily cap makes them matter. */
export const stepGuide = (read: Read): StepGuide => ({
  async stepOf(state, at) {
    const directory = await read.directory.read();
    const { owner } = holderOf(state);
    const rep: Person = findPerson(directory, owner) ?? { id: owner ?? '' };
    const others = rep.dailySteps === undefined ? [] : await read.leads.listOpenOf(rep.id);
    const [lead, ...rest] = await inHand(read, [state, ...others.filter(({ leadId }) => leadId !== state.leadId)]);
    return nextStepInBook(bookOf(rep, [lead!, ...rest], directory, at), lead!);
  },
  async dayOf(person, date, at) {
    const directory = await read.directory.read();
    const rep = findPerson(directory, person);
    if (rep === undefined) return undefined;
    const timeZone = await zoneOf(read, rep, directory);
    const book = bookOf(rep, await inHand(read, await read.leads.listOpenOf(person)), directory, at);
    const today = dateOf(timeZone, at);
    const day: LocalDate = date ?? today;
    const steps = planDays(book).filter(({ repDate }) => repDate === day);
    return { date: day, today, timeZone, dailySteps: rep.dailySteps ?? null, steps };
  },
});

const findPerson = ({ people }: Directory, id: string | null): Person | undefined =>
  people.find((person) => person.id === id);

const bookOf = (rep: Person, leads: RepBook['leads'], { absences }: Directory, at: Instant): RepBook => ({
  rep,
  leads,
  absences,
  local,
  at,
});

async function inHand({ agreements }: Read, states: readonly LeadState[]): Promise<readonly LeadInHand[]> {
  const keys = [...new Set(states.map(({ agreement }) => agreement.key))];
  const found = new Map(await Promise.all(keys.map(async (key) => [key, await agreements.findTerms(key)] as const)));
  return states.map((state) => ({ state, terms: requireTerms(found, state) }));
}

function requireTerms(found: ReadonlyMap<string, AgreementTerms | undefined>, { leadId, agreement }: LeadState) {
  const terms = found.get(agreement.key);
  if (terms === undefined) throw new Error(`lead ${leadId} follows agreement ${agreement.key}, which is not stored`);
  return terms;
}

/** The zone of the rep's own calendar, else the team's, else the default of the default agreement. */
async function zoneOf({ agreements }: Read, rep: Person, { teams }: Directory): Promise<string> {
  const terms = await agreements.findActive();
  const named = rep.calendar ?? teams.find(({ id }) => id === rep.team)?.calendar ?? terms?.defaultCalendar ?? '';
  return (terms?.calendars[named] ?? terms?.calendars[terms.defaultCalendar])?.timeZone ?? 'UTC';
}
