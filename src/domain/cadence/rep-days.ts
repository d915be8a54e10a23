import type { AgreementTerms } from '../agreement/index.js';
import type { Instant } from '../business-time/index.js';
import type { LeadState } from '../lifecycle/state.js';
import type { Absence, Person } from '../routing/directory.js';
import { isHumanTouch } from '../sla/touches.js';
import { calendarOfHolder, datePlus, nextStep, type NextStep, type OfferedStep } from './next-step.js';
import type { LocalDate, LocalTime } from './step-question.js';

/** An open lead and the agreement it follows. */
export interface LeadInHand {
  readonly state: LeadState;
  readonly terms: AgreementTerms;
}

export interface RepBook {
  readonly rep: Person;
  /** All open leads that the rep owns. */
  readonly leads: readonly LeadInHand[];
  readonly absences: readonly Absence[];
  readonly local: LocalTime;
  readonly at: Instant;
}

export interface PlannedStep extends LeadInHand {
  /** The rep's own date on which the step falls. */
  readonly repDate: LocalDate;
  readonly offered: OfferedStep;
}

/**
 * A rep's next steps, one for each lead, in the order in which they are to be made. No day has more than
 * `rep.dailySteps`, the touches made on it counted; the rest moves to the next open day with room.
 * Of one day's steps those of high priority come first, then those planned longest ago.
 */
export function planDays(book: RepBook): readonly PlannedStep[] {
  const { leads, rep } = book;
  const waiting = leads.flatMap((lead) => offerOf(book, lead)).sort(inTurn);
  const days = new Days(rep.dailySteps ?? Infinity, madeOn(book));
  const planned: PlannedStep[] = [];
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    if (days.take(next.repDate)) planned.push(next);
    else waiting.push(...offerOf(book, next, startOfDay(book, next, days.nextWithRoom(next.repDate))));
    waiting.sort(inTurn);
  }
  return planned;
}

/** The next step of one of the leads, as the rep's daily cap leaves it. */
export function nextStepInBook(book: RepBook, lead: LeadInHand): NextStep {
  const free = nextStep({ ...book, ...lead });
  if (free.kind !== 'offered' || book.rep.dailySteps === undefined) return free;
  return planDays(book).find(({ state }) => state.leadId === lead.state.leadId)?.offered ?? free;
}

const zoneOfRep = ({ state, terms }: LeadInHand): string => calendarOfHolder(state, terms).timeZone;

function offerOf(book: RepBook, lead: LeadInHand, notBefore = book.at): readonly PlannedStep[] {
  const { state, terms } = lead;
  const offered = nextStep({ ...book, state, terms, notBefore });
  if (offered.kind !== 'offered') return [];
  return [{ state, terms, offered, repDate: book.local.dateOf(zoneOfRep(lead), offered.from) }];
}

const startOfDay = ({ local }: RepBook, lead: LeadInHand, date: LocalDate): Instant =>
  local.instantOf(zoneOfRep(lead), date, '00:00');

function inTurn(one: PlannedStep, other: PlannedStep): number {
  const differences = [
    compare(one.repDate, other.repDate),
    Number(other.state.priority === 'high') - Number(one.state.priority === 'high'),
    compare(one.offered.plannedOn, other.offered.plannedOn),
    one.offered.from - other.offered.from,
    compare(one.state.leadId, other.state.leadId),
  ];
  return differences.find((difference) => difference !== 0) ?? 0;
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** How many touches the rep made on each date, on these leads. */
function madeOn({ leads, rep, local }: RepBook): Map<LocalDate, number> {
  const counts = new Map<LocalDate, number>();
  for (const lead of leads) {
    for (const { by, touchedAt } of lead.state.touches.filter(isHumanTouch)) {
      if (by !== rep.id) continue;
      const date = local.dateOf(zoneOfRep(lead), touchedAt);
      counts.set(date, (counts.get(date) ?? 0) + 1);
    }
  }
  return counts;
}

/** A rep's days, each with the steps it has already. */
class Days {
  constructor(
    private readonly cap: number,
    private readonly counts: Map<LocalDate, number>,
  ) {}

  /** Whether the date had room for one more, which it now has not. */
  take(date: LocalDate): boolean {
    if (!this.#hasRoom(date)) return false;
    this.counts.set(date, (this.counts.get(date) ?? 0) + 1);
    return true;
  }

  nextWithRoom(date: LocalDate): LocalDate {
    let next = datePlus(date, 1);
    while (!this.#hasRoom(next)) next = datePlus(next, 1);
    return next;
  }

  #hasRoom(date: LocalDate): boolean {
    return (this.counts.get(date) ?? 0) < this.cap;
  }
}
