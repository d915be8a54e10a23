import { randomUUID } from 'node:crypto';
import { hashOfKey } from '../../src/api/keys/hash-of-key.js';
import type { ApiKeyToSave, Stores } from '../../src/db/index.js';
import { admin, anApiKey } from '../builders/index.js';

/** A stored key, as its holder sends it. */
export async function aKey(
  { apiKeys }: Pick<Stores, 'apiKeys'>,
  particulars: Partial<ApiKeyToSave> & Pick<ApiKeyToSave, 'role' | 'person'>,
): Promise<string> {
  const key = `key-${randomUUID()}`;
  await apiKeys.save(anApiKey({ id: `k_${randomUUID()}`, hash: hashOfKey(key), ...particulars }), admin);
  return key;
}
