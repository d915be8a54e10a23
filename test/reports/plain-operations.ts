// Here lives what the tables count that people run their week with, said as plainly and slowly as possible, straight from
// the events of each lead. It shares nothing with the two ways in which the product counts.
import { openTimeBetween } from '../../src/domain/business-time/index.js';
import type { LeadEvent } from '../../src/domain/lifecycle/events.js';
import { agreement } from '../db/journeys.js';
import { humanTouches } from './plain-figures.js';
import { windowsOf, type ToldLead } from './quarter.js';

type Events = readonly LeadEvent[];
type Of<T extends LeadEvent['type']> = Extract<LeadEvent, { readonly type: T }>;

const DAY_MS = 86_400_000;

const isTest = ([origin]: Events): boolean => (origin as Of<'handed-off' | 'excluded'>).fields['test'] === true;

/** Stories of leads that are no tests. */
const real = (leads: readonly ToldLead[]): readonly Events[] =>
  leads.map(({ events }) => events).filter((events) => !isTest(events));

const all = <T extends LeadEvent['type']>(events: Events, type: T): readonly Of<T>[] =>
  events.filter((event): event is Of<T> => event.type === type);

/** Adds one to a count by name. */
const add = (counts: Record<string, number>, name: string, more = 1): void => {
  counts[name] = (counts[name] ?? 0) + more;
};

/** `rejection/bad-data/disqualified` → how often, of those nobody took back. */
export function plainReasons(leads: readonly ToldLead[], from: number, to: number): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const events of real(leads)) {
    for (const said of events) {
      if ((said.type !== 'rejected' && said.type !== 'disposed') || said.reason === undefined) continue;
      if (said.at < from || said.at >= to) continue;
      const isSlip = all(events, 'reopened').some(({ seq, cycle }) => cycle === said.cycle && seq > said.seq);
      if (isSlip) continue;
      add(counts, `${said.type === 'rejected' ? 'rejection' : 'disposition'}/${said.reason}/${said.route}`);
    }
  }
  return counts;
}

/** `no-budget/friction`, `…/gap`, `…/either` and `…/all` → how many dispositions, of those nobody took back. */
export function plainFriction(leads: readonly ToldLead[], from: number, to: number): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const events of real(leads)) {
    for (const said of all(events, 'disposed')) {
      if (said.at < from || said.at >= to) continue;
      if (all(events, 'reopened').some(({ seq, cycle }) => cycle === said.cycle && seq > said.seq)) continue;
      const reason = said.reason ?? 'sales-qualified';
      const [friction, gap] = [said.friction, said.contentGap].map((text) => (text ?? '').trim() !== '');
      add(counts, `${reason}/all`);
      if (friction) add(counts, `${reason}/friction`);
      if (gap) add(counts, `${reason}/gap`);
      if (friction || gap) add(counts, `${reason}/either`);
    }
  }
  return counts;
}

/** Disputes opened in `[from, to)`, by what became of them. */
export function plainDisputes(leads: readonly ToldLead[], from: number, to: number): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const events of real(leads)) {
    const ends = [...all(events, 'dispute-resolved')];
    for (const opened of all(events, 'dispute-opened')) {
      const end = ends.shift();
      if (opened.at < from || opened.at >= to) continue;
      add(counts, end?.decision ?? 'open');
      if (end && end.decision !== 'lead-closed') add(counts, 'ms', end.at - opened.at);
    }
  }
  return counts;
}

/** `first-response/tier/1` → how often it fired in `[from, to)`; `…/moved`, `…/skipped`, `…/acknowledged`: of those. */
export function plainEscalations(leads: readonly ToldLead[], from: number, to: number): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const events of real(leads)) {
    for (const fired of events) {
      if (fired.at < from || fired.at >= to) continue;
      if (fired.type === 'warning-fired') add(counts, `${fired.clock}/warning/${fired.point}`);
      if (fired.type !== 'tier-fired') continue;
      const name = `${fired.clock}/tier/${fired.tier}`;
      add(counts, name);
      if (fired.skipped) add(counts, `${name}/skipped`);
      if (fired.reassigned === true) add(counts, `${name}/moved`);
      const isHeard = all(events, 'tier-acknowledged').some(
        ({ clock, n, clockCycle, tier }) =>
          clock === fired.clock && n === fired.n && clockCycle === fired.clockCycle && tier === fired.tier,
      );
      if (isHeard) add(counts, `${name}/acknowledged`);
    }
  }
  return counts;
}

/** Open leads by age in whole days as of an instant, and those untouched for five days. */
export function plainAgeing(leads: readonly ToldLead[], asOf: number): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const events of real(leads)) {
    const last = events.findLast((event) =>
      ['handed-off', 'excluded', 'accepted', 'closed', 'woken', 'reopened', 'opportunity-updated'].includes(event.type),
    )!;
    if (!['handed-off', 'accepted', 'woken', 'reopened'].includes(last.type)) continue;
    const begun = events.findLast((event) => event.type === 'handed-off' || event.type === 'woken')!;
    const days = Math.floor((asOf - begun.at) / DAY_MS);
    add(counts, days < 1 ? '0' : days < 3 ? '1' : days < 7 ? '3' : days < 14 ? '7' : days < 30 ? '14' : '30');
    const touched = humanTouches(events)
      .filter(({ seq }) => seq > begun.seq)
      .map(({ touchedAt }) => touchedAt);
    if (asOf - Math.max(begun.at, ...touched) >= 5 * DAY_MS) add(counts, 'idle');
  }
  return counts;
}

