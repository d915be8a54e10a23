import { standingOf, type ApiKey } from '../../domain/access/api-key.js';
import type { Instant } from '../../domain/business-time/index.js';
import { iso, isoOrNull } from './iso.js';

/** A key without the key. */
export const keyView = (key: ApiKey, at: Instant) => ({
  id: key.id,
  name: key.name,
  role: key.role,
  person: key.person,
  standing: standingOf(key, at),
  createdAt: iso(key.createdAt),
  expiresAt: isoOrNull(key.expiresAt),
  revokedAt: isoOrNull(key.revokedAt),
});
