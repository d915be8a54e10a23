import type { AgreementTerms } from '../agreement/index.js';
import type { Instant } from '../business-time/index.js';
import type { MovedTouch } from '../lifecycle/commands.js';
import { completionOf, isEndedByTouches } from '../lifecycle/completion.js';
import type { StepContext } from '../lifecycle/context.js';
import { withMovedTouch } from '../lifecycle/corrected-touches.js';
import { evolve } from '../lifecycle/evolve.js';
import type { LeadEvent } from '../lifecycle/events.js';
import { clocksIn } from '../lifecycle/record.js';
import type { LeadState } from '../lifecycle/state.js';
import { termsKeyOf } from '../sla/clock-time.js';
import type { Clock } from '../sla/clock.js';
import { isHumanTouch } from '../sla/touches.js';

/** When a clock's milestone was reached after all; undefined: it was not. */
type Reached = { readonly at: Instant | undefined };

/**
 * The clocks that a touch at another instant ends at another instant, by `cycle/name/n`: those of its cycle that touches
 * end, and those that the acceptance ends which a touch implies.
 */
export function milestonesMoved(
  story: readonly LeadEvent[],
  moved: MovedTouch,
  { agreements }: Pick<StepContext, 'agreements'>,
): ReadonlyMap<string, Reached> {
  const cycle = story.find(({ seq }) => seq === moved.touch)?.cycle;
  const [was, is] = [story, withMovedTouch(story, moved)].map((told) => endOfCycle(told, cycle));
  const saidAts = story.flatMap((event) => (event.cycle === cycle && isDecision(event) ? [event.at] : []));
  const clocks = [...clocksIn(story)].filter(([, clock]) => clock.cycle === cycle);
  return new Map(
    clocks.flatMap(([key, clock]) => {
      const [before, after] = [was!, is!].map((state) =>
        reachedBy(state, clock, agreements[termsKeyOf(clock)], saidAts),
      );
      return before === after ? [] : [[key, { at: after }] as const];
    }),
  );
}

/** The clocks that earlier corrections have ended at another instant, or not at all, as the story has them by its end. */
export function milestonesCorrected(story: readonly LeadEvent[]): ReadonlyMap<string, Reached> {
  const reached = new Map<string, Reached>();
  for (const event of story) {
    if (!('clockCycle' in event)) continue;
    const key = `${event.clockCycle}/${event.clock}/${event.n}`;
    const at = reachedIn(event, reached.has(key));
    if (at !== undefined) reached.set(key, { at: at ?? undefined });
  }
  return reached;
}

/** When the event says that the clock's milestone was reached; null: it was not; undefined: it says nothing of it. */
function reachedIn(event: LeadEvent, isCorrected: boolean): Instant | null | undefined {
  if (event.type === 'clock-rejudged') {
    return event.is.completedAt === event.was.completedAt ? undefined : event.is.completedAt;
  }
  if (!isCorrected) return undefined;
  if (event.type === 'clock-reopened') return null;
  return 'completedAt' in event ? event.completedAt : undefined;
}

/** The lead as that cycle leaves it: with all its touches and statuses. */
function endOfCycle(story: readonly LeadEvent[], cycle: number | undefined): LeadState {
  let last: LeadState | undefined;
  let state: LeadState | undefined;
  for (const event of story) {
    state = evolve(state, event);
    if (state.cycle === cycle) last = state;
  }
  return last!;
}

/** @param saidAts when it was accepted or rejected in so many words */
function reachedBy(
  state: LeadState,
  clock: Clock,
  terms: AgreementTerms | undefined,
  saidAts: readonly Instant[],
): Instant | undefined {
  const until = terms?.clocks[clock.name]?.until;
  if (until === undefined) return undefined;
  if (isEndedByTouches(until)) return completionOf(state, until, clock);
  if (until !== 'decided' && until !== 'accepted') return undefined;
  const touchedAts = state.touches.filter(isHumanTouch).map(({ touchedAt }) => touchedAt);
  const ends = [...touchedAts, ...saidAts].filter((at) => at >= clock.startedAt);
  return ends.length === 0 ? undefined : Math.min(...ends);
}

const isDecision = (event: LeadEvent): boolean =>
  event.type === 'rejected' || (event.type === 'accepted' && !event.byImplication);
