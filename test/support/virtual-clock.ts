import type { Client } from '@temporalio/client';
import { msToTs, tsToMs } from '@temporalio/common/lib/time.js';
import type { Instant } from '../../src/domain/business-time/index.js';
import { leadWorkflowId } from '../../workflows/messages.js';

/** More than any test skips: the server's own limit is 200 a session. */
const SKIP_COUNT_MAX = 100_000;
const polled = { completed: 2, failed: 3 } as const;

/**
 * The clock of one lead's workflow on a server that can skip time. It only goes forward: timers on the way fire in
 * order at their own instants, and from there on it keeps pace with the wall.
 */
export class VirtualClock {
  #advanceCount = 0;
  readonly #execution: { readonly workflowId: string };

  constructor(
    private readonly client: Client,
    leadId: string,
  ) {
    this.#execution = { workflowId: leadWorkflowId(leadId) };
  }

  async now(): Promise<Instant> {
    const { workflowExtendedInfo } = await this.client.workflowService.describeWorkflowExecution({
      namespace: this.client.options.namespace,
      execution: this.#execution,
    });
    const skipped = workflowExtendedInfo?.timeSkippingInfo?.currentTime;
    return skipped ? tsToMs(skipped) : Date.now();
  }

  /** Returns when the workflow's clock shows `at`; at once if it is later than that. */
  async advanceTo(at: Instant): Promise<void> {
    const aheadMs = at - (await this.now());
    if (aheadMs <= 0) return;
    this.#advanceCount += 1;
    const id = `advance-${this.#advanceCount}-to-${at}`;
    await this.#skip({ fastForwardConfig: { id, duration: msToTs(aheadMs) } });
    await this.#untilSkipped(id);
  }

  /** From now on every wait is skipped until the workflow ends. */
  async runToEnd(): Promise<void> {
    await this.#skip({});
  }

  async #skip(how: {
    readonly fastForwardConfig?: { id: string; duration: ReturnType<typeof msToTs> };
  }): Promise<void> {
    await this.client.workflowService.updateWorkflowExecutionOptions({
      namespace: this.client.options.namespace,
      workflowExecution: this.#execution,
      workflowExecutionOptions: { timeSkippingConfig: { enabled: true, maxSessionSkipCount: SKIP_COUNT_MAX, ...how } },
      updateMask: { paths: ['time_skipping_config'] },
    });
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
