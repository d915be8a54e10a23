/** The lead that a path speaks of. */
import type { LeadEvent } from '../../domain/lifecycle/events.js';
import type { LeadState } from '../../domain/lifecycle/state.js';
import type { ApiParts } from '../parts.js';
import { ProblemError } from '../problems.js';
import type { Call } from '../route.js';

/** By our id, or `source:externalId`. @throws ProblemError `unknown-lead` */
export async function requireLead({ params }: Call<unknown>, { leads }: Pick<ApiParts, 'leads'>): Promise<LeadState> {
  const id = params['id'] ?? '';
  const lead = await leads.find(id);
  if (lead === undefined) throw new ProblemError('unknown-lead', { detail: `There is no lead ${JSON.stringify(id)}` });
  return lead;
}

/** Its whole ledger. @throws ProblemError `unknown-lead` */
export async function requireStory(call: Call<unknown>, parts: ApiParts): Promise<readonly LeadEvent[]> {
  const { leadId } = await requireLead(call, parts);
  return parts.ledger.read(leadId);
}
