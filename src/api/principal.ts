import type { Actor } from '../domain/access/audit-entry.js';
import type { KeyRole } from '../domain/access/api-key.js';

/** Who calls: the administrator by the environment's key, or the holder of a stored one. */
export interface Principal {
  /** `admin`, or `key:` and the key's id. */
  readonly id: string;
  readonly role: KeyRole;
  /** Of the directory; absent for the environment's key, and for a machine that hands leads over. */
  readonly person?: string;
}

interface Called {
  /** Absent where the route needs no key. */
  readonly principal?: Principal;
}

/** The caller of a route that needs a key. */
export function requirePrincipal({ principal }: Called): Principal {
  if (principal === undefined) throw new Error('only a route with access: key may ask who calls');
  return principal;
}

/** Who is named in the audit entry of a change. */
export function actorOf(call: Called): Actor {
  const { id, person } = requirePrincipal(call);
  return { by: person ?? id, principal: id };
}
