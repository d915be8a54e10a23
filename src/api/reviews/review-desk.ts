/**
 * Here lives what the edge does with reviews beside its routes: taking acts, and seeing that workflows hear of them. What
 * an act leads to is decided in the domain, and stored before anybody is told.
 */
import type { Actor } from '../../domain/access/audit-entry.js';
import type { DirectoryStore } from '../../domain/ports.js';
import type { ReviewAct, ReviewOutcome, ReviewStore, ReviewWorkflows } from '../../domain/reviews/index.js';
import type { Log } from '../log.js';
import { within } from '../within.js';

export interface ReviewDeskParts {
  readonly reviews: ReviewStore;
  readonly directory: DirectoryStore;
  readonly workflows: Pick<ReviewWorkflows, 'nudgeReview'>;
  readonly log: Log;
}

/** How many have been told of what was done, and how many could not be. */
interface ToldCount {
  readonly arrivedCount: number;
  readonly failedCount: number;
}

const PAGE_SIZE = 50;
/** A caller waits no longer for Temporal; what is stored will be told. */
const TELL_MS_MAX = 1_000;

/** Acts are stored first; that the review's workflow hears of them is tried at once, and again by the relay. */
export class ReviewDesk {
  constructor(private readonly parts: ReviewDeskParts) {}

  async act(id: string, act: ReviewAct, actor: Actor): Promise<ReviewOutcome> {
    const { people } = await this.parts.directory.read();
    const outcome = await this.parts.reviews.act(id, act, actor, { people: people.map((person) => person.id) });
    if (outcome.kind === 'done') await within(TELL_MS_MAX, this.#tell(id), false);
    return outcome;
  }

  /** Tells of what was done longer ago and has not been heard of. */
  async tellUntold(olderThanMs: number): Promise<ToldCount> {
    const ids = await this.parts.reviews.listUntold(olderThanMs, PAGE_SIZE);
    const told = await Promise.all(ids.map((id) => this.#tell(id)));
    return { arrivedCount: told.filter(Boolean).length, failedCount: told.filter((was) => !was).length };
  }

  /** The workflow itself marks what it has heard of. */
  async #tell(id: string): Promise<boolean> {
    try {
      await this.parts.workflows.nudgeReview(id);
      return true;
    } catch (error) {
      this.parts.log.warn({ reviewId: id, err: error }, 'the review is stored but its workflow has not heard of it');
      return false;
    }
  }
}
