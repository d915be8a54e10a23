import type { AgreementTerms } from '../../src/domain/agreement/index.js';
import type { DurationMs, Instant } from '../../src/domain/business-time/index.js';
import { evolve, foldLead } from '../../src/domain/lifecycle/evolve.js';
import type { ClockId, EventOf, LeadEvent } from '../../src/domain/lifecycle/events.js';
import { nextDue } from '../../src/domain/lifecycle/next-due.js';
import type { Run } from '../../src/domain/lifecycle/run.js';
import { holderOf, isClosed, isPaused, type LeadState } from '../../src/domain/lifecycle/state.js';
import { dueAtOf, isOpenClock, type Clock } from '../../src/domain/sla/clock.js';
import type { Told } from './world.js';
import { windowsOf } from './world.js';

/** Throws, with what was found, if something holds that must never hold. */
function never(condition: boolean, text: string, found?: unknown): void {
  if (condition) throw new Error(found === undefined ? text : `${text}: ${JSON.stringify(found)}`);
}

const nameOf = ({ clock, n, clockCycle }: ClockId): string => `${clock} ${n} of cycle ${clockCycle}`;
const idOf = ({ name, n, cycle }: Clock): string => nameOf({ clock: name, n, clockCycle: cycle });
const clocksOf = (state: LeadState | undefined): ReadonlyMap<string, Clock> =>
  new Map((state?.clocks ?? []).map((clock) => [idOf(clock), clock]));

/** Holds after every step: the ledger and the state are the same story, also after a journey through JSON. */
export function foldsToItsState({ events, state }: Run): void {
  const read = JSON.parse(JSON.stringify(events)) as LeadEvent[];
  const folded = JSON.stringify(foldLead(read));
  never(folded !== JSON.stringify(state), 'the ledger folds to another state');
  never(JSON.stringify(JSON.parse(folded)) !== folded, 'the state is another one after JSON');
}

/** Everything that a finished story must obey. */
export function obeysTheLaws({ run, terms }: Told): void {
  let state: LeadState | undefined;
  const heirs: Heirs = { movedAt: null };
  for (const [index, event] of run.events.entries()) {
    never(event.seq !== index + 1, 'sequence numbers have a gap', event);
    never(state !== undefined && event.at < state.appliedAt, 'time runs backwards', event);
    const next = evolve(state, event);
    verdictsStay(state, next, event);
    if (state) {
      tiersAreInOrder(state, event);
      warningsComeBeforeTheDueInstant(state, event);
      pausedClocksRest(state, event);
      heirsAreInnocent(state, event, heirs);
    }
    state = next;
  }
  openTimeIsConserved(run.events, terms);
  neverForgotten(run);
}

const ends: Readonly<Record<Clock['verdict'], readonly Clock['verdict'][]>> = {
  pending: ['pending', 'paused', 'met', 'breached', 'cancelled'],
  paused: ['pending', 'paused', 'met', 'cancelled'],
  breached: ['breached'],
  met: ['met'],
  cancelled: ['cancelled'],
};

/** Verdicts are final, save for a correction; nothing is met after its due instant or before its start. */
function verdictsStay(before: LeadState | undefined, after: LeadState, event: LeadEvent): void {
  const known = clocksOf(before);
  for (const clock of after.clocks) {
    const was = known.get(idOf(clock));
    const corrects = event.type === 'clock-corrected' && was?.verdict === 'breached' && clock.verdict === 'met';
    // A touch that is taken back is judged anew.
    if (event.type === 'clock-reopened') continue;
    never(was !== undefined && !corrects && !ends[was.verdict].includes(clock.verdict), 'a verdict changed', event);
    const keeps = was !== undefined && ['met', 'breached', 'cancelled'].includes(was.verdict) && !corrects;
    never(keeps && dueAtOf(was) !== dueAtOf(clock), 'a due instant changed after the verdict', event);
    if (clock.verdict !== 'met') continue;
    never(clock.dueAt !== null && clock.completedAt > clock.dueAt, 'a clock was met after it was due', clock);
    never(clock.completedAt < clock.startedAt, 'a clock was met before it started', clock);
  }
}

/** Tiers fire once, in order, while the clock waits, and after its breach if they wait for that. */
function tiersAreInOrder(state: LeadState, event: LeadEvent): void {
  if (event.type !== 'tier-fired') return;
  const clock = clocksOf(state).get(nameOf(event));
  never(!clock || !isOpenClock(clock), 'a tier fired for a clock that has ended', event);
  const above = clock!.tiers[clock!.tiers.length - 1];
  never(event.tier !== (above?.tier ?? 0) + 1, 'a tier was left out or fired twice', event);
  never(event.at < event.plannedAt, 'a tier fired before its instant', event);
  never(above !== undefined && event.plannedAt < above.at, 'a tier was planned before the one above it', event);
  const plan = clock!.verdict === 'pending' || clock!.verdict === 'breached' ? clock!.plan.tiers[event.tier - 1] : null;
  never(plan?.on === 'breach' && clock!.verdict !== 'breached' && !above?.skipped, 'a tier did not wait', event);
  never(event.skipped !== (event.to.length === 0), 'skipped means that nobody is left', event);
  never(above?.skipped === true && event.plannedAt !== above.at, 'a tier waited after a skipped one', event);
}

