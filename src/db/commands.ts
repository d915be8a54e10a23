import type pg from 'pg';
import type { CommandType } from '../domain/lifecycle/commands.js';
import type { CommandOutcome, StoredCommand } from '../domain/ports.js';
import type { Queries } from './connections.js';
import { instantOf, timestampOf } from './instants.js';
import type { Row } from './recording.js';

/** A stored command with what became of it. */
export interface CommandRecord {
  readonly command: StoredCommand;
  readonly outcome: CommandOutcome;
}

/** Who sent it, and how they make sure of sending it once. */
export interface Said {
  readonly principal: string;
  readonly idempotencyKey?: string;
  readonly bodyHash: string;
}

export type CommandReceipt =
  | { readonly kind: 'stored' }
  /** The same key and body came before. */
  | { readonly kind: 'repeated'; readonly record: CommandRecord }
  /** The same key came before with another body. */
  | { readonly kind: 'key-reused' };

export interface CommandStore {
  store(command: StoredCommand, said: Said): Promise<CommandReceipt>;
  /** Keeps the first outcome, and says whose it is; a later one changes nothing: undefined. */
  complete(
    id: string,
    outcome: Exclude<CommandOutcome, { kind: 'unanswered' }>,
  ): Promise<Pick<StoredCommand, 'type' | 'receivedAt'> | undefined>;
  find(id: string): Promise<CommandRecord | undefined>;
  /** Stored that long ago and still without an outcome; oldest first by `receivedAt`. */
  listUndelivered(olderThanMs: number, limit: number): Promise<readonly StoredCommand[]>;
}

export const createCommands = (pool: pg.Pool, workspace: string): CommandStore => ({
  store: (command, said) => store(pool, workspace, command, said),
  complete: async (id, outcome) => {
    const { rows } = await pool.query<Pick<CommandColumns, 'type' | 'received_at'>>(
      `UPDATE command SET outcome = $3, completed_at = clock_timestamp()
        WHERE workspace = $1 AND id = $2 AND outcome IS NULL RETURNING type, received_at`,
      [workspace, id, JSON.stringify(outcome)],
    );
    return rows[0] && { type: rows[0].type as CommandType, receivedAt: instantOf(rows[0].received_at) };
  },
  find: (id) => find(pool, workspace, id),
  listUndelivered: (olderThanMs, limit) => listUndelivered(pool, workspace, olderThanMs, limit),
});

export const commandRow = (workspace: string, command: StoredCommand, principal: string): Row => ({
  workspace,
  id: command.id,
  lead_id: command.leadId,
  type: command.type,
  body: command.body ?? {},
  by: command.by,
  principal,
  received_at: timestampOf(command.receivedAt),
});

// With a key the command is stored only by whoever stores the key: of two that come at once, one.
const storeQuery = `WITH claimed AS (
    INSERT INTO idempotency_key (workspace, principal, key, body_hash, command_id)
    SELECT $1, $2, $3, $4, $5 WHERE $3::text IS NOT NULL ON CONFLICT DO NOTHING RETURNING command_id),
  stored AS (
    INSERT INTO command (workspace, id, lead_id, type, body, by, principal, received_at)
    SELECT workspace, id, lead_id, type, body, by, principal, received_at
    FROM json_populate_record(NULL::command, $6)
    WHERE $3::text IS NULL OR EXISTS (SELECT FROM claimed) ON CONFLICT DO NOTHING RETURNING id)
  SELECT id FROM stored`;

async function store(
  pool: pg.Pool,
  workspace: string,
  command: StoredCommand,
  {
    principal,
    idempotencyKey = null,
    bodyHash,
  }: { principal: string; idempotencyKey?: string | null; bodyHash: string },
): Promise<CommandReceipt> {
  const { rowCount } = await pool.query({
    name: 'store-command',
    text: storeQuery,
    values: [
      workspace,
      principal,
      idempotencyKey,
      bodyHash,
      command.id,
      JSON.stringify(commandRow(workspace, command, principal)),
    ],
  });
  if (rowCount === 1) return { kind: 'stored' };
  const earlier = idempotencyKey === null ? undefined : await findKey(pool, workspace, principal, idempotencyKey);
  if (earlier && earlier.body_hash !== bodyHash) return { kind: 'key-reused' };
  const record = await find(pool, workspace, earlier?.command_id ?? command.id);
  if (record === undefined) throw new Error(`command ${command.id} was neither stored nor found`);
  return { kind: 'repeated', record };
}

async function findKey(queries: Queries, workspace: string, principal: string, key: string) {
  const { rows } = await queries.query<{ body_hash: string; command_id: string }>(
    'SELECT body_hash, command_id FROM idempotency_key WHERE workspace = $1 AND principal = $2 AND key = $3',
    [workspace, principal, key],
  );
  return rows[0];
}

interface CommandColumns {
  readonly id: string;
  readonly lead_id: string;
  readonly type: string;
  readonly body: unknown;
  readonly by: string;
  readonly received_at: Date;
  readonly outcome: CommandOutcome | null;
}

const commandColumns = 'id, lead_id, type, body, by, received_at, outcome';

const commandOf = (row: CommandColumns): StoredCommand => ({
  id: row.id,
  leadId: row.lead_id,
  type: row.type as CommandType,
  body: row.body,
  by: row.by,
  receivedAt: instantOf(row.received_at),
});

const find = async (queries: Queries, workspace: string, id: string): Promise<CommandRecord | undefined> =>
  (await findCommandRecords(queries, workspace, [id]))[0];

/** Those that are stored, in no order. */
export async function findCommandRecords(
  queries: Queries,
  workspace: string,
  ids: readonly string[],
): Promise<readonly CommandRecord[]> {
  const { rows } = await queries.query<CommandColumns>(
    `SELECT ${commandColumns} FROM command WHERE workspace = $1 AND id = ANY ($2)`,
    [workspace, ids],
  );
  return rows.map((row) => ({ command: commandOf(row), outcome: row.outcome ?? { kind: 'unanswered' } }));
}

async function listUndelivered(
  queries: Queries,
  workspace: string,
  olderThanMs: number,
  limit: number,
): Promise<readonly StoredCommand[]> {
  const { rows } = await queries.query<CommandColumns>(
    `SELECT ${commandColumns} FROM command
      WHERE workspace = $1 AND outcome IS NULL AND stored_at <= clock_timestamp() - $2 * interval '1 millisecond'
      ORDER BY received_at, stored_at LIMIT $3`,
    [workspace, olderThanMs, limit],
  );
  return rows.map(commandOf);
}
