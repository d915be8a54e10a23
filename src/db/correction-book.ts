import type pg from 'pg';
import type { Instant } from '../domain/business-time/index.js';
import {
  touchOf,
  type Correction,
  type CorrectionBook,
  type JudgedLead,
  type LeadToJudge,
} from '../domain/correction/index.js';
import { completeCommands, findStoredCommands, storeCommands } from './command-turns.js';
import { inRecording, type Queries } from './connections.js';
import { writeVerdicts } from './correction-verdicts.js';
import { findCorrection } from './corrections.js';
import { timestampOf } from './instants.js';
import { readStories } from './ledger.js';

const PRINCIPAL = 'correction';

/** Corrections as the machinery works on them: every write may be made twice. */
export const createCorrectionBook = (pool: pg.Pool, workspace: string): CorrectionBook => ({
  heed: async (id) => {
    const correction = await findCorrection(pool, workspace, id);
    if (correction === undefined) throw new Error(`correction ${id} is not in the workspace ${workspace}`);
    return correction;
  },
  enrol: (correction) => enrol(pool, workspace, correction),
  take: (id, limit) => take(pool, workspace, id, limit),
  storeCommands: (commands) => storeCommands(pool, workspace, commands, PRINCIPAL),
  findCommands: (ids) => findStoredCommands(pool, workspace, ids),
  record: (correction, leads) => inRecording(pool, 'SELECT', (client) => record(client, workspace, correction, leads)),
  finish: (correction, at) => finish(pool, workspace, correction, at),
});

/** After which no day can change what a clock was judged, or will be: as the index `sla_clock_end_idx` has it. */
const clockEnd = `CASE WHEN verdict = 'breached' AND ended IS NULL THEN 'infinity'
  ELSE coalesce(greatest(due_at, completed_at), cancelled_at, 'infinity') END`;

/** The lead whose fact was wrong, or those that a calendar may have wronged. */
const enrol = (queries: Queries, workspace: string, correction: Correction): Promise<number> => {
  const touch = touchOf(correction.subject);
  return touch
    ? enrolLead(queries, workspace, correction.id, touch.leadId)
    : enrolFollowers(queries, workspace, correction);
};

async function enrolLead(queries: Queries, workspace: string, id: string, leadId: string): Promise<number> {
  const { rowCount } = await queries.query(
    'INSERT INTO correction_lead (workspace, correction_id, lead_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
    [workspace, id, leadId],
  );
  return rowCount ?? 0;
}

/**
 * Leads that have ever followed the terms that were wrong, with a clock that ran while they were. Each is looked up in
 * its own ledger, which knows of terms that no revision of a clock has: several may have come in one recording.
 */
const followers = `INSERT INTO correction_lead (workspace, correction_id, lead_id)
  SELECT $1, $2, ran.lead_id
  FROM (SELECT DISTINCT lead_id FROM sla_clock WHERE workspace = $1 AND superseded_at IS NULL
      AND (${clockEnd}) >= $4 AND started_at < $5) AS ran,
    LATERAL (SELECT FROM lead_event WHERE workspace = $1 AND lead_id = ran.lead_id AND agreement_key = ANY ($3)
      LIMIT 1) AS followed
  ON CONFLICT DO NOTHING`;

async function enrolFollowers(
  queries: Queries,
  workspace: string,
  { id, termsInstead, coversFrom, coversUntil }: Correction,
): Promise<number> {
  const covered = [timestampOf(coversFrom), timestampOf(coversUntil)];
  const { rowCount } = await queries.query(followers, [workspace, id, Object.keys(termsInstead), ...covered]);
  return rowCount ?? 0;
}

async function take(queries: Queries, workspace: string, id: string, limit: number): Promise<readonly LeadToJudge[]> {
  const { rows } = await queries.query<{ leadId: string; attemptCount: number }>(
    `SELECT lead_id AS "leadId", attempt_count AS "attemptCount" FROM correction_lead
      WHERE workspace = $1 AND correction_id = $2 AND status = 'waiting' ORDER BY attempt_count, lead_id LIMIT $3`,
    [workspace, id, limit],
  );
  const stories = await readStories(
    queries,
    workspace,
    rows.map(({ leadId }) => leadId),
  );
  return rows.map((row) => ({ ...row, story: stories.get(row.leadId) ?? [] }));
}

async function record(
  client: Queries,
  workspace: string,
  { id, status }: Correction,
  leads: readonly JudgedLead[],
): Promise<void> {
  await completeCommands(client, workspace, leads);
  const decided = leads.filter((lead) => lead.status !== 'waiting');
  if (decided.length > 0) {
    await writeVerdicts(client, workspace, id, status === 'approved' ? 'rejudged' : 'listed', decided);
  }
  const rows = leads.map(({ leadId, status: became, code, detail }) => ({ leadId, status: became, code, detail }));
  await client.query(
    `UPDATE correction_lead SET status = given.status, code = given.code, detail = given.detail,
        attempt_count = attempt_count + 1
      FROM jsonb_to_recordset($3) AS given ("leadId" text, status text, code text, detail jsonb)
      WHERE correction_lead.workspace = $1 AND correction_id = $2 AND lead_id = "leadId"`,
    [workspace, id, JSON.stringify(rows)],
  );
}

async function finish(queries: Queries, workspace: string, { id }: Correction, at: Instant): Promise<void> {
  await queries.query(
    `UPDATE correction SET status = CASE status WHEN 'listing' THEN 'draft' ELSE 'done' END, status_since = $3
      WHERE workspace = $1 AND id = $2 AND status IN ('listing', 'approved')`,
    [workspace, id, timestampOf(at)],
  );
}
