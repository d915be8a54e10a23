import type { LeadEvent } from '../src/domain/lifecycle/events.js';
import type { LeadLedger } from '../src/domain/ports.js';
import type { LeadActivities, Recording } from './lead-activities.js';

/** The ledger as seen by an activity: what stands there already is left alone, so that an attempt can be repeated. */
export const createRecords = (ledgerOf: (workspace: string) => LeadLedger): Pick<LeadActivities, 'recordEvents'> => ({
  recordEvents: ({ workspace, leadId }, events) => record(ledgerOf(workspace), leadId, events),
});

/** @throws LedgerConflict if the ledger lacks what comes before the events */
async function record(ledger: LeadLedger, leadId: string, events: readonly LeadEvent[]): Promise<Recording> {
  try {
    await ledger.append(leadId, events);
    return {};
  } catch (error) {
    if (!(error instanceof Error && error.name === 'LedgerConflict')) throw error;
    const standing = (await ledger.read(leadId)).filter(({ seq }) => seq >= events[0]!.seq);
    if (standing.length === 0) throw error;
    return { standing };
  }
}
