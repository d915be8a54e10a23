import type pg from 'pg';
import type { Actor } from '../domain/access/audit-entry.js';
import type { Instant } from '../domain/business-time/index.js';
import {
  correctionLeadStatuses,
  correctionOrdersIn,
  standingsUnderWay,
  type Correction,
  type CorrectionCounts,
  type CorrectionMade,
  type CorrectionOrder,
  type CorrectionOrdered,
  type CorrectionStatus,
  type CorrectionStore,
  type CorrectionToMake,
  type OwnTerms,
  type UnjudgedLead,
} from '../domain/correction/index.js';
import { appendAuditEntry } from './audit-entries.js';
import { inRecording, type Queries } from './connections.js';
import { listVerdicts, readTotals } from './correction-verdicts.js';
import { instantOf, timestampOf } from './instants.js';

/** Corrections as people see and order them. */
export const createCorrections = (pool: pg.Pool, workspace: string): CorrectionStore => ({
  make: (correction, actor) => inRecording(pool, 'SELECT', (client) => make(client, workspace, correction, actor)),
  order: (id, order, actor, at) =>
    inRecording(pool, 'SELECT', (client) => obey(client, workspace, { id, order, actor, at })),
  find: (id) => findCorrection(pool, workspace, id),
  list: async (after, limit) => {
    const { rows } = await pool.query<{ id: string }>(
      `SELECT id FROM correction WHERE workspace = $1
          AND ($2::text IS NULL OR (created_at, id) < (SELECT created_at, id FROM correction WHERE workspace = $1 AND id = $2))
        ORDER BY created_at DESC, id DESC LIMIT $3`,
      [workspace, after ?? null, limit],
    );
    const found = await Promise.all(rows.map(({ id }) => findCorrection(pool, workspace, id)));
    return found.filter((correction) => correction !== undefined);
  },
  verdicts: (id, listing, after, limit) => listVerdicts(pool, workspace, { id, listing, after, limit }),
  totals: (id, listing) => readTotals(pool, workspace, id, listing),
  unjudged: async (id, limit) => {
    const { rows } = await pool.query<UnjudgedLead>(
      `SELECT lead_id AS "leadId", code, detail FROM correction_lead
        WHERE workspace = $1 AND correction_id = $2 AND status = 'unjudged' ORDER BY lead_id LIMIT $3`,
      [workspace, id, limit],
    );
    return rows;
  },
  termsInstead: () => readTermsInstead(pool, workspace),
  ownTerms: (agreement, versions) => readOwnTerms(pool, workspace, agreement, versions),
  listUntold: async (olderThanMs, limit) => {
    const { rows } = await pool.query<{ id: string }>(
      `SELECT id FROM correction WHERE workspace = $1 AND NOT is_told
          AND status_since <= clock_timestamp() - $2 * interval '1 millisecond' ORDER BY status_since LIMIT $3`,
      [workspace, olderThanMs, limit],
    );
    return rows.map(({ id }) => id);
  },
  markTold: async (id) => {
    await pool.query('UPDATE correction SET is_told = true WHERE workspace = $1 AND id = $2', [workspace, id]);
  },
});

async function make(
  client: Queries,
  workspace: string,
  correction: CorrectionToMake,
  actor: Actor,
): Promise<CorrectionMade> {
  const { id, subject, reason, termsInstead, coversFrom, coversUntil, createdAt } = correction;
  await client.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [
    `corrections:${workspace}:${subject.agreement}`,
  ]);
  const { rows } = await client.query<{ id: string }>(
    'SELECT id FROM correction WHERE workspace = $1 AND agreement_name = $2 AND status = ANY ($3)',
    [workspace, subject.agreement, standingsUnderWay],
  );
  if (rows[0]) return { kind: 'under-way', correctionId: rows[0].id };
  await client.query(
    `INSERT INTO correction (workspace, id, agreement_name, subject, reason, terms_instead, covers_from, covers_until,
        status_since, created_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $9)`,
    [
      ...[workspace, id, subject.agreement, JSON.stringify(subject), reason, JSON.stringify(termsInstead)],
      ...[timestampOf(coversFrom), timestampOf(coversUntil), timestampOf(createdAt), actor.by],
    ],
  );
  const entry = { ...actor, action: 'correction-drafted', subject: `correction:${id}` } as const;
  await appendAuditEntry(client, workspace, { ...entry, before: null, after: { ...subject, reason } });
  return { kind: 'made' };
}

interface Order {
  readonly id: string;
  readonly order: CorrectionOrder;
  readonly actor: Actor;
  readonly at: Instant;
}

const actionOf = { approve: 'correction-approved', withdraw: 'correction-withdrawn' } as const;

