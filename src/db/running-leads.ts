import type pg from 'pg';
import type { Answer } from '../domain/lifecycle/questions.js';
import type { Concern, RunningLeads } from '../domain/rollout/ports.js';
import type { Queries } from './connections.js';
import { readStories } from './ledger.js';
import { readWorkload } from './workload.js';

/** Leads that run under an agreement, with all that a preview of them needs. */
export const createRunningLeads = (pool: pg.Pool, workspace: string): RunningLeads => ({
  page: async (concern, after, limit) => {
    const { rows } = await pool.query<{ id: string }>(
      `SELECT id FROM lead WHERE ${concernedBy} AND id > $7 ORDER BY id LIMIT $8`,
      [...concernValues(workspace, concern), after ?? '', limit],
    );
    const leadIds = rows.map(({ id }) => id);
    const [stories, answers] = await Promise.all([
      readStories(pool, workspace, leadIds),
      readAnswers(pool, workspace, leadIds),
    ]);
    return leadIds.map((leadId) => ({ leadId, story: stories.get(leadId)!, answers: answers.get(leadId) ?? {} }));
  },
  count: async (concern) => {
    const { rows } = await pool.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM lead WHERE ${concernedBy}`,
      [...concernValues(workspace, concern)],
    );
    return rows[0]?.count ?? 0;
  },
  workload: () => readWorkload(pool, workspace),
});

/**
 * A lead that runs, and would feel the version: it follows another one, or, where running clocks change, one of its
 * clocks does. The first six parameters are `concernValues`.
 */
export const concernedBy = `workspace = $1 AND agreement_name = $2 AND excluded IS NULL
  AND (stage IN ('mql', 'sal', 'nurture', 'recycled') OR next_due_at IS NOT NULL)
  AND (agreement_key <> $3 OR agreement_version <> $5 OR $6 <> 'keep' AND EXISTS (SELECT FROM sla_clock
    WHERE sla_clock.workspace = lead.workspace AND lead_id = lead.id AND superseded_at IS NULL
      AND verdict IN ('pending', 'paused') AND terms_key <> $3))
  AND (cardinality($4::text[]) = 0 OR segment = ANY ($4))`;

export const concernValues = (workspace: string, { agreement, mode, segments }: Concern): readonly unknown[] => [
  workspace,
  agreement.name,
  agreement.key,
  segments,
  agreement.version,
  mode,
];

async function readAnswers(queries: Queries, workspace: string, leadIds: readonly string[]) {
  const answers = new Map<string, Record<string, Answer>>();
  if (leadIds.length === 0) return answers;
  const { rows } = await queries.query<{ lead_id: string; key: string; answer: Answer }>(
    'SELECT lead_id, key, answer FROM answer WHERE workspace = $1 AND lead_id = ANY ($2)',
    [workspace, leadIds],
  );
  for (const { lead_id: leadId, key, answer } of rows) {
    const known = answers.get(leadId) ?? {};
    known[key] = answer;
    answers.set(leadId, known);
  }
  return answers;
}
