import type { Client } from '@temporalio/client';
import { VirtualClock as ClockOfWorkflow } from '../../src/temporal/virtual-clock.js';

/** The clock of a workflow beside the wall clock of this machine. */
export class VirtualClock extends ClockOfWorkflow {
  constructor(client: Client, workflowId: string) {
    super(client, workflowId, Date.now);
  }
}
