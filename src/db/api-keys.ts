import type { Instant } from '../domain/business-time/index.js';
import type { PrismaClient } from '../generated/prisma/client.js';

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
}

export interface ApiKeyToSave extends ApiKey {
  /** SHA-256 of the key in hex; the key itself is never stored. */
  readonly hash: string;
  readonly expiresAt?: Instant;
}

export interface ApiKeys {
  /** A key that is neither revoked nor expired, by the SHA-256 of it in hex. */
  findByHash(hash: string): Promise<ApiKey | undefined>;
  save(key: ApiKeyToSave): Promise<void>;
  revoke(id: string): Promise<void>;
}

export const createApiKeys = (prisma: PrismaClient, workspace: string): ApiKeys => ({
  findByHash: async (hash) => {
    const rows = await prisma.$queryRaw<ApiKey[]>`SELECT id, name, roles FROM api_key
      WHERE workspace = ${workspace} AND hash = ${hash} AND revoked_at IS NULL
        AND coalesce(expires_at, 'infinity') > clock_timestamp()`;
    return rows[0];
  },
  save: async ({ id, name, roles, hash, expiresAt }) => {
    const expires = expiresAt === undefined ? null : new Date(expiresAt);
    await prisma.apiKey.create({ data: { workspace, id, name, roles: [...roles], hash, expiresAt: expires } });
  },
  revoke: async (id) => {
    await prisma.$executeRaw`UPDATE api_key SET revoked_at = clock_timestamp()
      WHERE workspace = ${workspace} AND id = ${id} AND revoked_at IS NULL`;
  },
});
