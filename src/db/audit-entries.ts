import type pg from 'pg';
import type { AuditEntry, AuditEntryReader, RecordedAuditEntry } from '../domain/access/audit-entry.js';
import type { Prisma } from '../generated/prisma/client.js';
import type { Queries } from './connections.js';
import { instantOf, timestampOrNull } from './instants.js';

/**
 * Notes a change within the caller's transaction, by either of the ways in which this folder speaks to PostgreSQL: the
 * change and its entry are there together or not at all. The transaction must end within 5 s, as all recordings do.
 */
export async function appendAuditEntry(
  transaction: Queries | Prisma.TransactionClient,
  workspace: string,
  { by, principal, action, subject, before, after }: AuditEntry,
): Promise<void> {
  const values = [workspace, by, principal, action, subject, jsonOf(before), jsonOf(after)];
  if ('$executeRawUnsafe' in transaction) await transaction.$executeRawUnsafe(insertion, ...values);
  else await transaction.query(insertion, values);
}

/** The same for many changes at once, in their order. */
export async function appendAuditEntries(
  transaction: Queries,
  workspace: string,
  entries: readonly AuditEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map(({ by, principal, action, subject, before, after }) => {
    return { by, principal, action, subject, before, after };
  });
  await transaction.query(
    `INSERT INTO audit_entry (workspace, "by", principal, action, subject, before, after)
      SELECT $1, "by", principal, action, subject, nullif(before, 'null'::jsonb), nullif(after, 'null'::jsonb)
      FROM jsonb_to_recordset($2::jsonb) AS given("by" text, principal text, action text, subject text,
        before jsonb, after jsonb)`,
    [workspace, JSON.stringify(rows)],
  );
}

const insertion = `INSERT INTO audit_entry (workspace, "by", principal, action, subject, before, after)
  VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb)`;

/** SQL's null stands for "not there": JSON's own would be a value. */
const jsonOf = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

export const createAuditEntries = (pool: pg.Pool, workspace: string): AuditEntryReader => ({
  list: async ({ subject, by, from, to, asOf, before, limit }) => {
    const { rows } = await pool.query<AuditRow>(selection, [
      workspace,
      subject ?? null,
      by ?? null,
      ...[from, to, asOf].map(timestampOrNull),
      before ?? null,
      limit,
    ]);
    return rows.map(entryOf);
  },
});

/** A parameter that is null does not filter. An instant means the whole of its millisecond. */
const selection = `SELECT id, recorded_at, "by", principal, action, subject, before, after FROM audit_entry
  WHERE workspace = $1
    AND ($2::text IS NULL OR subject = $2 OR starts_with(subject, $2 || ':') OR starts_with(subject, $2 || '@'))
    AND ($3::text IS NULL OR "by" = $3)
    AND ($4::timestamptz IS NULL OR recorded_at >= $4)
    AND ($5::timestamptz IS NULL OR recorded_at < $5)
    AND ($6::timestamptz IS NULL OR recorded_at < $6::timestamptz + interval '1 ms')
    AND ($7::bigint IS NULL OR id < $7)
  ORDER BY id DESC LIMIT $8`;

interface AuditRow extends AuditEntry {
  readonly id: string;
  readonly recorded_at: Date;
}

const entryOf = ({ id, recorded_at: recordedAt, ...entry }: AuditRow): RecordedAuditEntry => ({
  id: Number(id),
  recordedAt: instantOf(recordedAt),
  ...entry,
});
