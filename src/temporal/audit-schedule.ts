import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type Client } from '@temporalio/client';
import { auditorId, auditorType, taskQueue, type AuditorInput } from '../../workflows/messages.js';

export interface AuditSchedule {
  readonly workspace: string;
  readonly everyMs: number;
  readonly taskQueue?: string;
}

/** Has the auditor run for a workspace from now on; one schedule for each, whoever asks how often. */
export async function ensureAuditSchedule(client: Client, schedule: AuditSchedule): Promise<void> {
  const { workspace, everyMs } = schedule;
  const scheduleId = workspace === 'default' ? auditorId : `${auditorId}:${workspace}`;
  const spec = { intervals: [{ every: everyMs }] };
  const policies = { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: everyMs };
  const action = {
    type: 'startWorkflow' as const,
    workflowType: auditorType,
    workflowId: scheduleId,
    taskQueue: schedule.taskQueue ?? taskQueue,
    args: [{ workspace } satisfies AuditorInput],
  };
  try {
    await client.schedule.create({ scheduleId, spec, policies, action });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    await client.schedule.getHandle(scheduleId).update((known) => ({ ...known, spec, policies, action }));
  }
}
