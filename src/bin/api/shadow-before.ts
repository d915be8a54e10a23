import type { RecordedAuditEntry } from '../../domain/access/audit-entry.js';
import type { Instant } from '../../domain/business-time/index.js';
import type { Shadow } from '../../domain/shadow/shadow.js';
import type { BaselineSpan } from '../../reports/index.js';

/**
 * The last time before an instant in which a version of an agreement was wholly in shadow: its figures are those of work
 * without the agreement's notices. Told from the audit, which never changes.
 * @param entries of the agreement's versions, the newest first
 */
export function shadowBefore(entries: readonly RecordedAuditEntry[], before: Instant): BaselineSpan | undefined {
  const begins = new Map<string, Instant>();
  let last: BaselineSpan | undefined;
  for (const { action, subject, after, recordedAt } of entries.toReversed()) {
    if (action !== 'shadow-set' && action !== 'went-live') continue;
    const version = subject.replace(/^agreement:/, '');
    const begunAt = begins.get(version);
    if (isWhole(after) && begunAt === undefined) begins.set(version, recordedAt);
    if (isWhole(after) || begunAt === undefined) continue;
    begins.delete(version);
    last = spanOf(version, begunAt, Math.min(recordedAt, before)) ?? last;
  }
  for (const [version, begunAt] of begins) last = spanOf(version, begunAt, before) ?? last;
  return last;
}

/** With a ladder that is live, it is no time without the agreement. */
function isWhole(shadow: unknown): boolean {
  const { covers, liveLadders } = (shadow ?? {}) as Partial<Extract<Shadow, { covers: 'all' }>>;
  return covers === 'all' && (liveLadders ?? []).length === 0;
}

const spanOf = (version: string, from: Instant, to: Instant): BaselineSpan | undefined =>
  from < to ? { name: `shadow of ${version}`, from, to, version } : undefined;
