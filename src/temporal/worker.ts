import { NativeConnection, Worker, type WorkflowBundle } from '@temporalio/worker';
import { taskQueue } from '../../workflows/messages.js';
import type { TemporalPlace } from './connection.js';
import { bundleWorkflows, hashOfWorkflows } from './workflow-bundle.js';

export { bundleWorkflows, hashOfWorkflows };

export interface WorkerDeps {
  readonly connection: NativeConnection;
  readonly namespace: string;
  /** What `createActivities` makes. */
  readonly activities: object;
  /** Default: that of the sources as they are. */
  readonly workflowBundle?: WorkflowBundle;
  readonly taskQueue?: string;
  /** Which build of the code this worker runs; without it, it takes whatever its queue holds. */
  readonly build?: Build;
  /** How long activities under way may take when the worker is asked to stop. */
  readonly graceMs?: number;
}

/** One version of a worker deployment, as Temporal's Worker Deployment Versioning has it. */
export interface Build {
  readonly deploymentName: string;
  readonly buildId: string;
}

/** A worker for leads; `run` it. */
export async function createWorker(deps: WorkerDeps): Promise<Worker> {
  return Worker.create({
    connection: deps.connection,
    namespace: deps.namespace,
    taskQueue: deps.taskQueue ?? taskQueue,
    activities: deps.activities,
    workflowBundle: deps.workflowBundle ?? (await bundleWorkflows()),
    shutdownGraceTime: deps.graceMs ?? 3_000,
    maxCachedWorkflows: CACHED_WORKFLOW_COUNT,
    ...(deps.build && { workerDeploymentOptions: versionedAs(deps.build) }),
  });
}

/** A run stays on the build that began it, unless its workflow says otherwise; the next run is free to move. */
const versionedAs = (version: Build) =>
  ({ useWorkerVersioning: true, version, defaultVersioningBehavior: 'PINNED' }) as const;

/** With all that the allocator keeps aside, about 250 kB each: the cache stays under half a gigabyte. */
export const CACHED_WORKFLOW_COUNT = 1_500;

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
