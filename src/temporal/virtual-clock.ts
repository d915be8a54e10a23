import { isGrpcServiceError, type Client } from '@temporalio/client';
import { msToTs, tsToMs } from '@temporalio/common/lib/time.js';
import type { Instant } from '../domain/business-time/index.js';

/** More than anybody skips: the server's own limit is 200 a session. */
const SKIP_COUNT_MAX = 100_000;
const polled = { completed: 2, failed: 3 } as const;
const NOT_FOUND = 5;

/**
 * The clock of one workflow on a server that can skip time. It only goes forward: timers on the way fire in
 * order at their own instants, and from there on it keeps pace with the wall.
 */
export class VirtualClock {
  #advanceCount = 0;
  readonly #execution: { readonly workflowId: string };

  constructor(
    private readonly client: Client,
    workflowId: string,
    /** What a workflow shows whose time was never skipped. */
    private readonly wallNow: () => Instant,
  ) {
    this.#execution = { workflowId };
  }

  async now(): Promise<Instant> {
    const { workflowExtendedInfo } = await this.client.workflowService.describeWorkflowExecution({
      namespace: this.client.options.namespace,
      execution: this.#execution,
    });
    const skipped = workflowExtendedInfo?.timeSkippingInfo?.currentTime;
    return skipped ? tsToMs(skipped) : this.wallNow();
  }

  /**
   * Returns when the workflow's clock shows `at`; at once if it is later than that.
   * @throws Error if time cannot be skipped, say because the workflow ends before `at`
   */
  async advanceTo(at: Instant, { isAlone = false }: Company = {}): Promise<void> {
    const aheadMs = at - (await this.now());
    if (aheadMs <= 0) return;
    this.#advanceCount += 1;
    const id = `advance-${this.#advanceCount}-to-${at}`;
    await this.#skip({ fastForwardConfig: { id, duration: msToTs(aheadMs) }, disablePropagation: isAlone });
    await this.#untilSkipped(id);
  }

  /** From now on every wait is skipped until the workflow ends. */
  async runToEnd(): Promise<void> {
    await this.#skip({});
  }

  async #skip(how: Skip): Promise<void> {
    await requestSkip(this.client, this.#execution, how);
  }

  async #untilSkipped(fastForwardId: string): Promise<void> {
    for (;;) {
      const { fastForwardPollingResult, failedReason } =
        await this.client.workflowService.pollWorkflowExecutionTimeSkipping({
          namespace: this.client.options.namespace,
          workflowExecution: this.#execution,
          fastForwardId,
        });
      if (fastForwardPollingResult === polled.completed) return;
      if (fastForwardPollingResult === polled.failed) throw new Error(`time could not be skipped: ${failedReason}`);
    }
  }
}

/** Children begun meanwhile skip time as well, and without an end, unless their parent's clock goes ahead alone. */
export interface Company {
  readonly isAlone?: boolean;
}

interface Skip {
  readonly disablePropagation?: boolean;
  readonly fastForwardConfig?: { id: string; duration: ReturnType<typeof msToTs> };
}

const requestSkip = (client: Client, workflowExecution: { readonly workflowId: string }, how: Skip) =>
  client.workflowService.updateWorkflowExecutionOptions({
    namespace: client.options.namespace,
    workflowExecution,
    workflowExecutionOptions: { timeSkippingConfig: { enabled: true, maxSessionSkipCount: SKIP_COUNT_MAX, ...how } },
    updateMask: { paths: ['time_skipping_config'] },
  });

/**
 * Why the server cannot skip time for this namespace, in its own words; nothing if it can.
 * @throws what keeps the server from answering at all
 */
export async function findSkippingObstacle(client: Client): Promise<string | undefined> {
  try {
    await requestSkip(client, { workflowId: 'nobody-has-this-id' }, {});
    return undefined;
  } catch (error) {
    if (!isGrpcServiceError(error)) throw error;
    // A server that looks for the workflow has understood what is to be done with it.
    return error.code === NOT_FOUND ? undefined : error.details;
  }
}