function warningsComeBeforeTheDueInstant(state: LeadState, event: LeadEvent): void {
  if (event.type !== 'warning-fired') return;
  const clock = clocksOf(state).get(nameOf(event));
  never(clock?.verdict !== 'pending', 'a clock warned that does not run', event);
  never(clock!.warned.includes(event.point), 'a clock warned twice', event);
  never(event.at >= event.dueAt || event.at < event.plannedAt, 'a warning came at the wrong time', event);
  never(event.at <= clock!.startedAt, 'a warning came at the start', event);
}

/** While sales clocks rest, none of them warns, breaches or climbs. */
function pausedClocksRest(state: LeadState, event: LeadEvent): void {
  if (event.type !== 'warning-fired' && event.type !== 'tier-fired' && event.type !== 'clock-breached') return;
  const clock = clocksOf(state).get(nameOf(event))!;
  never(clock.party === 'sales' && isPaused(state), 'a resting clock did something', event);
  const hasEnded = isClosed(state) && clock.party === 'sales' && !['feedback', 'odd'].includes(clock.name);
  // What a command judges anew is no work of the clock's own.
  never(hasEnded && event.commandId === undefined, 'a sales clock went on after the closing', event);
}

interface Heirs {
  movedAt: Instant | null;
}

/** A ladder moves the lead once per instant, and to nobody who let a sales clock of this cycle breach. */
function heirsAreInnocent(state: LeadState, event: LeadEvent, heirs: Heirs): void {
  if (event.type !== 'owner-changed' || event.cause !== 'ladder') return;
  const { owner, team } = event.holder;
  const culprits = state.clocks.filter(
    (clock) => clock.verdict === 'breached' && clock.cycle === state.cycle && clock.party === 'sales',
  );
  never(
    culprits.some((clock) => clock.verdict === 'breached' && clock.heldBy === owner),
    'a culprit inherits',
    event,
  );
  never(owner === holderOf(state).owner || team !== holderOf(state).team, 'the wrong person inherits', event);
  never(heirs.movedAt === event.at, 'a ladder moved the lead twice in one instant', event);
  heirs.movedAt = event.at;
}

/** No lead is forgotten: it is done with, or something waits for somebody or for an instant. */
function neverForgotten({ state, events }: Run): void {
  const waits = nextDue(state) !== undefined || state.clocks.some(isOpenClock) || state.pause !== null;
  // Reopening starts what acceptance starts; an agreement need not have any of that.
  const mayWaitForNothing = state.dispute !== null || events.some(({ type }) => type === 'reopened');
  never(!isClosed(state) && !waits && !mayWaitForNothing, 'an open lead waits for nothing');
  never(state.rest !== null && nextDue(state) === undefined, 'a resting lead never wakes');
  never(isClosed(state) && (isPaused(state) || Object.keys(state.plannedNumbers).length > 0), 'closed, and yet busy');
}

interface Stretch {
  readonly from: Instant;
  readonly until: Instant;
}

/**
 * The open time between a clock's start and its due instant is its target, counted anew from the ledger: each owner's
 * time on that owner's calendar, outside pauses, whatever was planned on the way. Where nothing was left, the change
 * that found so is the due instant, and more than the target may have been used.
 */
function openTimeIsConserved(events: readonly LeadEvent[], terms: ReadonlyMap<string, AgreementTerms>): void {
  const plans = new Map<string, EventOf<'clock-started'> | EventOf<'clock-replanned'>>();
  const parties = new Map<string, EventOf<'clock-started'>>();
  for (const event of events) {
    if (event.type === 'clock-started') parties.set(nameOf(event), event);
    if (event.type === 'clock-reopened') {
      plans.set(nameOf(event), { ...plans.get(nameOf(event))!, plan: event.plan });
    }
    if (event.type !== 'clock-started' && event.type !== 'clock-replanned') continue;
    if (event.type === 'clock-replanned' && event.cause === 'acknowledged') continue;
    plans.set(nameOf(event), event);
  }
  const last = events[events.length - 1]!;
  const record = endOf(events);
  for (const [name, planned] of plans) {
    const clock = record.get(name)!;
    const dueAt = dueAtOf(clock);
    if (dueAt === null || planned.plan === null) continue;
    const started = parties.get(name)!;
    const usedMs = usedOf(untilVerdict(events, name), started, planned, dueAt, terms);
    const found = { name, usedMs, targetMs: planned.targetMs, dueAt, startedAt: started.startedAt, last: last.at };
    const pinned = events.some((event) => event.at === dueAt && event.type === 'clock-replanned');
    never(pinned ? usedMs < planned.targetMs : usedMs !== planned.targetMs, 'open time was lost or won', found);
  }
}

