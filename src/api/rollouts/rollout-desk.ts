import type { Actor } from '../../domain/access/audit-entry.js';
import type { Instant } from '../../domain/business-time/index.js';
import type {
  RolloutOrdered,
  RolloutStart,
  RolloutStore,
  RolloutToStart,
  RolloutWorkflows,
} from '../../domain/rollout/ports.js';
import type { RolloutOrder } from '../../domain/rollout/rollout.js';
import type { Log } from '../log.js';
import { within } from '../within.js';

export interface RolloutDeskParts {
  readonly rollouts: RolloutStore;
  readonly workflows: RolloutWorkflows;
  readonly log: Log;
}

/** How many have been told of what was ordered, and how many could not be. */
export interface ToldCount {
  readonly arrivedCount: number;
  readonly failedCount: number;
}

const PAGE_SIZE = 50;
/** A caller waits no longer for Temporal; what is stored will be told. */
const TELL_MS_MAX = 1_000;

/** Orders are stored first; that the rollout's workflow hears of them is tried at once, and again by the relay. */
export class RolloutDesk {
  constructor(private readonly parts: RolloutDeskParts) {}

  async start(rollout: RolloutToStart, actor: Actor): Promise<RolloutStart> {
    const started = await this.parts.rollouts.start(rollout, actor);
    if (started.kind === 'started') await within(TELL_MS_MAX, this.#tell(rollout.id), false);
    return started;
  }

  async order(id: string, order: RolloutOrder, actor: Actor, at: Instant): Promise<RolloutOrdered> {
    const ordered = await this.parts.rollouts.order(id, order, actor, at);
    if (ordered.kind === 'ordered') await within(TELL_MS_MAX, this.#tell(id), false);
    return ordered;
  }

  /** Tells of what was ordered longer ago and has not been heard of. */
  async tellUntold(olderThanMs: number): Promise<ToldCount> {
    const ids = await this.parts.rollouts.listUntold(olderThanMs, PAGE_SIZE);
    const told = await Promise.all(ids.map((id) => this.#tell(id)));
    return { arrivedCount: told.filter(Boolean).length, failedCount: told.filter((was) => !was).length };
  }

  async #tell(id: string): Promise<boolean> {
    try {
      await this.parts.workflows.nudge(id);
      await this.parts.rollouts.markTold(id);
      return true;
    } catch (error) {
      this.parts.log.warn({ rolloutId: id, err: error }, 'the rollout is stored but its workflow has not heard of it');
      return false;
    }
  }
}
