import type { Instant } from '../../business-time/index.js';
import type { Refusal } from '../commands.js';
import type { Draft } from '../draft.js';
import { startClock, type Reach } from '../milestones.js';
import { refuse } from './refuse.js';

interface WithNextStep {
  readonly at: Instant;
  readonly nextStepAt?: Instant;
}

/** A next step lies after `at` and at most `nextStep.furthest` ahead (spec C13). */
export function nextStepRefusal(draft: Draft, { at, nextStepAt }: WithNextStep): Refusal | undefined {
  if (nextStepAt === undefined) return undefined;
  const latestAt = at + draft.terms.nextStep.furthestMs;
  if (nextStepAt > at && nextStepAt <= latestAt) return undefined;
  return refuse('next-step-out-of-range', { nextStepAt, laterThanAt: at, latestAt });
}

/**
 * A status or human touch before a planned number starts it at once, or plans it anew (spec C13). A touch that happened
 * before the plan was made does not undo it, unless it brings another plan.
 */
export function replanNumbers(draft: Draft, at: Instant, { nextStepAt }: Reach): void {
  for (const [clock, { startsAt, madeAt }] of Object.entries(draft.state.plannedNumbers)) {
    if (at >= startsAt) continue;
    const promise = draft.terms.clocks[clock];
    if (nextStepAt !== undefined) {
      draft.emit({ type: 'number-planned', clock, startsAt: nextStepAt, madeAt: Math.max(at, madeAt) });
    } else if (promise && at >= madeAt) {
      startClock(draft, clock, promise, at);
    }
  }
}
