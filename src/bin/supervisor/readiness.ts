import { Connection } from '@temporalio/client';
import { taskQueue } from '../../../workflows/messages.js';
import type { LeashedProcess } from '../../embedded/leashed-process.js';

const ANSWER_WITHIN_MS = 5_000;

/** Whether the API says of itself that it can take a lead. */
export async function isApiReady(apiUrl: string): Promise<boolean> {
  try {
    return (await fetch(`${apiUrl}/readyz`, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) })).ok;
  } catch {
    return false;
  }
}

/** Whether this very worker asks Temporal for work; Temporal still lists those that died for some minutes. */
export async function isWorkerPolling(address: string, namespace: string, worker: LeashedProcess): Promise<boolean> {
  const connection = Connection.lazy({ address });
  try {
    const { pollers } = await connection.withDeadline(Date.now() + ANSWER_WITHIN_MS, () =>
      connection.workflowService.describeTaskQueue({ namespace, taskQueue: { name: taskQueue }, taskQueueType: 1 }),
    );
    return pollers.some(({ identity }) => identity?.startsWith(`${worker.pid}@`));
  } catch {
    return false;
  } finally {
    await connection.close();
  }
}
