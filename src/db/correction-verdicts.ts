import type {
  CorrectedVerdict,
  CorrectionTotal,
  JudgedLead,
  VerdictListing,
  VerdictPlace,
} from '../domain/correction/index.js';
import type { Queries } from './connections.js';
import { instantOf, timestampOf } from './instants.js';

interface Wanted {
  readonly id: string;
  readonly listing: VerdictListing;
  readonly after: VerdictPlace | undefined;
  readonly limit: number;
}

/** One page of what a correction changes, by lead, cycle, clock and number. */
export async function listVerdicts(
  queries: Queries,
  workspace: string,
  { id, listing, after, limit }: Wanted,
): Promise<readonly CorrectedVerdict[]> {
  const { rows } = await queries.query<Omit<CorrectedVerdict, 'startedAt'> & { readonly startedAt: Date }>(
    `SELECT lead_id AS "leadId", clock, n, cycle, party, team, started_at AS "startedAt", was, now AS "is"
      FROM correction_verdict WHERE workspace = $1 AND correction_id = $2 AND listing = $3
        AND ($4::text IS NULL OR (lead_id, cycle, clock, n) > ($4, $5, $6, $7))
      ORDER BY lead_id, cycle, clock, n LIMIT $8`,
    [workspace, id, listing, after?.leadId ?? null, after?.cycle ?? 0, after?.clock ?? '', after?.n ?? 0, limit],
  );
  return rows.map((row) => ({ ...row, startedAt: instantOf(row.startedAt) }));
}

/** By promise and team, the clocks of nobody last. */
export async function readTotals(
  queries: Queries,
  workspace: string,
  id: string,
  listing: VerdictListing,
): Promise<readonly CorrectionTotal[]> {
  const { rows } = await queries.query<CorrectionTotal>(
    `SELECT clock, party, team, count(*)::int AS "clockCount", count(DISTINCT lead_id)::int AS "leadCount",
        count(*) FILTER (WHERE is_other AND now ->> 'verdict' = 'met')::int AS "nowMetCount",
        count(*) FILTER (WHERE is_other AND now ->> 'verdict' = 'breached')::int AS "nowBreachedCount",
        count(*) FILTER (WHERE NOT is_other)::int AS "movedCount"
      FROM (SELECT *, was ->> 'verdict' <> now ->> 'verdict' AS is_other FROM correction_verdict
        WHERE workspace = $1 AND correction_id = $2 AND listing = $3) AS verdict
      GROUP BY party, clock, team ORDER BY party, clock, team NULLS LAST`,
    [workspace, id, listing],
  );
  return rows;
}

/** What these leads' verdicts are in a list, in the place of what they were there. */
export async function writeVerdicts(
  client: Queries,
  workspace: string,
  id: string,
  listing: VerdictListing,
  leads: readonly JudgedLead[],
): Promise<void> {
  await client.query(
    `DELETE FROM correction_verdict WHERE workspace = $1 AND correction_id = $2 AND listing = $3 AND lead_id = ANY ($4)`,
    [workspace, id, listing, leads.map(({ leadId }) => leadId)],
  );
  const rows = leads.flatMap(({ leadId, clocks }) =>
    clocks.map(({ clockCycle: cycle, clock, n, party, team, startedAt, was, is }) => ({
      ...{ workspace, correction_id: id, listing, lead_id: leadId, cycle, clock, n, party, team },
      ...{ started_at: timestampOf(startedAt), was, now: is },
    })),
  );
  await client.query(
    'INSERT INTO correction_verdict SELECT * FROM json_populate_recordset(NULL::correction_verdict, $1)',
    [JSON.stringify(rows)],
  );
}
