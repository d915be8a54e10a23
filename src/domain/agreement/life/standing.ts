import type { Instant } from '../../business-time/index.js';
import type { VersionRef, VersionStatus, VersionSummary } from '../version.js';

/** How a version stands, for its workflow: what it has to wait for. */
export interface VersionStanding extends VersionRef {
  readonly workspace: string;
  readonly status: VersionStatus;
  readonly revision: number;
  readonly submittedAt?: Instant;
  readonly effectiveAt?: Instant;
  readonly reviewDueAt?: Instant;
}

/** What its workflow needs to know. */
export const standingOf = (workspace: string, version: VersionSummary): VersionStanding => ({
  workspace,
  name: version.name,
  version: version.version,
  status: version.status,
  revision: version.revision,
  ...(version.submittedAt !== undefined && { submittedAt: version.submittedAt }),
  ...(version.effectiveAt !== undefined && { effectiveAt: version.effectiveAt }),
  ...(version.reviewDueAt !== undefined && { reviewDueAt: version.reviewDueAt }),
});
