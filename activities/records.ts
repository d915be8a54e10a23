import type { LeadLedger } from '../src/domain/ports.js';
import type { LeadActivities } from './lead-activities.js';

/** The ledger as seen by an activity: what stands there already is left alone, so that an attempt can be repeated. */
export const createRecords = (ledgerOf: (workspace: string) => LeadLedger): Pick<LeadActivities, 'recordEvents'> => ({
  recordEvents: ({ workspace, leadId }, events) => ledgerOf(workspace).append(leadId, events),
});
