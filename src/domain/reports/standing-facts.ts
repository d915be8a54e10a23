import type { Instant } from '../business-time/index.js';
import { openStages, type Stage } from '../lifecycle/stage.js';
import { holderOf, type LeadState } from '../lifecycle/state.js';
import { isOpenClock } from '../sla/clock.js';
import { isHumanTouch } from '../sla/touches.js';
import type { HeldBy } from './holding-facts.js';

/** How a lead stands now: with whom, since when, and how long nobody has touched it. */
export interface StandingFacts {
  /** In `mql` or `sal`: somebody has to do something about it. */
  readonly isOpen: boolean;
  readonly stage: Stage;
  readonly cycle: number;
  /** Whoever has it at present. */
  readonly heldBy: HeldBy;
  /** The hand-off, later the waking. */
  readonly startedAt: Instant;
  /** When an open lead came to its stage. */
  readonly enteredAt: Instant;
  /** Of this cycle, by a person; null: untouched. */
  readonly lastTouchedAt: Instant | null;
  /** Paused, or in dispute. */
  readonly isResting: boolean;
  /** Sales clocks that are breached and still wait for what was promised, and since when the first of them does. */
  readonly overdueCount: number;
  readonly overdueAt: Instant | null;
}

/** How a lead stands as its events leave it. */
export function standingFacts(state: LeadState): StandingFacts {
  const { owner, team } = holderOf(state);
  const overdue = state.clocks.flatMap((clock) =>
    clock.party === 'sales' && clock.verdict === 'breached' && isOpenClock(clock) ? [clock.dueAt] : [],
  );
  return {
    isOpen: openStages.includes(state.stage),
    stage: state.stage,
    cycle: state.cycle,
    heldBy: { owner, team },
    startedAt: state.cycleStartedAt,
    enteredAt: enteredAt(state),
    lastTouchedAt: state.touches.filter(isHumanTouch).reduce<Instant | null>(later, null),
    isResting: state.pause !== null || state.dispute !== null,
    overdueCount: overdue.length,
    overdueAt: overdue.length === 0 ? null : Math.min(...overdue),
  };
}

const later = (latest: Instant | null, { touchedAt }: { readonly touchedAt: Instant }): Instant =>
  Math.max(latest ?? touchedAt, touchedAt);

const enteredAt = ({ stage, cycleStartedAt, acceptedAt, closedAt }: LeadState): Instant =>
  (stage === 'mql' ? cycleStartedAt : stage === 'sal' ? acceptedAt : closedAt) ?? cycleStartedAt;
