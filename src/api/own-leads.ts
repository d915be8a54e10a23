import { holderOf, type LeadState } from '../domain/lifecycle/state.js';
import type { DirectoryStore } from '../domain/ports.js';
import { requirePrincipal, type Principal } from './principal.js';
import { ProblemError } from './problems.js';
import type { Call } from './route.js';

/**
 * A rep reads and works the leads that they own and those that lie in the queue of their team; the other roles all.
 * @throws ProblemError `belongs-to-another`
 */
export async function requireOwnLead(
  lead: LeadState,
  call: Call<unknown>,
  { directory }: { readonly directory: DirectoryStore },
): Promise<void> {
  const { role, person } = requirePrincipal(call);
  if (role !== 'rep') return;
  const { owner, queue } = holderOf(lead);
  if (owner !== null && owner === person) return;
  const { people } = await directory.read();
  if (queue !== null && people.some(({ id, team }) => id === person && team === queue)) return;
  throw belongsToAnother(`Lead ${lead.leadId} is none of ${person}'s`);
}

/** Whether it is a person's own, or the caller may see what is others'. */
export const mayRead = ({ role, person }: Principal, owner: string): boolean => role !== 'rep' || owner === person;

export const belongsToAnother = (detail: string): ProblemError => new ProblemError('belongs-to-another', { detail });
