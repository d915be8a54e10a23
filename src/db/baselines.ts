import type pg from 'pg';
import type { TargetAmount } from '../domain/agreement/index.js';
import type { BaselineStore, EnteredBaseline } from '../domain/reports/index.js';
import { appendAuditEntry } from './audit-entries.js';
import { inRecording, type Queries } from './connections.js';
import { instantOf, timestampOrNull } from './instants.js';

/** What was entered as baselines: appended, never changed. */
export const createBaselines = (pool: pg.Pool, workspace: string): BaselineStore => ({
  enter: (agreement, entries, note, { by, principal }) =>
    inRecording(pool, lockOf(workspace), async (client) => {
      const before = amountsOf(await listIn(client, workspace, agreement, null));
      const metrics = entries.map(({ metric }) => metric);
      const amounts = entries.map(({ amount }) => (amount === null ? null : JSON.stringify(amount)));
      await client.query(insertion, [workspace, agreement, note, by, metrics, amounts]);
      const after = amountsOf(await listIn(client, workspace, agreement, null));
      const subject = `agreement:${agreement}`;
      await appendAuditEntry(client, workspace, { by, principal, action: 'baseline-entered', subject, before, after });
    }),
  list: (agreement, asOf) => listIn(pool, workspace, agreement, timestampOrNull(asOf)),
});

/** Entries follow one another, so that each audit entry tells what the one before has left. */
const lockOf = (workspace: string): string =>
  `SELECT pg_advisory_xact_lock(hashtextextended('baseline:${workspace.replaceAll("'", "''")}', 0))`;

const insertion = `INSERT INTO baseline (workspace, agreement_name, note, "by", metric, amount)
  SELECT $1, $2, $3, $4, * FROM unnest($5::text[], $6::jsonb[])`;

interface Row {
  readonly metric: string;
  readonly amount: TargetAmount | null;
  readonly note: string | null;
  readonly by: string;
  readonly recorded_at: Date;
}

async function listIn(
  queries: Queries,
  workspace: string,
  agreement: string,
  asOf: string | null,
): Promise<readonly EnteredBaseline[]> {
  const { rows } = await queries.query<Row>(
    `SELECT DISTINCT ON (metric) metric, amount, note, "by", recorded_at FROM baseline
      WHERE workspace = $1 AND agreement_name = $2 AND ($3::timestamptz IS NULL OR recorded_at <= $3)
      ORDER BY metric, id DESC`,
    [workspace, agreement, asOf],
  );
  const standing = rows.filter(({ amount }) => amount !== null);
  return standing.map(({ recorded_at: recordedAt, ...entry }) => ({ ...entry, recordedAt: instantOf(recordedAt) }));
}

const amountsOf = (entered: readonly EnteredBaseline[]): Readonly<Record<string, TargetAmount | null>> =>
  Object.fromEntries(entered.map(({ metric, amount }) => [metric, amount]));
