import type pg from 'pg';
import type { Actor, AuditAction } from '../domain/access/audit-entry.js';
import type { RolloutMode } from '../domain/lifecycle/commands.js';
import type {
  RolloutLead,
  RolloutOrdered,
  RolloutStart,
  RolloutStore,
  RolloutToStart,
} from '../domain/rollout/ports.js';
import {
  ordersIn,
  rolloutLeadStatuses,
  standingsUnderWay,
  type Rollout,
  type RolloutCounts,
  type RolloutLeadStatus,
  type RolloutOrder,
  type RolloutStatus,
} from '../domain/rollout/rollout.js';
import type { Instant } from '../domain/business-time/index.js';
import { appendAuditEntry } from './audit-entries.js';
import { inRecording, type Queries } from './connections.js';
import { instantOf, timestampOf } from './instants.js';

/** Rollouts as people see and order them. */
export const createRollouts = (pool: pg.Pool, workspace: string): RolloutStore => ({
  start: (rollout, actor) => inRecording(pool, 'SELECT', (client) => start(client, workspace, rollout, actor)),
  order: (id, order, actor, at) =>
    inRecording(pool, 'SELECT', (client) => obey(client, workspace, { id, order, actor, at })),
  find: async (id) => {
    await settleLate(pool, workspace, id);
    return findRollout(pool, workspace, id);
  },
  list: async (agreement, after, limit) => {
    const ids = await listIds(pool, workspace, agreement, after, limit);
    const rollouts = await Promise.all(ids.map((id) => findRollout(pool, workspace, id)));
    return rollouts.filter((rollout) => rollout !== undefined);
  },
  leads: async (id, status, after, limit) => {
    await settleLate(pool, workspace, id);
    return listLeads(pool, workspace, { id, status, after, limit });
  },
  listUntold: async (olderThanMs, limit) => {
    const { rows } = await pool.query<{ id: string }>(
      `SELECT id FROM rollout WHERE workspace = $1 AND NOT is_told
          AND status_since <= clock_timestamp() - $2 * interval '1 millisecond' ORDER BY status_since LIMIT $3`,
      [workspace, olderThanMs, limit],
    );
    return rows.map(({ id }) => id);
  },
  markTold: async (id) => {
    await pool.query('UPDATE rollout SET is_told = true WHERE workspace = $1 AND id = $2', [workspace, id]);
  },
});

async function start(client: Queries, workspace: string, rollout: RolloutToStart, actor: Actor): Promise<RolloutStart> {
  const { id, agreement, mode, segments, leadsPerSecond, startedAt } = rollout;
  const status = await lockVersion(client, workspace, agreement.name, agreement.version);
  if (status !== 'active') return { kind: 'not-active', status: status ?? 'unknown' };
  const other = await findUnderWay(client, workspace, agreement.name);
  if (other !== undefined) return { kind: 'under-way', rolloutId: other };
  await client.query(
    `INSERT INTO rollout (workspace, id, agreement_name, agreement_version, agreement_key, mode, segments,
        leads_per_second, status, status_since, started_by, started_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'running', $10, $9, $10)`,
    [
      workspace,
      id,
      agreement.name,
      agreement.version,
      agreement.key,
      mode,
      segments,
      leadsPerSecond,
      actor.by,
      timestampOf(startedAt),
    ],
  );
  const after = { ...agreement, mode, segments, leadsPerSecond };
  const entry = { ...actor, action: 'rollout-started', subject: `rollout:${id}`, before: null, after } as const;
  await appendAuditEntry(client, workspace, entry);
  return { kind: 'started' };
}

/** Held to the end of the transaction: of two that start at once, the second sees the first. */
async function lockVersion(client: Queries, workspace: string, name: string, version: number) {
  await client.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`rollouts:${workspace}:${name}`]);
  const { rows } = await client.query<{ status: string }>(
    'SELECT status FROM sla_version WHERE workspace = $1 AND name = $2 AND version = $3 FOR SHARE',
    [workspace, name, version],
  );
  return rows[0]?.status;
}

async function findUnderWay(client: Queries, workspace: string, name: string): Promise<string | undefined> {
  const { rows } = await client.query<{ id: string }>(
    'SELECT id FROM rollout WHERE workspace = $1 AND agreement_name = $2 AND status = ANY ($3)',
    [workspace, name, standingsUnderWay],
  );
  return rows[0]?.id;
}

interface Order {
  readonly id: string;
  readonly order: RolloutOrder;
  readonly actor: Actor;
  readonly at: Instant;
}

async function obey(client: Queries, workspace: string, { id, order, actor, at }: Order): Promise<RolloutOrdered> {
  const { rows } = await client.query<{ status: RolloutStatus; agreement_name: string }>(
    'SELECT status, agreement_name FROM rollout WHERE workspace = $1 AND id = $2 FOR UPDATE',
    [workspace, id],
  );
  const [rollout] = rows;
  if (rollout === undefined) return { kind: 'unknown' };
  const status = ordersIn[rollout.status][order];
  if (status === undefined) return { kind: 'out-of-place', status: rollout.status };
  const other = await findUnderWay(client, workspace, rollout.agreement_name);
  if (status === 'reverting' && other !== undefined && other !== id) return { kind: 'under-way', rolloutId: other };
  await client.query(
    `UPDATE rollout SET status = $3, status_since = $4, is_told = false, ms_per_lead = NULL
      WHERE workspace = $1 AND id = $2`,
    [workspace, id, status, timestampOf(at)],
  );
  if (status === 'reverting') await giveTurnsAnew(client, workspace, id);
  const change = { before: { status: rollout.status }, after: { status } };
  const entry = { ...actor, action: actionOf[order], subject: `rollout:${id}`, ...change };
  await appendAuditEntry(client, workspace, entry);
  return { kind: 'ordered' };
}

