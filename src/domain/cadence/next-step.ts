import type { AgreementTerms, CadenceStep } from '../agreement/index.js';
import { parseDate, toCivilDate } from '../business-time/civil-date.js';
import { CLOSED_MS_MAX, openIntervals, type CalendarDefinition, type Instant } from '../business-time/index.js';
import { holderOf, type LeadState } from '../lifecycle/state.js';
import { positionOf, type EndOfCadence } from './position.js';
import { restsOf, restAt, type Rest, type RestCause } from './rests.js';
import type { LocalDate, LocalTime, StepQuestion } from './step-question.js';

export const stepDelays = ['owner-absent', 'out-of-office', 'paused', 'overdue', 'closed-hours', 'daily-cap'] as const;
/** Why a step falls on another day than the cadence's. */
export type StepDelay = (typeof stepDelays)[number];

/** The next step and the day on which it falls. */
export interface OfferedStep {
  readonly kind: 'offered';
  readonly owner: string | null;
  readonly number: number;
  readonly stepCount: number;
  readonly step: CadenceStep;
  /** The prospect's zone, else the owner's: dates are of it. */
  readonly timeZone: string;
  /** The date that the cadence means. */
  readonly plannedOn: LocalDate;
  /** The date on which it falls. */
  readonly on: LocalDate;
  /** To be made in `[from, until)`: the prospect's daytime, within the owner's hours where the two meet. */
  readonly from: Instant;
  readonly until: Instant;
  readonly movedBy: StepDelay | null;
}

export type NextStep =
  | OfferedStep
  /** There is a next step, but no day for it is known. */
  | {
      readonly kind: 'resting';
      readonly because: 'paused' | 'disputed' | 'no-open-day';
      readonly number: number;
      readonly stepCount: number;
      readonly step: CadenceStep;
    }
  | { readonly kind: 'over'; readonly because: EndOfCadence };

/** When a prospect is called and written to, in their local time. */
export const DAYTIME = { from: '09:00', until: '18:00' } as const;

/** What is left of a day counts only if there is time to make a call. */
const SLOT_MS_MIN = 15 * 60_000;
/** How far ahead a day is looked for, counted from the end of what rests. */
const SEARCH_DAYS = 60;
/** What rests for longer has no day: dates like 9999-12-31 mean never. */
const REST_MS_MAX = CLOSED_MS_MAX;
const DAY_MS = 86_400_000;

/** The owner's next step as of `at`, and its day; pure, so that whoever asks again as of the same state gets the same. */
export function nextStep(question: StepQuestion): NextStep {
  const { state, terms } = question;
  const position = positionOf(state, terms);
  if (position.kind === 'over') return position;
  const named = { number: position.number, stepCount: terms.cadence.length, step: position.step };
  const stopped = stopOf(state);
  if (stopped) return { kind: 'resting', because: stopped, ...named };
  const day = findDay(question, position.step);
  if (!day) return { kind: 'resting', because: 'no-open-day', ...named };
  return { kind: 'offered', owner: holderOf(state).owner, ...named, ...day };
}

/** A pause with an end is a rest until then; one without stops the cadence as a dispute does. */
function stopOf({ pause, dispute }: LeadState): 'paused' | 'disputed' | undefined {
  if (dispute) return 'disputed';
  return pause?.endsAt === null ? 'paused' : undefined;
}

/** The calendar by which the lead's holder works. */
export function calendarOfHolder(state: LeadState, terms: AgreementTerms): CalendarDefinition {
  const calendar = terms.calendars[holderOf(state).calendar ?? terms.defaultCalendar];
  const known = calendar ?? terms.calendars[terms.defaultCalendar];
  if (!known) throw new Error(`agreement ${terms.name}@${terms.version} has no calendar "${terms.defaultCalendar}"`);
  return known;
}

type Day = Pick<OfferedStep, 'timeZone' | 'plannedOn' | 'on' | 'from' | 'until' | 'movedBy'>;

function findDay(question: StepQuestion, { day }: CadenceStep): Day | undefined {
  const { state, terms, local, at, notBefore = at } = question;
  if (day * DAY_MS > REST_MS_MAX) return undefined;
  const calendar = calendarOfHolder(state, terms);
  const timeZone = local.findProspectZone(state.fields) ?? calendar.timeZone;
  const rests = restsOf(question, timeZone);
  const plannedOn = datePlus(local.dateOf(timeZone, state.cycleStartedAt), day);
  const plannedAt = local.instantOf(timeZone, plannedOn, DAYTIME.from);
  const wantedAt = Math.max(at, plannedAt);
  const from = afterRests(rests, Math.max(wantedAt, notBefore));
  if (from - at > REST_MS_MAX) return undefined;
  const slot = findSlot({ calendar, timeZone, rests, local, from });
  if (!slot) return undefined;
  const closesAt = local.instantOf(timeZone, plannedOn, DAYTIME.until);
  const movedBy = slot.on === plannedOn ? null : delayOf(question, { wantedAt, closesAt, rests });
  return { timeZone, plannedOn, ...slot, movedBy };
}

