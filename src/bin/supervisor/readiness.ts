import { Connection } from '@temporalio/client';
import { taskQueue } from '../../../workflows/messages.js';

const ANSWER_WITHIN_MS = 5_000;
/** Temporal lists those that died for some minutes; who runs asks again within one. */
const ASKED_WITHIN_MS = 70_000;
const WORKFLOW_TASKS = 1;

/** Whether the API says of itself that it can take a lead. */
export async function isApiReady(apiUrl: string): Promise<boolean> {
  try {
    return (await fetch(`${apiUrl}/readyz`, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) })).ok;
  } catch {
    return false;
  }
}

/** Whether a worker asks Temporal for the work of leads; `isMeant` chooses it by its identity, `<process id>@<host>`. */
export async function isPolling(
  address: string,
  namespace: string,
  isMeant: (identity: string) => boolean,
): Promise<boolean> {
  const connection = Connection.lazy({ address });
  try {
    const { pollers } = await connection.withDeadline(Date.now() + ANSWER_WITHIN_MS, () =>
      connection.workflowService.describeTaskQueue({
        namespace,
        taskQueue: { name: taskQueue },
        taskQueueType: WORKFLOW_TASKS,
      }),
    );
    const recent = Date.now() - ASKED_WITHIN_MS;
    return pollers.some(
      ({ identity, lastAccessTime }) =>
        identity != null && isMeant(identity) && Number(lastAccessTime?.seconds) * 1_000 > recent,
    );
  } catch {
    return false;
  } finally {
    await connection.close();
  }
}
