import { randomBytes } from 'node:crypto';
import type { ApiKey, KeyRole } from '../../domain/access/api-key.js';
import type { Actor } from '../../domain/access/audit-entry.js';
import type { Instant } from '../../domain/business-time/index.js';
import type { DirectoryStore } from '../../domain/ports.js';
import type { ApiKeyStore } from '../ports.js';
import { ProblemError } from '../problems.js';
import { invalidBody } from '../validated-body.js';
import { hashOfKey } from './hash-of-key.js';

export interface KeyOrder {
  readonly name: string;
  readonly role: KeyRole;
  readonly person?: string | undefined;
  readonly expiresAt?: Instant | undefined;
}

interface KeyDeskParts {
  readonly keys: ApiKeyStore;
  readonly directory: DirectoryStore;
}

/** Enough that nobody guesses one. */
const KEY_BYTES = 32;
const ID_BYTES = 8;

/** Where keys are made, listed and revoked; each change is noted with whoever makes it. */
export class KeyDesk {
  constructor(private readonly parts: KeyDeskParts) {}

  /** @throws ProblemError `invalid-body`: an unknown or missing person, an expiry that has passed */
  async make(order: KeyOrder, actor: Actor, at: Instant): Promise<{ readonly apiKey: ApiKey; readonly key: string }> {
    await this.#requirePerson(order);
    requireAhead(order.expiresAt, at);
    const key = `handoff_${randomBytes(KEY_BYTES).toString('base64url')}`;
    const apiKey = {
      id: `k_${randomBytes(ID_BYTES).toString('hex')}`,
      name: order.name,
      role: order.role,
      person: order.person ?? null,
      createdAt: at,
      expiresAt: order.expiresAt ?? null,
    };
    await this.parts.keys.save({ ...apiKey, hash: hashOfKey(key) }, actor);
    return { apiKey: { ...apiKey, revokedAt: null }, key };
  }

  list(): Promise<readonly ApiKey[]> {
    return this.parts.keys.list();
  }

  /**
   * The key as it stands by then; one that was revoked before stays as it was.
   * Nobody revokes the key they speak with, so there is always one more administrator's key than were revoked.
   * @throws ProblemError `unknown-api-key`, `own-key`, or `key-revoked` if the caller's key was revoked at this moment
   */
  async revoke(id: string, actor: Actor): Promise<ApiKey> {
    if (actor.principal === `key:${id}`) throw new ProblemError('own-key');
    const revocation = await this.parts.keys.revoke(id, actor);
    if (revocation === 'refused') throw new ProblemError('key-revoked');
    if (revocation !== 'unknown') return revocation;
    throw new ProblemError('unknown-api-key', { detail: `There is no API key ${JSON.stringify(id)}` });
  }

  async #requirePerson({ role, person }: KeyOrder): Promise<void> {
    if (person === undefined) {
      if (role === 'intake') return;
      throw invalidBody([{ path: 'person', message: `is missing: a key with the role ${role} speaks for a person` }]);
    }
    const { people } = await this.parts.directory.read();
    if (people.some(({ id }) => id === person)) return;
    throw invalidBody([{ path: 'person', message: `${JSON.stringify(person)} is not in the directory` }]);
  }
}

function requireAhead(expiresAt: Instant | undefined, at: Instant): void {
  if (expiresAt === undefined || expiresAt > at) return;
  throw invalidBody([
    { path: 'expiresAt', message: 'has passed: give an instant ahead, or none for a key that stays' },
  ]);
}
