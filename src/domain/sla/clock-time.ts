import type { AgreementTerms, ClockPromise } from '../agreement/index.js';
import {
  addOpenTime,
  openTimeBetween,
  provesNoOpenTime,
  type DurationMs,
  type Instant,
  type Pause,
} from '../business-time/index.js';
import type { Draft } from '../lifecycle/draft.js';
import type { LeadState } from '../lifecycle/state.js';
import type { Clock } from './clock.js';

/** What of a clock decides how its time is counted. */
export type Timed = Pick<Clock, 'name' | 'party' | 'startedAt' | 'terms'>;

/** What of a lead's course says whose calendar counts when. */
export interface Holdings {
  readonly state: Pick<LeadState, 'holders'>;
  /** The terms with that key, of any agreement that a clock names. */
  termsOf(key: string): AgreementTerms;
}

/** A stretch of a clock's life that counts on one calendar of one agreement. */
export interface Stretch {
  readonly from: Instant;
  /** Infinity for the last one. */
  readonly until: Instant;
  readonly terms: AgreementTerms;
  readonly calendar: string;
}

/** The terms a clock follows now: those of its last segment. */
export const termsKeyOf = (clock: Pick<Clock, 'terms'>): string => clock.terms[clock.terms.length - 1]!.agreement;

/** The promise a clock follows now; terms that a clock names always hold it. */
export function promiseOf(draft: Draft, clock: Pick<Clock, 'terms' | 'name'>): ClockPromise {
  return draft.termsOf(termsKeyOf(clock)).clocks[clock.name]!;
}

/** A holder's calendar in an agreement, else its default (spec C1). */
export const holderCalendar = (terms: AgreementTerms, calendar: string | null): string =>
  calendar !== null && calendar in terms.calendars ? calendar : terms.defaultCalendar;

/** Which calendar counts when, from the clock's start on: each owner's time on that owner's calendar (spec C7). */
export function stretchesOf(holdings: Holdings, clock: Timed): readonly Stretch[] {
  const stretches: Stretch[] = [];
  clock.terms.forEach((segment, index) => {
    const terms = holdings.termsOf(segment.agreement);
    const from = Math.max(segment.from, clock.startedAt);
    const until = clock.terms[index + 1]?.from ?? Number.POSITIVE_INFINITY;
    const calendar = terms.clocks[clock.name]?.calendar;
    if (calendar !== undefined) stretches.push({ from, until, terms, calendar });
    else addHolderStretches(stretches, holdings.state, { from, until, terms });
  });
  return stretches;
}

function addHolderStretches(
  stretches: Stretch[],
  { holders }: Pick<LeadState, 'holders'>,
  { from, until, terms }: Omit<Stretch, 'calendar'>,
): void {
  holders.forEach((holder, index) => {
    const heldFrom = index === 0 ? from : Math.max(from, holder.from);
    const heldUntil = Math.min(until, holders[index + 1]?.from ?? Number.POSITIVE_INFINITY);
    if (heldFrom >= heldUntil) return;
    stretches.push({ from: heldFrom, until: heldUntil, terms, calendar: holderCalendar(terms, holder.calendar) });
  });
}

/** The pauses that hold for a clock: sales clocks only (spec C6). One that still lasts has no end. */
export const pausesOf = ({ pauses }: Pick<LeadState, 'pauses'>, clock: Timed): readonly Pause[] =>
  clock.party === 'sales' && pauses.length > 0
    ? pauses.map(({ from, until }) => [from, until ?? Number.POSITIVE_INFINITY] as const)
    : none;

const none: readonly Pause[] = [];

/** All the time that counts for a clock, found once for everything that is planned on it. */
export interface ClockTime {
  readonly stretches: readonly Stretch[];
  /** Taken out of them. */
  readonly pauses: readonly Pause[];
}

export const clockTimeOf = (draft: Draft, clock: Timed): ClockTime => ({
  stretches: stretchesOf(draft, clock),
  pauses: pausesOf(draft.state, clock),
});

/** The open time in `[from, until)` on the clock's calendars, outside its pauses. */
export function clockTimeBetween(draft: Draft, clock: Timed, from: Instant, until: Instant): DurationMs {
  const { stretches, pauses } = clockTimeOf(draft, clock);
  return stretches.reduce((sum, stretch) => {
    const start = Math.max(from, stretch.from);
    const end = Math.min(until, stretch.until);
    if (start >= end) return sum;
    return sum + openTimeBetween(draft.windows(stretch.terms, stretch.calendar, start, end), start, end, pauses);
  }, 0);
}

/** The earliest instant by which `ms` of the clock's open time has passed since `from` (spec T3, C7). */
export function addClockTime(draft: Draft, { stretches, pauses }: ClockTime, from: Instant, ms: DurationMs): Instant {
  let leftMs = ms;
  for (const stretch of stretches) {
    const start = Math.max(from, stretch.from);
    if (start >= stretch.until) continue;
    const endsAt = stretch.until === Number.POSITIVE_INFINITY ? undefined : stretch.until;
    const reachedAt = reachWithin(draft, stretch, start, leftMs, pauses, endsAt);
    if (typeof reachedAt === 'number') return reachedAt;
    leftMs -= reachedAt.usedMs;
  }
  throw new Error('the last stretch of a clock has no end, so it must have been reached');
}

function reachWithin(
  draft: Draft,
  stretch: Stretch,
  start: Instant,
  ms: DurationMs,
  pauses: readonly Pause[],
  endsAt: Instant | undefined,
): Instant | { readonly usedMs: DurationMs } {
  if (endsAt === undefined) return addWithin(draft, stretch, start, ms, pauses);
  const windows = draft.windows(stretch.terms, stretch.calendar, start, endsAt);
  const reachedAt = addOpenTime(windows, start, ms, pauses);
  if (reachedAt !== undefined && reachedAt <= endsAt) return reachedAt;
  return { usedMs: openTimeBetween(windows, start, endsAt, pauses) };
}

/** Says that a calendar never opens again (spec T5): nothing can be planned on it. */
export class NoOpenTime extends Error {
  constructor(readonly calendar: string) {
    super(`calendar "${calendar}" has no open time within two years; give it hours`);
    this.name = 'NoOpenTime';
  }
}

function addWithin(draft: Draft, stretch: Stretch, start: Instant, ms: DurationMs, pauses: readonly Pause[]): Instant {
  const { terms, calendar } = stretch;
  const windows = draft.windows(terms, calendar, start, start + 1);
  const reachedAt = addOpenTime(windows, start, ms, pauses);
  if (reachedAt !== undefined) return reachedAt;
  if (provesNoOpenTime(windows, start)) throw new NoOpenTime(calendar);
  draft.askForLonger(terms, calendar, start, windows.until);
}

/** `at` if the calendar is open then, else its next opening. */
export function openingOn(draft: Draft, terms: AgreementTerms, calendar: string, at: Instant): Instant {
  return addWithin(draft, { from: at, until: Number.POSITIVE_INFINITY, terms, calendar }, at, 0, []);
}
