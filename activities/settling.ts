import type { Instant } from '../src/domain/business-time/index.js';
import type { LeadActivities } from './lead-activities.js';

/** Keeps what settled leads would start from again: the workflow's input as it is, one for each lead. */
export interface SettledStates {
  save(leadId: string, state: unknown, settledAt: Instant): Promise<void>;
}

/** The last act of a lead's workflow. */
export const createSettling = (
  settledOf: (workspace: string) => SettledStates,
): Pick<LeadActivities, 'storeSettled'> => ({
  storeSettled: (input, settledAt) => settledOf(input.workspace).save(input.leadId, input, settledAt),
});
