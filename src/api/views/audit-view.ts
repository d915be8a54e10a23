import type { RecordedAuditEntry } from '../../domain/access/audit-entry.js';
import { iso } from './iso.js';

/** An entry as its writer left it, with its instant as text. */
export const auditEntryView = ({ id, recordedAt, ...entry }: RecordedAuditEntry) => ({
  id,
  recordedAt: iso(recordedAt),
  ...entry,
});
