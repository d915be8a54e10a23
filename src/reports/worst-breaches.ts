import type { Instant } from '../domain/business-time/index.js';
import type { WorstBreach } from '../domain/reports/index.js';
import { knownRows, Values } from './known-rows.js';
import type { Known, ReportQuery } from './ports.js';

interface Row {
  readonly lead_id: string;
  readonly cycle: number;
  readonly clock: string;
  readonly n: number;
  readonly owner: string | null;
  readonly team: string | null;
  readonly due_at: Date;
  readonly overshoot_ms: string | null;
}

/** Clocks that ran out in `[from, to)`: first those that still wait, the oldest first; then by how late they were. */
export async function queryWorstBreaches(
  query: ReportQuery,
  known: Known,
  { from, to, limit }: { readonly from: Instant; readonly to: Instant; readonly limit: number },
): Promise<readonly WorstBreach[]> {
  const values = new Values();
  const where = knownRows(values, known, {});
  const [start, end] = [from, to].map((at) => values.add(new Date(at).toISOString()));
  const rows = await query<Row>(
    `SELECT lead_id, cycle, clock, n, owner, team, due_at, overshoot_ms FROM report_clock
      WHERE ${where} AND verdict = 'breached' AND decided_at >= ${start}::timestamptz AND decided_at < ${end}::timestamptz
      ORDER BY overshoot_ms DESC NULLS FIRST, due_at, lead_id, cycle, clock, n LIMIT ${values.add(limit)}`,
    values.list,
  );
  return rows.map((row) => ({
    leadId: row.lead_id,
    cycle: row.cycle,
    clock: row.clock,
    n: row.n,
    owner: row.owner,
    team: row.team,
    dueAt: row.due_at.getTime(),
    overshootMs: row.overshoot_ms === null ? null : Number(row.overshoot_ms),
  }));
}
