import type { DurationMs, Instant } from '../business-time/index.js';
import { dueAtOf, type Clock, type Verdict } from '../sla/clock.js';
import { rejudged } from '../sla/judgement.js';
import { evolve } from './evolve.js';
import type { EventOf, LeadEvent } from './events.js';
import type { LeadState } from './state.js';

/** A clock as people are shown it, of whichever cycle. */
export interface ClockRecord {
  readonly clock: string;
  readonly n: number;
  readonly cycle: number;
  readonly party: Clock['party'];
  readonly startedAt: Instant;
  readonly targetMs: DurationMs;
  readonly dueAt: Instant | null;
  readonly verdict: Verdict;
  readonly completedAt: Instant | null;
  readonly overshootMs: DurationMs | null;
  readonly corrected: boolean;
}

/** What has become of a lead, over all its cycles. */
export interface LeadRecord {
  readonly state: LeadState;
  /** In the order in which they started. */
  readonly clocks: readonly ClockRecord[];
  readonly escalations: readonly EventOf<'tier-fired'>[];
  readonly warnings: readonly EventOf<'warning-fired'>[];
}

/** Reads a lead's whole story; unlike the state it also keeps the ended clocks of earlier cycles. */
export function leadRecord(events: readonly LeadEvent[]): LeadRecord {
  const { state, clocks } = foldClocks(events);
  if (!state) throw new Error('a lead without events has no record');
  return {
    state,
    clocks: [...clocks.values()].map(recordOf),
    escalations: events.filter((event) => event.type === 'tier-fired'),
    warnings: events.filter((event) => event.type === 'warning-fired'),
  };
}

/** Every clock of a story as the story leaves it, of whichever cycle, by `cycle/name/n`. */
export const clocksIn = (events: readonly LeadEvent[]): ReadonlyMap<string, Clock> => foldClocks(events).clocks;

function foldClocks(events: readonly LeadEvent[]): { readonly state?: LeadState; readonly clocks: Map<string, Clock> } {
  const clocks = new Map<string, Clock>();
  let state: LeadState | undefined;
  for (const event of events) {
    state = evolve(state, event);
    // A clock of an earlier cycle is in the state no more, and is judged anew all the same.
    if (event.type === 'clock-rejudged') rejudgeIn(clocks, event);
    for (const clock of state.clocks) clocks.set(`${clock.cycle}/${clock.name}/${clock.n}`, clock);
  }
  return { ...(state && { state }), clocks };
}

function rejudgeIn(clocks: Map<string, Clock>, event: EventOf<'clock-rejudged'>): void {
  const key = `${event.clockCycle}/${event.clock}/${event.n}`;
  const clock = clocks.get(key);
  if (clock) clocks.set(key, rejudged(clock, event));
}

/** A clock in the words of its users: absent things are null. */
export const recordOf = (clock: Clock): ClockRecord => ({
  clock: clock.name,
  n: clock.n,
  cycle: clock.cycle,
  party: clock.party,
  startedAt: clock.startedAt,
  targetMs: clock.targetMs,
  dueAt: dueAtOf(clock),
  verdict: clock.verdict,
  completedAt: 'completedAt' in clock ? (clock.completedAt ?? null) : null,
  overshootMs: clock.verdict === 'breached' ? (clock.overshootMs ?? null) : null,
  corrected: clock.verdict === 'met' && clock.corrected,
});
