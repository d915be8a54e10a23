import { ApplicationFailure, workflowInfo } from '@temporalio/workflow';
import { scriptedTimeRefused, taskQueue, type LeadInput } from './messages.js';

type Timing = Pick<LeadInput, 'clockOffsetMs' | 'isNotifiedByScript'>;

/**
 * A lead or review of the product lives in its own time; only workers of scenarios and tests, on queues of their own,
 * take one whose time is set by a script.
 * @throws ApplicationFailure, which ends the workflow, on the product's own task queue
 */
export function requireOwnTime({ clockOffsetMs = 0, isNotifiedByScript = false }: Timing): void {
  if (clockOffsetMs === 0 && !isNotifiedByScript) return;
  const { taskQueue: queue, workflowId } = workflowInfo();
  if (queue !== taskQueue) return;
  throw ApplicationFailure.nonRetryable(
    `${workflowId} lives in a scenario's time, which the queue ${taskQueue} refuses; run it by handoff scenario test --live`,
    scriptedTimeRefused,
  );
}
