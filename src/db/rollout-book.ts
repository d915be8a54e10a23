import type pg from 'pg';
import type { DurationMs, Instant } from '../domain/business-time/index.js';
import type { LeadInTurn, RolloutBook, TurnOutcome } from '../domain/rollout/ports.js';
import type { Rollout } from '../domain/rollout/rollout.js';
import { completeCommands, findStoredCommands, storeCommands } from './command-turns.js';
import { appendAuditEntry } from './audit-entries.js';
import { inRecording, type Queries } from './connections.js';
import { instantOf, timestampOf } from './instants.js';
import { findRollout, settleLate } from './rollouts.js';
import { concernedBy, concernValues } from './running-leads.js';

/** Rollouts as the machinery works on them: every write may be made twice. */
export const createRolloutBook = (pool: pg.Pool, workspace: string): RolloutBook => ({
  heed: async (id, at) => {
    await settleLate(pool, workspace, id);
    await abortIfSuperseded(pool, workspace, id, at);
    return requireRollout(pool, workspace, id);
  },
  enrol: async (id) => enrol(pool, workspace, await requireRollout(pool, workspace, id)),
  take: (rollout, limit) => take(pool, workspace, rollout, limit),
  storeCommands: (commands) => storeCommands(pool, workspace, commands, PRINCIPAL),
  findCommands: (ids) => findStoredCommands(pool, workspace, ids),
  record: (id, outcomes, msPerLead) =>
    inRecording(pool, 'SELECT', (client) => record(client, workspace, id, outcomes, msPerLead)),
  finish: (id, at) => finish(pool, workspace, id, at),
});

async function requireRollout(queries: Queries, workspace: string, id: string): Promise<Rollout> {
  const rollout = await findRollout(queries, workspace, id);
  if (rollout === undefined) throw new Error(`rollout ${id} is not in the workspace ${workspace}`);
  return rollout;
}

/** A version that is replaced is brought to no further lead. */
const abortIfSuperseded = (pool: pg.Pool, workspace: string, id: string, at: Instant) =>
  inRecording(pool, 'SELECT', async (client) => {
    const { rows } = await client.query<{ before: string }>(
      `UPDATE rollout SET status = 'aborted', status_since = $3, is_superseded = true
        FROM (SELECT status AS before FROM rollout WHERE workspace = $1 AND id = $2 FOR UPDATE) AS old
        WHERE workspace = $1 AND id = $2 AND status IN ('running', 'paused') AND NOT EXISTS (
          SELECT FROM sla_version WHERE sla_version.workspace = $1 AND name = agreement_name
            AND version = agreement_version AND sla_version.status = 'active')
        RETURNING before`,
      [workspace, id, timestampOf(at)],
    );
    const [aborted] = rows;
    if (aborted === undefined) return;
    const change = { before: { status: aborted.before }, after: { status: 'aborted', isSuperseded: true } };
    const entry = { by: 'system', principal: 'system', action: 'rollout-aborted', subject: `rollout:${id}` } as const;
    await appendAuditEntry(client, workspace, { ...entry, ...change });
  });

/** The command's id is made of rollout and lead alone: whoever sends it, it is the same one. */
async function enrol(queries: Queries, workspace: string, rollout: Rollout): Promise<number> {
  const { rowCount } = await queries.query(
    `INSERT INTO rollout_lead (workspace, rollout_id, lead_id, command_id)
      SELECT $1, $7, id, 'rollout_' || left(encode(sha256(convert_to($7 || ' ' || id, 'UTF8')), 'hex'), 32)
      FROM lead WHERE ${concernedBy} ON CONFLICT DO NOTHING`,
    [...concernValues(workspace, rollout), rollout.id],
  );
  return rowCount ?? 0;
}

async function take(queries: Queries, workspace: string, { id, status }: Rollout, limit: number) {
  const { rows } = await queries.query<Omit<LeadInTurn, 'cycleStartedAt'> & { readonly cycleStartedAt: Date }>(
    `SELECT lead_id AS "leadId", command_id AS "commandId", attempt_count AS "attemptCount",
        agreement_key AS "agreementKey", coalesce(mql_at, handed_off_at) AS "cycleStartedAt"
      FROM rollout_lead JOIN lead ON lead.workspace = $1 AND lead.id = lead_id
      WHERE rollout_lead.workspace = $1 AND rollout_id = $2 AND status = $3
      ORDER BY attempt_count, lead_id LIMIT $4`,
    [workspace, id, status === 'reverting' ? 'applied' : 'waiting', limit],
  );
  return rows.map((row) => ({ ...row, cycleStartedAt: instantOf(row.cycleStartedAt) }));
}

const PRINCIPAL = 'rollout';

async function record(
  client: Queries,
  workspace: string,
  id: string,
  outcomes: readonly TurnOutcome[],
  msPerLead: DurationMs,
): Promise<void> {
  await completeCommands(client, workspace, outcomes);
  await client.query(
    `UPDATE rollout_lead SET status = given.status, code = given.code, detail = given.detail,
        attempt_count = attempt_count + 1,
        at = coalesce(rollout_lead.at, (SELECT lead_event.at FROM lead_event WHERE lead_event.workspace = $1
          AND lead_event.lead_id = rollout_lead.lead_id AND seq = (given.outcome ->> 'seq')::int))
      FROM jsonb_to_recordset($3) AS given ("leadId" text, status text, outcome jsonb, code text, detail jsonb)
      WHERE rollout_lead.workspace = $1 AND rollout_id = $2 AND lead_id = "leadId"`,
    [workspace, id, JSON.stringify(outcomes)],
  );
  await client.query('UPDATE rollout SET ms_per_lead = $3 WHERE workspace = $1 AND id = $2', [
    workspace,
    id,
    msPerLead,
  ]);
}

/** So long a hand-off may still be on its way under the version before: known for a second, recorded within five. */
const LATECOMERS_MS = 6_000;

async function finish(queries: Queries, workspace: string, id: string, at: Instant) {
  const { rows } = await queries.query<{ activated_at: Date | null }>(
    `SELECT activated_at FROM rollout JOIN sla_version ON sla_version.workspace = $1 AND name = agreement_name
        AND version = agreement_version WHERE rollout.workspace = $1 AND id = $2`,
    [workspace, id],
  );
  const activatedAt = rows[0]?.activated_at;
  const waitMs = activatedAt ? instantOf(activatedAt) + LATECOMERS_MS - at : 0;
  if (waitMs > 0) return { waitMs };
  await queries.query(
    `UPDATE rollout SET status = CASE status WHEN 'running' THEN 'done' ELSE 'reverted' END, status_since = $3
      WHERE workspace = $1 AND id = $2 AND status IN ('running', 'reverting')`,
    [workspace, id, timestampOf(at)],
  );
  return { waitMs: 0 };
}
