import type { Instant } from '../../domain/business-time/index.js';
import { requireRole, type Guarded, type KeyRing } from '../auth.js';
import { sha256 } from '../keys/hash-of-key.js';
import type { Principal } from '../principal.js';
import { ProblemError } from '../problems.js';
import { AttemptLimit } from './attempt-limit.js';
import { readSessionToken, sessionToken } from './session-token.js';

/** A working day: whoever reads longer shows the key once more. */
const SESSION_MS = 8 * 3_600_000;
const COOKIE = 'handoff_session';

interface SessionParts {
  readonly keys: KeyRing;
  readonly secret: string;
  /** Another one ends all sessions. */
  readonly adminKey: string;
  /** Browsers then send the cookie by TLS only. */
  readonly isPublicByTls: boolean;
}

/** Turns keys into cookies and cookies into principals; no session outlives its key. */
export class Sessions {
  readonly #secret: Buffer;
  readonly #limit = new AttemptLimit();

  constructor(private readonly parts: SessionParts) {
    this.#secret = sha256(JSON.stringify(['session', parts.secret, parts.adminKey]));
  }

  /**
   * The header that starts a session for the bearer of a key.
   * @throws ProblemError that says why the key opens nothing, or `too-many-attempts`
   */
  async open(key: string, from: string, at: Instant, route: Guarded): Promise<string> {
    this.#requireAttempt(from, at);
    const principal = await this.#principalOf(key, from, at);
    requireRole(route, principal);
    const token = sessionToken({ principal: principal.id, expiresAt: at + SESSION_MS }, this.#secret);
    return this.#cookie(token, SESSION_MS);
  }

  /** The header that ends a session. */
  close(): string {
    return this.#cookie('', 0);
  }

  /** Whoever's cookie it is; undefined: nobody's, or of a key that opens nothing any more. */
  async find(cookies: string | undefined, at: Instant): Promise<Principal | undefined> {
    const token = tokenIn(cookies);
    const claims = token === undefined ? undefined : readSessionToken(token, this.#secret, at);
    return claims && this.parts.keys.findPrincipal(claims.principal);
  }

  #requireAttempt(from: string, at: Instant): void {
    const waitMs = this.#limit.waitMsOf(from, at);
    if (waitMs === 0) return;
    const headers = { 'Retry-After': String(Math.ceil(waitMs / 1_000)) };
    throw new ProblemError('too-many-attempts', { headers });
  }

  async #principalOf(key: string, from: string, at: Instant): Promise<Principal> {
    try {
      return await this.parts.keys.requirePrincipal(`Bearer ${key}`);
    } catch (error) {
      if (error instanceof ProblemError && error.problem.status === 401) this.#limit.noteWrong(from, at);
      throw error;
    }
  }

  #cookie(token: string, ageMs: number): string {
    const secure = this.parts.isPublicByTls ? '; Secure' : '';
    return `${COOKIE}=${token}; Path=/; Max-Age=${ageMs / 1_000}; HttpOnly; SameSite=Strict${secure}`;
  }
}

const tokenIn = (cookies: string | undefined): string | undefined =>
  new RegExp(`(?:^|; *)${COOKIE}=([^;]*)`).exec(cookies ?? '')?.[1];
