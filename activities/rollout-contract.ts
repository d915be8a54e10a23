/** The contract of rollouts, between their workflow and the activity that it asks. Types only. */
import type { DurationMs, Instant } from '../src/domain/business-time/index.js';
import type { Rollout } from '../src/domain/rollout/rollout.js';

/** Which rollout, and in which workspace its rows lie. */
export interface RolloutPlace {
  readonly workspace: string;
  readonly rolloutId: string;
}

/** A rollout as a batch leaves it. */
export interface RolloutProgress {
  readonly rollout: Rollout;
  /** Leads that still have their turn before them. */
  readonly leftCount: number;
  /** Null while it does not go on. */
  readonly expectedEndAt: Instant | null;
  /** The next batch begins so much later; the rate allows no less. */
  readonly waitMs: DurationMs;
}

export interface RolloutActivities {
  /** Gives the next leads their turn, as the rollout is ordered by now; ends it when none is left. */
  rollOutBatch(place: RolloutPlace): Promise<RolloutProgress>;
}
