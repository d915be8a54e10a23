import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { Instant } from '../domain/business-time/index.js';
import type { WorkflowInspection } from '../domain/audit/workflow-differences.js';
import type { LeadState } from '../domain/lifecycle/state.js';
import { leadWorkflowId, stateQuery } from '../../workflows/messages.js';

/** What a lead's workflow says of itself; asked of a worker, which must run. */
export async function inspectLead(client: Client, leadId: string, deadlineAt: Instant): Promise<WorkflowInspection> {
  const handle = client.workflow.getHandle(leadWorkflowId(leadId));
  try {
    return await client.withDeadline(deadlineAt, async (): Promise<WorkflowInspection> => {
      const { status } = await handle.describe();
      if (status.name !== 'RUNNING') return { kind: 'ended', status: status.name.toLowerCase() };
      return { kind: 'running', state: await handle.query<LeadState>(stateQuery) };
    });
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return { kind: 'missing' };
    return { kind: 'unanswered', reason: error instanceof Error ? error.message : String(error) };
  }
}
