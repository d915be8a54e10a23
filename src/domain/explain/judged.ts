import type { Instant } from '../business-time/index.js';
import { dueAtOf, isOpenClock } from '../sla/clock.js';
import type { Ground, Judged } from './explanation.js';
import { factOf } from './facts.js';
import type { Trace, Turn } from './traces.js';

/** The verdict and what it rests on. */
export function judgedOf(trace: Trace, say: (at: Instant) => string | null): Judged {
  const { clock } = trace;
  const ending = endingOf(trace);
  const completedAt = 'completedAt' in clock ? (clock.completedAt ?? null) : null;
  const breach = last(trace, 'clock-breached');
  const told = clock.verdict === 'breached' ? breach : ending;
  const recorded = last(trace, 'clock-rejudged') ?? told;
  return {
    verdict: clock.verdict,
    ground: groundOf(trace, ending),
    completedAt,
    local: completedAt === null ? null : say(completedAt),
    overshootMs: clock.verdict === 'breached' ? (clock.overshootMs ?? null) : null,
    recordedAt: isOpenClock(clock) && clock.verdict !== 'breached' ? null : (recorded?.event.at ?? null),
    fact: factOf(ending?.fact),
    cause: ending?.event.type === 'clock-cancelled' ? ending.event.cause : null,
    breachedAt: breach?.event.at ?? null,
  };
}

const last = ({ turns }: Trace, type: Turn['event']['type']): Turn | undefined =>
  turns.findLast(({ event }) => event.type === type);

/** What ended the clock; undefined while it waits, or if the story does not reach back to it. */
function endingOf(trace: Trace): Turn | undefined {
  const { clock } = trace;
  switch (clock.verdict) {
    case 'pending':
    case 'paused':
      return undefined;
    case 'met':
      return last(trace, clock.corrected ? 'clock-corrected' : 'clock-met') ?? lastCompletion(trace);
    case 'cancelled':
      return last(trace, 'clock-cancelled');
    case 'breached':
      if (!clock.ended) return undefined;
      if (clock.ended === 'cancelled') return last(trace, 'clock-cancelled');
      return last(trace, 'clock-completed-late') ?? lastCompletion(trace);
  }
}

/** A clock that was judged anew may have ended by an event that told another verdict. */
const lastCompletion = ({ turns }: Trace): Turn | undefined =>
  turns.findLast(({ event }) => event.type !== 'clock-rejudged' && 'completedAt' in event);

function groundOf({ clock }: Trace, ending: Turn | undefined): Ground {
  switch (clock.verdict) {
    case 'pending':
      return 'still-running';
    case 'paused':
      return 'resting';
    case 'met': {
      const dueAt = dueAtOf(clock);
      const loggedLate = dueAt !== null && ending !== undefined && ending.event.at > dueAt;
      return clock.corrected || loggedLate ? 'logged-late-but-in-time' : 'in-time';
    }
    case 'cancelled':
      return 'lost-its-meaning';
    case 'breached':
      if (!clock.ended) return 'still-awaited';
      return clock.ended === 'completed' ? 'came-late' : 'lost-its-meaning-after-breach';
  }
}
