import type { ApiKeyToSave } from '../../src/db/index.js';
import type { Actor } from '../../src/domain/access/audit-entry.js';

export const admin: Actor = { by: 'admin', principal: 'admin' };

/** A key of Monday morning that never expires; as a rule it hands leads over. */
export const anApiKey = (particulars: Partial<ApiKeyToSave> = {}): ApiKeyToSave => ({
  id: 'k_automation',
  name: 'marketing automation',
  role: 'intake',
  person: null,
  createdAt: Date.parse('2026-11-23T08:00:00Z'),
  expiresAt: null,
  hash: 'hash-of-a-key',
  ...particulars,
});
