import type { AuditEntry } from '../domain/access/audit-entry.js';
import type { Prisma } from '../generated/prisma/client.js';
import type { Queries } from './connections.js';

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

const insertion = `INSERT INTO audit_entry (workspace, "by", principal, action, subject, before, after)
  VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb)`;

/** SQL's null stands for "not there": JSON's own would be a value. */
const jsonOf = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));
