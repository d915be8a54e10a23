// Stands in for the worker where the supervisor is tested: asks Temporal for work of which there is none.
import { Connection } from '@temporalio/client';
import { taskQueue } from '../../../workflows/messages.js';

process.once('SIGTERM', () => process.exit());

const connection = await Connection.connect({ address: process.env.TEMPORAL_ADDRESS ?? '' });
const identity = `${process.pid}@stand-in`;
for (;;) {
  await connection.withDeadline(Date.now() + 70_000, () =>
    connection.workflowService.pollWorkflowTaskQueue({
      namespace: 'default',
      taskQueue: { name: taskQueue },
      identity,
    }),
  );
}
