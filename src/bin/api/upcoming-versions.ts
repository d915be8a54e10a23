import type { RecordedAuditEntry } from '../../domain/access/audit-entry.js';
import type { VersionStatus } from '../../domain/agreement/index.js';
import type { UpcomingVersion } from '../../reports/index.js';

const onTheirWay: readonly VersionStatus[] = ['in-review', 'signed', 'scheduled'];

interface Standing {
  readonly status?: VersionStatus;
  readonly effectiveAt?: string;
}

/**
 * Versions that were on their way into force when the last of these entries was recorded. Told from the audit: a version's
 * row says only how it stands today.
 * @param entries of the agreement's versions, the newest first
 */
export function upcomingVersions(entries: readonly RecordedAuditEntry[]): readonly UpcomingVersion[] {
  const standing = new Map<string, UpcomingVersion>();
  for (const { subject, after, recordedAt } of entries.toReversed()) {
    const { status, effectiveAt } = (after ?? {}) as Standing;
    if (status === undefined) continue;
    const version = subject.replace(/^agreement:/, '');
    const known = standing.get(version);
    const since = known?.status === status ? known.since : recordedAt;
    standing.set(version, {
      version,
      status,
      since,
      effectiveAt: effectiveAt === undefined ? null : Date.parse(effectiveAt),
    });
  }
  return [...standing.values()].filter(({ status }) => onTheirWay.includes(status));
}
