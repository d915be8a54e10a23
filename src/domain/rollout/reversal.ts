/**
 * A version of an agreement brought to the leads that run: what a rollout is, what it may do in which standing, and how
 * one lead is put back. No transport, no table and no clock lives here, and nothing that decides a lead's course.
 */
import type { AgreementRef } from '../agreement/index.js';
import type { EventOf, EventType, LeadEvent } from '../lifecycle/events.js';
import { foldLead } from '../lifecycle/evolve.js';
import type { Clock, FormerClock } from '../sla/clock.js';

/** How a rollout is undone on one lead. */
export type Reversal =
  | {
      readonly kind: 'restorable';
      readonly agreement: AgreementRef;
      readonly appliedSeq: number;
      readonly clocks: readonly FormerClock[];
    }
  /** `by` is the first thing that happened: by the rollout itself or since. */
  | { readonly kind: 'acted-on'; readonly by: EventType; readonly seq: number }
  /** The ledger has nothing of that command. */
  | { readonly kind: 'not-applied' };

/** What a rollout may do to a lead and still be undone: give it other terms. */
const undoable: readonly EventType[] = ['agreement-applied', 'clock-replanned'];

/**
 * How the lead comes back to where it was before the command of a rollout, if nothing has happened since: neither by
 * the rollout (a clock breached or cancelled, a warning or tier fired) nor by anybody else.
 */
export function reversalOf(story: readonly LeadEvent[], commandId: string): Reversal {
  const first = story.findIndex((event) => event.commandId === commandId);
  if (first < 0) return { kind: 'not-applied' };
  const since = story.slice(first);
  const act = since.find((event) => event.commandId !== commandId || !undoable.includes(event.type));
  if (act) return { kind: 'acted-on', by: act.type, seq: act.seq };
  const before = foldLead(story.slice(0, first));
  const replanned = since.filter((event) => event.type === 'clock-replanned');
  return {
    kind: 'restorable',
    agreement: before.agreement,
    appliedSeq: since.at(-1)!.seq,
    clocks: replanned.map((event) => formerClock(clockOf(before.clocks, event), zoneReleaseOf(story, event))),
  };
}

const clockOf = (clocks: readonly Clock[], event: EventOf<'clock-replanned'>): Clock =>
  clocks.find(({ name, n, cycle }) => name === event.clock && n === event.n && cycle === event.clockCycle)!;

function formerClock(clock: Clock, zoneRelease: string): FormerClock {
  const { name, n, cycle, targetMs, terms, untilChangedAtSeq } = clock;
  return {
    clock: name,
    n,
    clockCycle: cycle,
    targetMs,
    terms,
    zoneRelease,
    plan: clock.verdict === 'pending' ? clock.plan : null,
    ...(untilChangedAtSeq !== undefined && { untilChangedAtSeq }),
  };
}

/** By which the plan was made that comes back. */
function zoneReleaseOf(story: readonly LeadEvent[], { seq, clock, n, clockCycle }: EventOf<'clock-replanned'>): string {
  const planned = story.findLast(
    (event): event is EventOf<'clock-started' | 'clock-replanned'> =>
      event.seq < seq &&
      (event.type === 'clock-started' || event.type === 'clock-replanned') &&
      event.clock === clock &&
      event.n === n &&
      event.clockCycle === clockCycle,
  );
  return planned!.zoneRelease;
}
