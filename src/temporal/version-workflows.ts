import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { VersionStanding } from '../domain/agreement/life/index.js';
import type { VersionWorkflows } from '../domain/agreement/ports.js';
import type { Instant } from '../domain/business-time/index.js';
import { agreementVersionType, agreementWorkflowId, standsSignal, taskQueue } from '../../workflows/messages.js';

export interface VersionWorkflowsDeps {
  readonly client: Client;
  readonly now: () => Instant;
  /** Where workers ask for them; the product's own unless said. */
  readonly taskQueue?: string;
}

type VersionFunction = (first: VersionStanding) => Promise<unknown>;

/** The server answers at once, or is away. */
const WITHIN_MS = 5_000;

/** The workflows of versions as the API and its relay see them. */
export const createVersionWorkflows = ({ client, now, taskQueue: queue = taskQueue }: VersionWorkflowsDeps) =>
  ({
    tell: (standing) =>
      client.withDeadline(now() + WITHIN_MS, () =>
        isWaitedFor(standing) ? tellOrBegin(client, queue, standing) : tellIfThere(client, standing),
      ),
  }) satisfies VersionWorkflows;

/** A draft waits for nobody, and a version that was superseded for nothing. */
const isWaitedFor = ({ status }: VersionStanding): boolean => status !== 'draft' && status !== 'superseded';

async function tellOrBegin(client: Client, queue: string, standing: VersionStanding): Promise<void> {
  await client.workflow.signalWithStart<VersionFunction, [VersionStanding]>(agreementVersionType, {
    workflowId: agreementWorkflowId(standing),
    taskQueue: queue,
    args: [standing],
    signal: standsSignal,
    signalArgs: [standing],
    staticSummary: `${standing.name}@${standing.version}`,
  });
}

async function tellIfThere(client: Client, standing: VersionStanding): Promise<void> {
  try {
    await client.workflow.getHandle(agreementWorkflowId(standing)).signal(standsSignal, standing);
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}
