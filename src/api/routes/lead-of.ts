/** The lead that a path speaks of. */
import type { Instant } from '../../domain/business-time/index.js';
import type { LeadEvent } from '../../domain/lifecycle/events.js';
import type { LeadState } from '../../domain/lifecycle/state.js';
import type { ApiParts } from '../parts.js';
import { requireOwnLead } from '../own-leads.js';
import { ProblemError } from '../problems.js';
import type { Call } from '../route.js';
import { iso } from '../views/iso.js';

/**
 * By our id, or `source:externalId`; with `asOf` as it was recorded by then. Whose lead it is now decides who may see
 * it, as it was then, too.
 * @throws ProblemError `unknown-lead`, `belongs-to-another`
 */
export async function requireLead(
  call: Call<unknown>,
  parts: Pick<ApiParts, 'leads' | 'directory'>,
  asOf?: Instant,
): Promise<LeadState> {
  const id = call.params['id'] ?? '';
  const present = await parts.leads.find(id);
  if (present !== undefined) await requireOwnLead(present, call, parts);
  const lead = asOf === undefined ? present : await parts.leads.find(id, asOf);
  if (lead !== undefined) return lead;
  const then = asOf === undefined ? 'There is no lead' : `By ${iso(asOf)} there was no lead`;
  throw new ProblemError('unknown-lead', { detail: `${then} ${JSON.stringify(id)}` });
}

/** Its ledger: whole, or what of it was recorded by `asOf`. @throws ProblemError as `requireLead` */
export async function requireStory(
  call: Call<unknown>,
  parts: ApiParts,
  asOf?: Instant,
): Promise<readonly LeadEvent[]> {
  const { leadId } = await requireLead(call, parts, asOf);
  return parts.ledger.read(leadId, asOf);
}
