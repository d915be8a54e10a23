/**
 * Who may ask: the bearer of the administrator's key or of a key whose hash is stored, and of these whoever has a role
 * that the route takes. No key, no data.
 */
import { timingSafeEqual } from 'node:crypto';
import { standingOf, type ApiKey, type KeyRole } from '../domain/access/api-key.js';
import type { Instant } from '../domain/business-time/index.js';
import { hashOfKey, sha256 } from './keys/hash-of-key.js';
import type { ApiKeyStore } from './ports.js';
import { ProblemError, type RequestProblemCode } from './problems.js';
import type { Principal } from './principal.js';

const ADMIN: Principal = { id: 'admin', role: 'admin' };

const challenge = { 'WWW-Authenticate': 'Bearer realm="handoff"' };

/** Finds the principal of an Authorization header, or says what is missing. */
export class KeyRing {
  readonly #adminHash: Buffer;

  constructor(
    adminKey: string,
    private readonly keys: ApiKeyStore,
    private readonly now: () => Instant,
  ) {
    this.#adminHash = sha256(adminKey);
  }

  /** @throws ProblemError that says why the key opens nothing */
  async requirePrincipal(authorization: string | undefined): Promise<Principal> {
    const key = bearerOf(authorization);
    if (key === undefined) throw unauthorized('key-required');
    if (timingSafeEqual(sha256(key), this.#adminHash)) return ADMIN;
    const stored = await this.keys.findByHash(hashOfKey(key));
    if (stored === undefined) throw unauthorized('key-unknown');
    requireLive(stored, this.now());
    if (!stored.isPersonKnown) throw unauthorized('key-without-person');
    return principalOf(stored);
  }

  /** The principal of that id, if its key would still open something. */
  async findPrincipal(id: string): Promise<Principal | undefined> {
    if (id === ADMIN.id) return ADMIN;
    const stored = await this.keys.findById(id.replace(/^key:/, ''));
    const opens = stored !== undefined && stored.isPersonKnown && standingOf(stored, this.now()) === 'live';
    return opens ? principalOf(stored) : undefined;
  }
}

const unauthorized = (code: RequestProblemCode): ProblemError => new ProblemError(code, { headers: challenge });

function requireLive(key: ApiKey, at: Instant): void {
  const standing = standingOf(key, at);
  if (standing !== 'live') throw unauthorized(`key-${standing}`);
}

const principalOf = ({ id, role, person }: ApiKey): Principal => ({
  id: `key:${id}`,
  role,
  ...(person === null ? {} : { person }),
});

/** Schemes are case-insensitive (RFC 9110); a key has no white space. */
const bearerOf = (authorization: string | undefined): string | undefined =>
  /^bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];

/** What of a route decides who may call it. */
export interface Guarded {
  readonly method: string;
  readonly path: string;
  readonly roles?: readonly KeyRole[];
}

/** @throws ProblemError `role-missing`, which names the roles that may */
export function requireRole({ method, path, roles = [] }: Guarded, principal: Principal | undefined): void {
  if (principal?.role === 'admin' || roles.some((role) => role === principal?.role)) return;
  const may = [...roles, 'admin'].join(', ');
  const detail = `A key with the role ${principal?.role} may not ${method.toUpperCase()} ${path}; those that may are ${may}`;
  throw new ProblemError('role-missing', { detail });
}
