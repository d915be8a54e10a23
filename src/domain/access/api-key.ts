/**
 * Who may speak to the product, by which key, and what is noted of what they change. Keys are looked up at the edge and
 * kept by `src/db`; what a role may do is not said here but with each route and command.
 */
import type { Instant } from '../business-time/index.js';

/** What the bearer of a key may do; `admin` may everything, the others what the tables of the edge list. */
export const keyRoles = ['intake', 'rep', 'ops', 'leader', 'admin'] as const;
export type KeyRole = (typeof keyRoles)[number];

/** A stored key as it may be shown: the key itself is nowhere, its hash stays in the database. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly role: KeyRole;
  /** Of the directory; only an `intake` key may be a machine's, without a person. */
  readonly person: string | null;
  readonly createdAt: Instant;
  readonly expiresAt: Instant | null;
  readonly revokedAt: Instant | null;
}

/** `expired` from `expiresAt` on. */
export type KeyStanding = 'live' | 'expired' | 'revoked';

export function standingOf({ expiresAt, revokedAt }: ApiKey, at: Instant): KeyStanding {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && expiresAt <= at ? 'expired' : 'live';
}
