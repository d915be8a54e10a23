/**
 * Who may ask: the bearer of the administrator's key or of a key whose hash is stored. No key, no data.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { ApiKeyStore } from './ports.js';
import { ProblemError } from './problems.js';
import type { Principal } from './route.js';

export const ADMIN: Principal = { id: 'admin' };

/** The form in which keys are stored and compared. */
export const hashOfKey = (key: string): string => sha256(key).toString('hex');

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

const challenge = { 'WWW-Authenticate': 'Bearer realm="handoff"' };

/** Finds the principal of an Authorization header, or says what is missing. */
export class KeyRing {
  readonly #adminHash: Buffer;

  constructor(
    adminKey: string,
    private readonly keys: ApiKeyStore,
  ) {
    this.#adminHash = sha256(adminKey);
  }

  /** @throws ProblemError `key-required` or `key-unknown` */
  async requirePrincipal(authorization: string | undefined): Promise<Principal> {
    const key = bearerOf(authorization);
    if (key === undefined) throw new ProblemError('key-required', { headers: challenge });
    if (timingSafeEqual(sha256(key), this.#adminHash)) return ADMIN;
    const stored = await this.keys.findByHash(hashOfKey(key));
    if (stored === undefined) throw new ProblemError('key-unknown', { headers: challenge });
    return { id: `key:${stored.id}` };
  }
}

/** Schemes are case-insensitive (RFC 9110); a key has no white space. */
const bearerOf = (authorization: string | undefined): string | undefined =>
  /^bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
