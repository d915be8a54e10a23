import type { Client } from '@temporalio/client';
import { taskQueue } from '../../../workflows/messages.js';
import type { ReadinessCheck } from '../../api/index.js';
import type { Database } from '../../db/index.js';

const ANSWER_WITHIN_MS = 1_500;
/** Temporal lists a worker for minutes after its last word; one that lives asks at least once in this time. */
const POLL_SILENCE_MS_MAX = 90_000;

/** What the API needs to take leads, and what only delays the rest while it is away. */
export const readinessChecks = (database: Database, client: Client): readonly ReadinessCheck[] => [
  { part: 'database', isRequired: true, missing: () => failureOf(database.check()) },
  { part: 'temporal', isRequired: false, missing: () => missingTemporal(client) },
  { part: 'worker', isRequired: false, missing: () => missingWorker(client) },
  { part: 'agreement', isRequired: false, missing: () => missingAgreement(database) },
];

async function failureOf(check: Promise<void>): Promise<string | undefined> {
  try {
    await check;
    return undefined;
  } catch (error) {
    return error instanceof Error && error.message !== '' ? error.message : 'does not answer; see DATABASE_URL';
  }
}

const inTime = <T>(client: Client, ask: () => Promise<T>): Promise<T> =>
  client.withDeadline(Date.now() + ANSWER_WITHIN_MS, ask);

async function missingTemporal(client: Client): Promise<string | undefined> {
  const { namespace } = client.options;
  try {
    await inTime(client, () => client.workflowService.describeNamespace({ namespace }));
    return undefined;
  } catch {
    return 'does not answer; leads are taken and wait for it, see TEMPORAL_ADDRESS';
  }
}

async function missingWorker(client: Client): Promise<string | undefined> {
  const { namespace } = client.options;
  try {
    const { pollers } = await inTime(client, () =>
      client.workflowService.describeTaskQueue({ namespace, taskQueue: { name: taskQueue }, taskQueueType: 1 }),
    );
    const latestAt = Math.max(...pollers.map(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1_000));
    return Date.now() - latestAt < POLL_SILENCE_MS_MAX ? undefined : 'none asks for work; run npm run start:worker';
  } catch {
    return 'not known while Temporal is away';
  }
}

async function missingAgreement({ agreements }: Database): Promise<string | undefined> {
  try {
    const terms = await agreements.findActive();
    return terms === undefined ? 'none is marked as default; leads have to name theirs' : undefined;
  } catch {
    return 'not known while the database is away';
  }
}
