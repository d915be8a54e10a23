import type { LeadInput } from '../workflows/messages.js';
import type { LeadActivities } from './lead-activities.js';

/** Keeps what settled leads would start from again: the workflow's input as it is, one for each lead. */
export interface SettledLeads {
  store(leadId: string, input: LeadInput): Promise<void>;
}

/** The last act of a lead's workflow. */
export const createSettling = (
  settledOf: (workspace: string) => SettledLeads,
): Pick<LeadActivities, 'storeSettled'> => ({
  storeSettled: (input) => settledOf(input.workspace).store(input.leadId, input),
});