const actionOf = {
  pause: 'rollout-paused',
  resume: 'rollout-resumed',
  abort: 'rollout-aborted',
  revert: 'rollout-reverted',
} as const satisfies Record<RolloutOrder, AuditAction>;

/** Attempts at bringing the terms do not count against those at taking them back. */
const giveTurnsAnew = (client: Queries, workspace: string, id: string) =>
  client.query(
    `UPDATE rollout_lead SET attempt_count = 0 WHERE workspace = $1 AND rollout_id = $2 AND status = 'applied'
      AND attempt_count > 0`,
    [workspace, id],
  );

/** A lead that gave no answer in time may have given it since: its command is relayed until it does. */
export async function settleLate(queries: Queries, workspace: string, id: string): Promise<void> {
  await queries.query(
    `UPDATE rollout_lead SET code = outcome #>> '{refusal,code}', detail = outcome #> '{refusal,detail}',
        status = CASE outcome ->> 'kind' WHEN 'done' THEN 'applied' ELSE 'refused' END,
        at = (SELECT lead_event.at FROM lead_event WHERE lead_event.workspace = $1
          AND lead_event.lead_id = rollout_lead.lead_id AND seq = (outcome ->> 'seq')::int)
      FROM command WHERE rollout_lead.workspace = $1 AND rollout_id = $2 AND status = 'failed'
        AND command.workspace = $1 AND command.id = command_id AND outcome IS NOT NULL`,
    [workspace, id],
  );
}

interface RolloutRow {
  readonly id: string;
  readonly agreement_name: string;
  readonly agreement_version: number;
  readonly agreement_key: string;
  readonly mode: RolloutMode;
  readonly segments: readonly string[];
  readonly leads_per_second: number;
  readonly status: RolloutStatus;
  readonly status_since: Date;
  readonly is_superseded: boolean;
  readonly started_by: string;
  readonly started_at: Date;
  readonly ms_per_lead: number | null;
  readonly counts: Partial<RolloutCounts> | null;
}

export async function findRollout(queries: Queries, workspace: string, id: string): Promise<Rollout | undefined> {
  const { rows } = await queries.query<RolloutRow>(
    `SELECT *, (SELECT json_object_agg(status, count) FROM (SELECT status, count(*)::int AS count FROM rollout_lead
        WHERE workspace = $1 AND rollout_id = $2 GROUP BY status) AS counted) AS counts
      FROM rollout WHERE workspace = $1 AND id = $2`,
    [workspace, id],
  );
  return rows[0] && rolloutOf(rows[0]);
}

const noLeads = Object.fromEntries(rolloutLeadStatuses.map((status) => [status, 0])) as RolloutCounts;

const rolloutOf = (row: RolloutRow): Rollout => ({
  id: row.id,
  agreement: { key: row.agreement_key, name: row.agreement_name, version: row.agreement_version },
  mode: row.mode,
  segments: row.segments,
  leadsPerSecond: row.leads_per_second,
  status: row.status,
  statusSince: instantOf(row.status_since),
  isSuperseded: row.is_superseded,
  startedBy: row.started_by,
  startedAt: instantOf(row.started_at),
  counts: { ...noLeads, ...row.counts },
  msPerLead: row.ms_per_lead,
});

async function listIds(
  queries: Queries,
  workspace: string,
  agreement: string | undefined,
  after: string | undefined,
  limit: number,
): Promise<readonly string[]> {
  const { rows } = await queries.query<{ id: string }>(
    `SELECT id FROM rollout WHERE workspace = $1 AND ($2::text IS NULL OR agreement_name = $2)
        AND ($3::text IS NULL OR (started_at, id) < (SELECT started_at, id FROM rollout WHERE workspace = $1 AND id = $3))
      ORDER BY started_at DESC, id DESC LIMIT $4`,
    [workspace, agreement ?? null, after ?? null, limit],
  );
  return rows.map(({ id }) => id);
}

interface LeadsWanted {
  readonly id: string;
  readonly status: RolloutLeadStatus | undefined;
  readonly after: string | undefined;
  readonly limit: number;
}

async function listLeads(
  queries: Queries,
  workspace: string,
  { id, status, after, limit }: LeadsWanted,
): Promise<readonly RolloutLead[]> {
  const { rows } = await queries.query<Omit<RolloutLead, 'at'> & { at: Date | null }>(
    `SELECT lead_id AS "leadId", status, attempt_count AS "attemptCount", at, code, detail FROM rollout_lead
      WHERE workspace = $1 AND rollout_id = $2 AND ($3::text IS NULL OR status = $3) AND lead_id > $4
      ORDER BY lead_id LIMIT $5`,
    [workspace, id, status ?? null, after ?? '', limit],
  );
  return rows.map((row) => ({ ...row, at: row.at === null ? null : instantOf(row.at) }));
}
