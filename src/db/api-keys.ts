import pg from 'pg';
import type { ApiKey, KeyRole } from '../domain/access/api-key.js';
import type { Actor, AuditEntry } from '../domain/access/audit-entry.js';
import { appendAuditEntry } from './audit-entries.js';
import { inRecording, type Queries } from './connections.js';
import { instantOf, timestampOrNull } from './instants.js';

export interface ApiKeyToSave extends Pick<ApiKey, 'id' | 'name' | 'role' | 'person' | 'createdAt' | 'expiresAt'> {
  /** SHA-256 of the key in hex; the key itself is never stored. */
  readonly hash: string;
}

/** The key as it stands by then; `refused`: the key that was to revoke it has itself been revoked by now. */
export type Revocation = ApiKey | 'unknown' | 'refused';

type FoundKey = ApiKey & { readonly isPersonKnown: boolean };

export interface ApiKeys {
  /** By the SHA-256 of the key in hex, whatever its standing; `isPersonKnown` is true also where there is no person. */
  findByHash(hash: string): Promise<FoundKey | undefined>;
  /** The same by its id. */
  findById(id: string): Promise<FoundKey | undefined>;
  save(key: ApiKeyToSave, actor: Actor): Promise<void>;
  /** Newest first, whatever their standing. */
  list(): Promise<readonly ApiKey[]>;
  /** One that was revoked before stays as it is. */
  revoke(id: string, actor: Actor): Promise<Revocation>;
}

export const createApiKeys = (pool: pg.Pool, workspace: string): ApiKeys => ({
  findByHash: (hash) => findKey(pool, workspace, 'hash', hash),
  findById: (id) => findKey(pool, workspace, 'id', id),
  save: (key, actor) =>
    inRecording(pool, lockOfKeys(workspace), async (client) => {
      const saved = await insert(client, workspace, key);
      await appendAuditEntry(client, workspace, changeOf('key-created', actor, null, saved));
    }),
  list: async () => {
    const { rows } = await pool.query<KeyRow>(
      `SELECT ${columns} FROM api_key WHERE workspace = $1 ORDER BY created_at DESC, id`,
      [workspace],
    );
    return rows.map(keyOf);
  },
  revoke: (id, actor) => inRecording(pool, lockOfKeys(workspace), (client) => revoke(client, workspace, id, actor)),
});

/** One at a time: of two keys that revoke each other, one goes on. */
const lockOfKeys = (workspace: string): string =>
  `SELECT pg_advisory_xact_lock(hashtextextended(${pg.escapeLiteral(`api-keys:${workspace}`)}, 0))`;

const columns = 'id, name, role, person, created_at, expires_at, revoked_at';

interface KeyRow {
  readonly id: string;
  readonly name: string;
  readonly role: KeyRole;
  readonly person: string | null;
  readonly created_at: Date;
  readonly expires_at: Date | null;
  readonly revoked_at: Date | null;
}

const instantOrNull = (timestamp: Date | null) => (timestamp === null ? null : instantOf(timestamp));

const keyOf = ({ id, name, role, person, ...row }: KeyRow): ApiKey => ({
  id,
  name,
  role,
  person,
  createdAt: instantOf(row.created_at),
  expiresAt: instantOrNull(row.expires_at),
  revokedAt: instantOrNull(row.revoked_at),
});

async function findKey(pool: Queries, workspace: string, by: 'hash' | 'id', value: string) {
  const { rows } = await pool.query<KeyRow & { readonly is_person_known: boolean }>(
    `SELECT ${columns}, person IS NULL OR EXISTS (
        SELECT FROM person known WHERE known.workspace = $1 AND known.id = api_key.person) AS is_person_known
      FROM api_key WHERE workspace = $1 AND ${by} = $2`,
    [workspace, value],
  );
  const [row] = rows;
  return row && { ...keyOf(row), isPersonKnown: row.is_person_known };
}

async function insert(client: Queries, workspace: string, key: ApiKeyToSave): Promise<KeyRow> {
  const { id, hash, name, role, person, createdAt, expiresAt } = key;
  const { rows } = await client.query<KeyRow>(
    `INSERT INTO api_key (workspace, id, hash, name, role, person, created_at, expires_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING ${columns}`,
    [workspace, id, hash, name, role, person, timestampOrNull(createdAt), timestampOrNull(expiresAt)],
  );
  return requireRow(rows);
}

async function revoke(client: Queries, workspace: string, id: string, actor: Actor): Promise<Revocation> {
  const acting = await find(client, workspace, actor.principal.replace(/^key:/, ''));
  if (acting !== undefined && acting.revoked_at !== null) return 'refused';
  const before = await find(client, workspace, id);
  if (before === undefined) return 'unknown';
  if (before.revoked_at !== null) return keyOf(before);
  const { rows } = await client.query<KeyRow>(
    `UPDATE api_key SET revoked_at = clock_timestamp() WHERE workspace = $1 AND id = $2 RETURNING ${columns}`,
    [workspace, id],
  );
  const after = requireRow(rows);
  await appendAuditEntry(client, workspace, changeOf('key-revoked', actor, before, after));
  return keyOf(after);
}

async function find(client: Queries, workspace: string, id: string): Promise<KeyRow | undefined> {
  const { rows } = await client.query<KeyRow>(`SELECT ${columns} FROM api_key WHERE workspace = $1 AND id = $2`, [
    workspace,
    id,
  ]);
  return rows[0];
}

function requireRow([row]: readonly KeyRow[]): KeyRow {
  if (row === undefined) throw new Error('a statement on api_key that returns its row returned none');
  return row;
}

const changeOf = (action: AuditEntry['action'], actor: Actor, before: KeyRow | null, after: KeyRow): AuditEntry => ({
  ...actor,
  action,
  subject: `key:${after.id}`,
  before: before && shownOf(before),
  after: shownOf(after),
});

/** As `GET /v1/api-keys` shows it. */
const shownOf = ({ id, name, role, person, ...row }: KeyRow) => ({
  id,
  name,
  role,
  person,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  revokedAt: row.revoked_at,
});