const verdictTypes: readonly LeadEvent['type'][] = ['clock-met', 'clock-breached', 'clock-cancelled'];

/** The story as far as it can move a clock's due instant: up to its verdict, or to the last if it was judged anew. */
function untilVerdict(events: readonly LeadEvent[], name: string): readonly LeadEvent[] {
  const reopened = events.findLastIndex((event) => event.type === 'clock-reopened' && nameOf(event) === name);
  const index = events.findIndex(
    (event, place) =>
      place > reopened && verdictTypes.includes(event.type) && nameOf(event as EventOf<'clock-met'>) === name,
  );
  return index < 0 ? events : events.slice(0, index);
}

/** Each clock as it stood last. */
function endOf(events: readonly LeadEvent[]): ReadonlyMap<string, Clock> {
  const record = new Map<string, Clock>();
  let state: LeadState | undefined;
  for (const event of events) {
    state = evolve(state, event);
    for (const clock of state.clocks) record.set(idOf(clock), clock);
  }
  return record;
}

function usedOf(
  events: readonly LeadEvent[],
  started: EventOf<'clock-started'>,
  planned: { readonly terms: EventOf<'clock-started'>['terms'] },
  dueAt: Instant,
  terms: ReadonlyMap<string, AgreementTerms>,
): DurationMs {
  const pauses = started.party === 'sales' ? restsIn(events) : [];
  const cuts = new Set([started.startedAt, dueAt]);
  for (const event of events) {
    if (event.type === 'owner-changed' || event.type === 'woken') cuts.add(event.at);
  }
  for (const { from } of planned.terms) cuts.add(from);
  const edges = [...cuts].filter((at) => at >= started.startedAt && at <= dueAt).sort((a, b) => a - b);
  let usedMs = 0;
  for (const [index, from] of edges.slice(0, -1).entries()) {
    usedMs += openIn({ from, until: edges[index + 1]! }, events, started, planned.terms, pauses, terms);
  }
  return usedMs;
}

function openIn(
  { from, until }: Stretch,
  events: readonly LeadEvent[],
  { clock, clockCycle }: ClockId,
  segments: EventOf<'clock-started'>['terms'],
  pauses: readonly Stretch[],
  terms: ReadonlyMap<string, AgreementTerms>,
): DurationMs {
  const agreement = terms.get((segments.findLast((segment) => segment.from <= from) ?? segments[0]!).agreement)!;
  const owner = events.findLast(
    (event) =>
      (event.type === 'handed-off' || event.type === 'owner-changed' || event.type === 'woken') &&
      (event.at <= from || (event.type === 'woken' && event.cycle <= clockCycle)),
  ) as EventOf<'handed-off'>;
  const ofHolder = owner.holder.calendar;
  const known = ofHolder !== null && ofHolder in agreement.calendars ? ofHolder : agreement.defaultCalendar;
  const calendar = agreement.calendars[agreement.clocks[clock]!.calendar ?? known]!;
  const { flat } = windowsOf(calendar, from, until);
  let openMs = 0;
  for (let index = 0; index < flat.length; index += 2) {
    openMs += outside(Math.max(flat[index]!, from), Math.min(flat[index + 1]!, until), pauses);
  }
  return openMs;
}

/** The length of `[from, until)` outside pauses that do not overlap each other. */
function outside(from: Instant, until: Instant, pauses: readonly Stretch[]): DurationMs {
  if (from >= until) return 0;
  const restedMs = pauses.map((pause) => Math.max(0, Math.min(until, pause.until) - Math.max(from, pause.from)));
  return until - from - restedMs.reduce((sum, ms) => sum + ms, 0);
}

/** When sales clocks rested, told from the ledger alone. */
function restsIn(events: readonly LeadEvent[]): readonly Stretch[] {
  const rests: Stretch[] = [];
  let [byPause, byDispute, since] = [false, false, 0];
  for (const event of events) {
    const was = byPause || byDispute;
    if (event.type === 'paused') byPause = true;
    if (event.type === 'pause-ended') byPause = false;
    if (event.type === 'dispute-opened') byDispute = event.pauses;
    if (event.type === 'dispute-resolved') byDispute = false;
    const is = byPause || byDispute;
    if (is && !was) since = event.at;
    if (!is && was) rests.push({ from: since, until: event.at });
  }
  return byPause || byDispute ? [...rests, { from: since, until: Number.MAX_SAFE_INTEGER }] : rests;
}
