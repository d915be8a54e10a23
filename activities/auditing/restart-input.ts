/**
 * Here live the steps of an audit: what a lost workflow begins again from, and what ops read of it. Which gaps there are
 * is decided in the domain; leads' workflows, mail servers and tables lie behind ports.
 */
import type { AgreementTerms } from '../../src/domain/agreement/index.js';
import { foldLead } from '../../src/domain/lifecycle/evolve.js';
import type { LeadEvent } from '../../src/domain/lifecycle/events.js';
import { termsKeysOf } from '../../src/domain/notices/index.js';
import { REMEMBERED_COUNT, type LeadInput, type RememberedResult } from '../../workflows/messages.js';

/**
 * What a lead's workflow begins from if all that is left of it is its ledger. The windows of its calendars are not in it:
 * the first step that needs some asks for them.
 * @throws Error if an agreement that the lead follows is not stored
 */
export async function restartInputOf(
  workspace: string,
  story: readonly LeadEvent[],
  unsent: readonly LeadEvent[],
  findTerms: (key: string) => Promise<AgreementTerms | undefined>,
): Promise<LeadInput> {
  const state = foldLead(story);
  const { leadId } = state;
  const agreements = await Promise.all(
    termsKeysOf(state).map(async (key) => {
      const terms = await findTerms(key);
      if (!terms) throw new Error(`lead ${leadId}: agreement ${key} is not stored; save it again`);
      return [key, terms] as const;
    }),
  );
  return {
    workspace,
    leadId,
    events: [],
    context: { agreements: Object.fromEntries(agreements), windows: {} },
    carried: { state, unsentNotices: unsent, remembered: resultsIn(story) },
  };
}

/** Commands whose events are recorded must not be decided again, whoever delivers them once more. */
function resultsIn(story: readonly LeadEvent[]): readonly RememberedResult[] {
  const seqs = new Map<string, number>();
  for (const { commandId, seq } of story) if (commandId !== undefined) seqs.set(commandId, seq);
  return [...seqs].map(([id, seq]) => ({ id, done: { seq } })).slice(-REMEMBERED_COUNT);
}
