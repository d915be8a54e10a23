import { ApplicationFailure, workflowInfo } from '@temporalio/workflow';
import { scriptedTimeRefused, taskQueue, type LeadInput } from './messages.js';

/**
 * A lead of the product lives in its own time; only workers of scenarios, on queues of their own, take one whose time
 * is set by a script.
 * @throws ApplicationFailure, which ends the workflow, on the product's own task queue
 */
export function requireOwnTime({ leadId, clockOffsetMs = 0, isNotifiedByScript = false }: LeadInput): void {
  if (clockOffsetMs === 0 && !isNotifiedByScript) return;
  if (workflowInfo().taskQueue !== taskQueue) return;
  throw ApplicationFailure.nonRetryable(
    `lead ${leadId} lives in a scenario's time, which the queue ${taskQueue} refuses; run it by handoff scenario test --live`,
    scriptedTimeRefused,
  );
}
