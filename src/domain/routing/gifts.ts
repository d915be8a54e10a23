import type { Instant } from '../business-time/index.js';
import type { Workload } from './directory.js';

/** The workload once somebody was given a lead at `at`. */
export function withGift({ openLeadCounts, lastGivenAt }: Workload, person: string, at: Instant): Workload {
  return {
    openLeadCounts: { ...openLeadCounts, [person]: (openLeadCounts[person] ?? 0) + 1 },
    lastGivenAt: { ...lastGivenAt, [person]: Math.max(lastGivenAt[person] ?? at, instantOfGift(lastGivenAt, at)) },
  };
}

/** The workload once somebody holds a lead less. */
export const withoutLead = ({ openLeadCounts, lastGivenAt }: Workload, person: string): Workload => ({
  openLeadCounts: { ...openLeadCounts, [person]: Math.max(0, (openLeadCounts[person] ?? 0) - 1) },
  lastGivenAt,
});

export const MICROSECOND_MS = 0.001;

/**
 * Gifts of one millisecond stay in their order, by a fraction of it: else a burst would go to whoever comes first in
 * the alphabet. Only round robin reads these instants, and only compares them.
 */
function instantOfGift(lastGivenAt: Workload['lastGivenAt'], at: Instant): Instant {
  const sameMillisecond = Object.values(lastGivenAt).filter((other) => Math.floor(other) === at);
  return sameMillisecond.reduce((latest, other) => Math.max(latest, other + MICROSECOND_MS), at);
}
