import type { RecordedAuditEntry } from '../../domain/access/audit-entry.js';
import { iso } from './iso.js';

export const auditEntryView = ({ id, recordedAt, ...entry }: RecordedAuditEntry) => ({
  id,
  recordedAt: iso(recordedAt),
  ...entry,
});
