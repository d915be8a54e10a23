import { NativeConnection, Worker, type WorkflowBundle } from '@temporalio/worker';
import { taskQueue } from '../../workflows/messages.js';
import type { TemporalPlace } from './connection.js';
import { bundleWorkflows } from './workflow-bundle.js';

export { bundleWorkflows };

export interface WorkerDeps {
  readonly connection: NativeConnection;
  readonly namespace: string;
  /** What `createActivities` makes. */
  readonly activities: object;
  /** Default: that of the sources as they are. */
  readonly workflowBundle?: WorkflowBundle;
  readonly taskQueue?: string;
  /** How long activities under way may take when the worker is asked to stop. */
  readonly graceMs?: number;
}

/**
 * A worker for leads; `run` it. Deployments with build ids would set its `workerDeploymentOptions` here: tried, not
 * used yet.
 */
export async function createWorker(deps: WorkerDeps): Promise<Worker> {
  return Worker.create({
    connection: deps.connection,
    namespace: deps.namespace,
    taskQueue: deps.taskQueue ?? taskQueue,
    activities: deps.activities,
    workflowBundle: deps.workflowBundle ?? (await bundleWorkflows()),
    shutdownGraceTime: deps.graceMs ?? 3_000,
    maxCachedWorkflows: CACHED_WORKFLOW_COUNT,
  });
}

/** About 250 kB each: the cache stays under half a gigabyte. */
const CACHED_WORKFLOW_COUNT = 1_500;

/**
 * The connection of a worker, which needs the server from the start.
 * @throws Error that says where no server answered
 */
export async function connectWorker({ address }: TemporalPlace): Promise<NativeConnection> {
  try {
    return await NativeConnection.connect({ address });
  } catch (error) {
    throw new Error(`no Temporal server answers at ${address}; start one, or correct TEMPORAL_ADDRESS`, {
      cause: error,
    });
  }
}
