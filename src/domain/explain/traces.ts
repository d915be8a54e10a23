import type { Fields } from '../agreement/index.js';
import { evolve } from '../lifecycle/evolve.js';
import type { ClockId, EventOf, LeadEvent, Signal } from '../lifecycle/events.js';
import type { HolderInterval, LeadState, PauseInterval } from '../lifecycle/state.js';
import { isOpenClock, type Clock } from '../sla/clock.js';
import { rejudged } from '../sla/judgement.js';
import type { Story } from './explanation.js';
import { factBehind } from './facts.js';

/** Who held the lead and when it rested, from its beginning on: the state itself forgets what no clock needs. */
export interface Course {
  readonly holders: readonly HolderInterval[];
  readonly pauses: readonly PauseInterval[];
}

export type ClockEvent = Extract<LeadEvent, ClockId>;

/** An event about one clock, and what brought it about. */
export interface Turn {
  readonly event: ClockEvent;
  readonly fact: LeadEvent | undefined;
}

/** Everything the story has about one clock. */
export interface Trace {
  readonly clock: Clock;
  /** As it was known when the clock last waited for its milestone: what came later concerns it no more. */
  readonly course: Course;
  readonly turns: readonly Turn[];
  /** What was known of the lead at the start; absent if the story does not reach back to it. */
  readonly start?: {
    readonly event: EventOf<'clock-started'>;
    readonly planned: boolean;
    readonly fields: Fields;
    readonly signals: readonly Signal[];
    readonly priority: LeadState['priority'];
  };
}

/** The lead as the story leaves it, with a trace of each clock in the order in which they started. */
export interface Traced {
  readonly state: LeadState;
  readonly traces: readonly Trace[];
}

const keyOf = ({ name, n, cycle }: Clock): string => `${cycle}/${name}/${n}`;
const keyOfId = ({ clock, n, clockCycle }: ClockId): string => `${clockCycle}/${clock}/${n}`;

/** Reads a story once, from its beginning. */
export function traceClocks(story: Story): Traced {
  let traced: Traced | undefined;
  for (const soFar of traceEachEvent(story)) traced = soFar;
  if (!traced) throw new Error('a lead without events cannot be explained');
  return traced;
}

/**
 * The same as of the opening, where there is one, and as of each event in turn. Only what brought an event about may be
 * told by a later one of the same step.
 */
export function* traceEachEvent({ opening, events }: Story): Generator<Traced> {
  const traces = new Map<string, Trace>();
  let course: Course = { holders: opening?.holders ?? [], pauses: opening?.pauses ?? [] };
  for (const clock of opening?.clocks ?? []) follow(traces, clock, course);
  if (opening) yield { state: opening, traces: [...traces.values()] };
  let state = opening;
  for (const [index, event] of events.entries()) {
    const next = evolve(state, event);
    course = courseAfter(course, state, next, event);
    for (const clock of next.clocks) follow(traces, clock, course);
    if (event.type === 'clock-rejudged') judgeAnew(traces, event);
    if (isAboutClock(event)) note(traces, { event, fact: factBehind(events, index) }, state);
    state = next;
    yield { state, traces: [...traces.values()] };
  }
}

const isAboutClock = (event: LeadEvent): event is ClockEvent => 'clockCycle' in event;

function courseAfter(course: Course, before: LeadState | undefined, after: LeadState, event: LeadEvent): Course {
  const gains = event.type === 'handed-off' || event.type === 'owner-changed' || event.type === 'woken';
  const holders = gains ? [...course.holders, { ...event.holder, from: event.at }] : course.holders;
  if (after.pauses === before?.pauses) return { ...course, holders };
  const known = new Set(after.pauses.map(({ from }) => from));
  return { holders, pauses: [...course.pauses.filter(({ from }) => !known.has(from)), ...after.pauses] };
}

/**
 * Takes the clock as it stands now; the course only as long as it waits, or ends just now. One that had ended before the
 * story begins is left out: what was known at its end is not.
 */
function follow(traces: Map<string, Trace>, clock: Clock, course: Course): void {
  const known = traces.get(keyOf(clock));
  if (!known && isOpenClock(clock)) traces.set(keyOf(clock), { clock, course, turns: [] });
  else if (!known) return;
  else if (known.clock !== clock || isOpenClock(clock)) traces.set(keyOf(clock), { ...known, clock, course });
}

/** Also a clock of an earlier cycle, which the state has forgotten; of any other, the same once more. */
function judgeAnew(traces: Map<string, Trace>, event: EventOf<'clock-rejudged'>): void {
  const trace = traces.get(keyOfId(event));
  if (trace) traces.set(keyOfId(event), { ...trace, clock: rejudged(trace.clock, event) });
}

function note(traces: Map<string, Trace>, turn: Turn, before: LeadState | undefined): void {
  const trace = traces.get(keyOfId(turn.event));
  if (!trace) return;
  const turns = [...trace.turns, turn];
  const { event } = turn;
  if (event.type !== 'clock-started' || !before) return void traces.set(keyOfId(event), { ...trace, turns });
  const { fields, signals, priority } = before;
  const planned = event.commandId === undefined && before.plannedNumbers[event.clock]?.startsAt === event.startedAt;
  traces.set(keyOfId(event), { ...trace, turns, start: { event, planned, fields, signals, priority } });
}
