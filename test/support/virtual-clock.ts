import type { Client } from '@temporalio/client';
import { VirtualClock as ClockOfLead } from '../../src/temporal/virtual-clock.js';

/** The clock of a lead's workflow beside the wall clock of this machine. */
export class VirtualClock extends ClockOfLead {
  constructor(client: Client, leadId: string) {
    super(client, leadId, Date.now);
  }
}