const delayByRest = {
  'owner-absent': 'owner-absent',
  'out-of-office': 'out-of-office',
  paused: 'paused',
} as const satisfies Record<RestCause, StepDelay>;

interface Planned {
  readonly wantedAt: Instant;
  readonly closesAt: Instant;
  readonly rests: readonly Rest[];
}

function delayOf({ at, notBefore }: StepQuestion, { wantedAt, closesAt, rests }: Planned): StepDelay {
  if (notBefore !== undefined && notBefore > wantedAt) return 'daily-cap';
  const rest = restAt(rests, wantedAt);
  if (rest) return delayByRest[rest.cause];
  return at >= closesAt ? 'overdue' : 'closed-hours';
}

function afterRests(rests: readonly Rest[], at: Instant): Instant {
  const rest = restAt(rests, at);
  return rest ? afterRests(rests, rest.until) : at;
}

interface Search {
  readonly calendar: CalendarDefinition;
  readonly timeZone: string;
  readonly rests: readonly Rest[];
  readonly local: LocalTime;
  readonly from: Instant;
}
type Slot = Pick<OfferedStep, 'on' | 'from' | 'until'>;
type Piece = readonly [from: Instant, until: Instant];

/**
 * The first date with enough of the prospect's daytime within the owner's hours. Where the two never meet, as between
 * Tokyo and New York, the prospect's daytime on the dates on which the owner works.
 */
function findSlot(search: Search): Slot | undefined {
  const { calendar, local, from, rests, timeZone } = search;
  const until = from + SEARCH_DAYS * DAY_MS;
  const pauses = rests.map((rest): [Instant, Instant] => [Math.max(rest.from, from - DAY_MS), rest.until]);
  const open = openIntervals(local.windowsOf(calendar, from - DAY_MS, until), from - DAY_MS, until, pauses);
  const first = local.dateOf(timeZone, from);
  const dates = Array.from({ length: SEARCH_DAYS - 1 }, (_, count) => datePlus(first, count));
  const within = (pieces: readonly Piece[]) => (on: LocalDate) => slotOn(on, daytimeOn(search, on), pieces);
  return firstOf(dates, within(open)) ?? firstOf(dates.filter(isWorked(search, open)), within([[from, until]]));
}

const daytimeOn = ({ local, timeZone, from }: Search, on: LocalDate): Piece => [
  Math.max(from, local.instantOf(timeZone, on, DAYTIME.from)),
  local.instantOf(timeZone, on, DAYTIME.until),
];

/** From the first to the last of the pieces' shares of the daytime. */
function slotOn(on: LocalDate, [from, until]: Piece, pieces: readonly Piece[]): Slot | undefined {
  const shares = pieces
    .map(([openAt, closeAt]): Piece => [Math.max(openAt, from), Math.min(closeAt, until)])
    .filter(([openAt, closeAt]) => closeAt - openAt >= SLOT_MS_MIN);
  const last = shares.at(-1);
  return shares[0] && last ? { on, from: shares[0][0], until: last[1] } : undefined;
}

/** Whether the owner works on that date of their own zone. */
const isWorked =
  ({ local, calendar: { timeZone } }: Search, open: readonly Piece[]) =>
  (date: LocalDate): boolean => {
    const from = local.instantOf(timeZone, date, '00:00');
    const until = local.instantOf(timeZone, datePlus(date, 1), '00:00');
    return open.some(([openAt, closeAt]) => openAt < until && closeAt > from);
  };

function firstOf<Item, Found>(items: readonly Item[], find: (item: Item) => Found | undefined): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The date `days` after another. */
export function datePlus(date: LocalDate, days: number): LocalDate {
  const epochDay = parseDate(date);
  if (epochDay === undefined) throw new RangeError(`"${date}" is no date; write one such as 2026-11-23`);
  const { year, month, day } = toCivilDate(epochDay + days);
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`;
}

const twoDigits = (count: number): string => String(count).padStart(2, '0');
