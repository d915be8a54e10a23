// Here lives what reaches the Temporal server: connections, the worker, search attributes, and the lead's workflow as
// the rest of the product sees it. Of the workflow itself only its contract is imported; nothing here decides.
import { Client, Connection } from '@temporalio/client';
import type { Instant } from '../domain/business-time/index.js';

export interface TemporalPlace {
  /** Host and port. */
  readonly address: string;
  readonly namespace: string;
}

/** A client that connects with its first call and again whenever the server comes back. Close its connection. */
export const temporalClient = ({ address, namespace }: TemporalPlace): Client =>
  new Client({ connection: Connection.lazy({ address }), namespace });

/** Whether the server answers for its namespace before `deadlineAt`. */
export async function isTemporalReady(client: Client, deadlineAt: Instant): Promise<boolean> {
  const { namespace } = client.options;
  try {
    await client.withDeadline(deadlineAt, () => client.workflowService.describeNamespace({ namespace }));
    return true;
  } catch {
    return false;
  }
}