/** `first-response/rep-east-1` → open time that went by with that owner, of clocks that ended in `[from, to)`. */
export function plainTimes(leads: readonly ToldLead[], from: number, to: number): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const events of real(leads)) {
    for (const started of all(events, 'clock-started')) {
      const endsAt = endOf(events, started);
      if (endsAt === undefined || endsAt < from || endsAt >= to) continue;
      for (const { owner, ms } of heldTimes(events, started, endsAt)) {
        if (ms > 0) add(sums, `${started.clock}/${started.party === 'sales' ? (owner ?? 'none') : 'none'}`, ms);
      }
    }
  }
  return sums;
}

function endOf(events: Events, { clock, n, clockCycle }: Of<'clock-started'>): number | undefined {
  let endsAt: number | undefined;
  for (const event of events) {
    if (!('clockCycle' in event) || event.clock !== clock || event.n !== n || event.clockCycle !== clockCycle) continue;
    if (event.type === 'clock-met' || event.type === 'clock-completed-late') endsAt = event.completedAt;
    if (event.type === 'clock-corrected') endsAt = event.completedAt;
    if (event.type === 'clock-cancelled') endsAt = event.at;
    if (event.type === 'clock-reopened') endsAt = undefined;
  }
  return endsAt;
}

/** Each holder's open time on that holder's own calendar, or on the clock's, outside rests. */
function heldTimes(events: Events, started: Of<'clock-started'>, endsAt: number) {
  const holdings = events.filter(
    (event): event is Of<'handed-off' | 'owner-changed' | 'woken'> =>
      event.type === 'handed-off' || event.type === 'owner-changed' || event.type === 'woken',
  );
  const rests = started.party === 'sales' ? restsIn(events) : [];
  const fixed = agreement.clocks[started.clock]!.calendar;
  return holdings.map(({ at, holder }, index) => {
    const calendar = fixed ?? holder.calendar ?? agreement.defaultCalendar;
    const start = Math.max(index === 0 ? -Infinity : at, started.startedAt);
    const end = Math.min(holdings[index + 1]?.at ?? Infinity, endsAt);
    if (start >= end) return { owner: holder.owner, ms: 0 };
    const windows = windowsOf(agreement.calendarKeys[calendar]!, agreement.calendars[calendar]!, start, end);
    return { owner: holder.owner, ms: openTimeBetween(windows, start, end, rests) };
  });
}

/** Whenever a pause, a dispute that pauses, or both lasted. */
function restsIn(events: Events): [number, number][] {
  const rests: [number, number][] = [];
  const since = new Map<string, number>();
  for (const event of events) {
    if (event.type === 'paused') since.set('pause', event.at);
    if (event.type === 'dispute-opened' && event.pauses) since.set('dispute', event.at);
    const ended = event.type === 'pause-ended' ? 'pause' : event.type === 'dispute-resolved' ? 'dispute' : undefined;
    const from = ended && since.get(ended);
    if (ended === undefined || from === undefined) continue;
    rests.push([from, event.at]);
    since.delete(ended);
  }
  return [...rests, ...[...since.values()].map((from): [number, number] => [from, Infinity])];
}

const hourOfNewYork = new Intl.DateTimeFormat('en', {
  timeZone: 'America/New_York',
  weekday: 'short',
  hour: '2-digit',
  hourCycle: 'h23',
});

/** `Mon, 09` → how many leads of `[from, to)` were handed off in that hour of the week, as New York's clocks show it. */
export function plainHours(leads: readonly ToldLead[], from: number, to: number): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [origin] of real(leads)) {
    if (origin?.type === 'handed-off' && origin.at >= from && origin.at < to)
      add(counts, hourOfNewYork.format(origin.at));
  }
  return counts;
}

const BIN_MINUTES = [5, 15, 30, 60, 120, 240, 480, Infinity];

/** Leads of `[from, to)` by how fast they were answered: a count for each bin, then the unanswered, then the left out. */
export function plainSpeed(leads: readonly ToldLead[], from: number, to: number): readonly number[] {
  const counts = Array.from({ length: BIN_MINUTES.length + 2 }, () => 0);
  for (const events of real(leads)) {
    const [origin] = events;
    if (origin?.type !== 'handed-off' || origin.at < from || origin.at >= to) continue;
    counts[binOf(events)]! += 1;
  }
  return counts;
}

function binOf(events: Events): number {
  const isUpheld = all(events, 'dispute-resolved').some(({ decision }) => decision === 'upheld');
  const isTouched = humanTouches(events).length > 0;
  const isRejected = all(events, 'rejected').some(({ cycle }) => cycle === 1);
  if (isUpheld || (isRejected && !isTouched)) return BIN_MINUTES.length + 1;
  const started = all(events, 'clock-started').find(({ clock, n, clockCycle }) => {
    return clock === 'first-response' && n === 1 && clockCycle === 1;
  })!;
  const isMet = events.some((event) => {
    const ends = ['clock-met', 'clock-completed-late', 'clock-corrected'].includes(event.type);
    return ends && 'clockCycle' in event && event.clock === 'first-response' && event.clockCycle === 1 && event.n === 1;
  });
  const endsAt = isMet ? endOf(events, started) : undefined;
  if (endsAt === undefined) return BIN_MINUTES.length;
  const usedMs = heldTimes(events, started, endsAt).reduce((sum, { ms }) => sum + ms, 0);
  return BIN_MINUTES.findIndex((minutes) => usedMs <= minutes * 60_000);
}
