import type { Instant } from '../../domain/business-time/index.js';
import type { RolloutLead } from '../../domain/rollout/ports.js';
import {
  expectedEndAt,
  leftCountOf,
  ordersIn,
  rolloutLeadStatuses,
  type Rollout,
} from '../../domain/rollout/rollout.js';
import { iso } from './iso.js';

/** A rollout as callers see it: how far it has come, and what it can be told as it stands. */
export function rolloutView(rollout: Rollout, now: Instant) {
  const { id, agreement, mode, segments, leadsPerSecond, status, statusSince, isSuperseded, counts } = rollout;
  const endsAt = expectedEndAt(rollout, now);
  return {
    rolloutId: id,
    agreement: agreement.name,
    version: agreement.version,
    hash: agreement.key,
    mode,
    segments: segments.length === 0 ? null : segments,
    leadsPerSecond,
    status,
    statusSince: iso(statusSince),
    ...(isSuperseded && { because: 'another version became active' }),
    startedBy: rollout.startedBy,
    startedAt: iso(rollout.startedAt),
    leadCount: rolloutLeadStatuses.reduce((sum, name) => sum + counts[name], 0),
    leftCount: leftCountOf(rollout),
    counts,
    expectedEndAt: endsAt === null ? null : iso(endsAt),
    takes: Object.keys(ordersIn[status]),
  };
}

export const rolloutLeadView = ({ leadId, status, attemptCount, at, code, detail }: RolloutLead) => ({
  leadId,
  status,
  attemptCount,
  appliedAt: at === null ? null : iso(at),
  code,
  detail,
});