async function obey(client: Queries, workspace: string, { id, order, actor, at }: Order): Promise<CorrectionOrdered> {
  const { rows } = await client.query<{ status: CorrectionStatus; created_by: string }>(
    'SELECT status, created_by FROM correction WHERE workspace = $1 AND id = $2 FOR UPDATE',
    [workspace, id],
  );
  const [known] = rows;
  if (known === undefined) return { kind: 'unknown' };
  const status = correctionOrdersIn[known.status][order];
  if (status === undefined) return { kind: 'out-of-place', status: known.status };
  if (order === 'approve' && known.created_by === actor.by) return { kind: 'own-correction' };
  await client.query(
    'UPDATE correction SET status = $3, status_since = $4, is_told = false WHERE workspace = $1 AND id = $2',
    [workspace, id, status, timestampOf(at)],
  );
  if (order === 'approve') await approve(client, workspace, { id, by: actor.by, at });
  const change = { before: { status: known.status }, after: { status } };
  await appendAuditEntry(client, workspace, {
    ...actor,
    action: actionOf[order],
    subject: `correction:${id}`,
    ...change,
  });
  return { kind: 'ordered' };
}

/** Every lead is judged once more, as it is by then. */
async function approve(
  client: Queries,
  workspace: string,
  { id, by, at }: { readonly id: string; readonly by: string; readonly at: Instant },
): Promise<void> {
  await client.query('UPDATE correction SET approved_by = $3, approved_at = $4 WHERE workspace = $1 AND id = $2', [
    ...[workspace, id, by, timestampOf(at)],
  ]);
  await client.query(
    `UPDATE correction_lead SET status = 'waiting', attempt_count = 0, code = NULL, detail = NULL
      WHERE workspace = $1 AND correction_id = $2`,
    [workspace, id],
  );
}

interface CorrectionRow {
  readonly id: string;
  readonly subject: Correction['subject'];
  readonly reason: string;
  readonly terms_instead: Correction['termsInstead'];
  readonly covers_from: Date;
  readonly covers_until: Date;
  readonly status: CorrectionStatus;
  readonly status_since: Date;
  readonly created_by: string;
  readonly created_at: Date;
  readonly approved_by: string | null;
  readonly approved_at: Date | null;
  readonly counts: Partial<CorrectionCounts> | null;
}

export async function findCorrection(queries: Queries, workspace: string, id: string): Promise<Correction | undefined> {
  const { rows } = await queries.query<CorrectionRow>(
    `SELECT *, (SELECT json_object_agg(status, count) FROM (SELECT status, count(*)::int AS count FROM correction_lead
        WHERE workspace = $1 AND correction_id = $2 GROUP BY status) AS counted) AS counts
      FROM correction WHERE workspace = $1 AND id = $2`,
    [workspace, id],
  );
  return rows[0] && correctionOf(rows[0]);
}

const noLeads = Object.fromEntries(correctionLeadStatuses.map((status) => [status, 0])) as CorrectionCounts;

const correctionOf = (row: CorrectionRow): Correction => ({
  id: row.id,
  subject: row.subject,
  reason: row.reason,
  termsInstead: row.terms_instead,
  coversFrom: instantOf(row.covers_from),
  coversUntil: instantOf(row.covers_until),
  status: row.status,
  statusSince: instantOf(row.status_since),
  createdBy: row.created_by,
  createdAt: instantOf(row.created_at),
  approvedBy: row.approved_by,
  approvedAt: row.approved_at === null ? null : instantOf(row.approved_at),
  counts: { ...noLeads, ...row.counts },
});

/** The later one of two that speak of the same terms was made upon the earlier one. */
export async function readTermsInstead(queries: Queries, workspace: string): Promise<Readonly<Record<string, string>>> {
  const { rows } = await queries.query<{ terms_instead: Record<string, string> }>(
    'SELECT terms_instead FROM correction WHERE workspace = $1 AND approved_at IS NOT NULL ORDER BY approved_at, id',
    [workspace],
  );
  return Object.assign({}, ...rows.map((row) => row.terms_instead)) as Record<string, string>;
}

// From one key to the next in the index: a rollout tells many leads the same.
const ownTerms = `WITH RECURSIVE applied (version, key) AS (
    SELECT version, following.key FROM unnest($3::int[]) AS asked (version), ${keyAfter(`''`)}
    UNION ALL SELECT version, following.key FROM applied, ${keyAfter('applied.key')})
  SELECT applied.version, applied.key FROM applied
  LEFT JOIN sla_version AS named ON named.workspace = $1 AND named.name = $2 AND named.version = applied.version
  WHERE applied.key IS DISTINCT FROM named.key ORDER BY 1, 2`;

function keyAfter(key: string): string {
  return `LATERAL (SELECT agreement_key AS key FROM lead_event WHERE workspace = $1 AND type = 'agreement-applied'
    AND agreement_name = $2 AND agreement_version = version AND agreement_key > ${key}
    ORDER BY agreement_key LIMIT 1) AS following`;
}

async function readOwnTerms(
  queries: Queries,
  workspace: string,
  agreement: string,
  versions: readonly number[],
): Promise<readonly OwnTerms[]> {
  const { rows } = await queries.query<OwnTerms>(ownTerms, [workspace, agreement, versions]);
  return rows;
}
