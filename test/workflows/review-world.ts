import type { WorkflowHandle } from '@temporalio/client';
import type { Instant } from '../../src/domain/business-time/index.js';
import type { ReviewAct, ReviewState } from '../../src/domain/reviews/index.js';
import { reviewSeriesType, reviewSeriesWorkflowId, reviewWorkflowId } from '../../workflows/messages.js';
import { handedOff, passUntil } from '../db/journeys.js';
import { VirtualClock } from '../support/virtual-clock.js';
import { until, type LeadWorld } from './lead-world.js';

const workspace = 'default';

/**
 * The reviews of a world's agreement, in a time that begins in the past: what they look at can then be recorded now, and
 * their periods have ended by the time of the machine, which is that of recording.
 */
export class LiveReviews {
  readonly #clocks = new Map<string, VirtualClock>();

  private constructor(
    private readonly world: LeadWorld,
    readonly series: WorkflowHandle,
    private readonly clockOffsetMs: number,
    private readonly agreement: string,
  ) {}

  /** @param agreement the world's own unless said */
  static async begun(world: LeadWorld, at: Instant, agreement = world.terms.name): Promise<LiveReviews> {
    const clockOffsetMs = at - Date.now();
    const series = await world.client.workflow.start(reviewSeriesType, {
      workflowId: reviewSeriesWorkflowId(workspace, agreement),
      taskQueue: world.taskQueue,
      args: [{ workspace, agreement, clockOffsetMs }],
    });
    return new LiveReviews(world, series, clockOffsetMs, agreement);
  }

  /** A lead that nobody answers, as its ledger has it a week later. */
  static async neglect(world: LeadWorld, leadId: string, at: Instant): Promise<void> {
    const holder = { owner: 'rep-east-1', queue: null, team: 'sdr-east', calendar: 'sales-us-east' };
    const run = handedOff({ leadId, at, agreement: world.terms, externalId: leadId, holder });
    await world.database.ledger.append(leadId, passUntil(run, at + 7 * 86_400_000).events);
  }

  /** The series' clock shows `at`. */
  seriesAt = (at: Instant): Promise<void> => this.#advance(this.series.workflowId, at);

  /** The review's clock shows `at`: whatever it does until then has been done. */
  reviewAt = (reviewId: string, at: Instant): Promise<void> => this.#advance(reviewWorkflowId(workspace, reviewId), at);

  handleOf = (reviewId: string): WorkflowHandle =>
    this.world.client.workflow.getHandle(reviewWorkflowId(workspace, reviewId));

  /** The oldest first. */
  async all(): Promise<readonly ReviewState[]> {
    const reviews = await this.world.database.reviews.list({ agreement: this.agreement, limit: 100 });
    return reviews.toReversed();
  }

  async find(reviewId: string): Promise<ReviewState> {
    return (await this.world.database.reviews.find(reviewId))!;
  }

  /** The review, once it is open and its workflow runs. */
  async opened(name: string, date: string): Promise<ReviewState> {
    const id = `${this.agreement}.${name}.${date}`;
    const isBegun = () =>
      this.handleOf(id)
        .describe()
        .then(Boolean, () => false);
    await until(`the workflow of ${id} has begun`, isBegun);
    return until(`${id} is open`, async () => (await this.all()).find((review) => review.id === id));
  }

  /** Somebody does something, and the review's workflow is told as the API does. */
  async does(reviewId: string, act: ReviewAct): Promise<ReviewState> {
    const people = (await this.world.database.directory.read()).people.map(({ id }) => id);
    const actor = { by: act.by, principal: 'key:k_leader' };
    const outcome = await this.world.database.reviews.act(reviewId, act, actor, { people });
    if (outcome.kind !== 'done') throw new Error(`${act.type}: ${JSON.stringify(outcome)}`);
    await this.handleOf(reviewId).signal('nudge');
    return outcome.review;
  }

  async #advance(workflowId: string, at: Instant): Promise<void> {
    const clock = this.#clocks.get(workflowId) ?? new VirtualClock(this.world.client, workflowId);
    this.#clocks.set(workflowId, clock);
    // Each review has a clock of its own: the test says when its time goes on.
    await clock.advanceTo(at - this.clockOffsetMs, { isAlone: true });
  }
}
