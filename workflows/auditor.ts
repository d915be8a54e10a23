import { continueAsNew, proxyActivities } from '@temporalio/workflow';
import type { AuditorActivities, AuditTally } from '../activities/auditing-contract.js';
import type { AuditorInput } from './messages.js';

const { auditPage, reportAudit } = proxyActivities<AuditorActivities>({
  startToCloseTimeout: 120_000,
  retry: { initialInterval: 1_000, maximumInterval: 30_000, maximumAttempts: 20 },
});

/** No more gaps than these are carried along: a mail has to be read. */
const TOLD_GAP_COUNT = 50;

/** Looks at every lead that waits for anything, a page in each run; a schedule begins it anew every few minutes. */
export async function auditor(input: AuditorInput): Promise<AuditTally> {
  const { workspace, after, soFar } = input;
  const page = await auditPage({ workspace, ...(after !== undefined && { after }) });
  const tally = soFar === undefined ? page.tally : sumOf(soFar, page.tally);
  if (page.next !== undefined) await continueAsNew<typeof auditor>({ workspace, after: page.next, soFar: tally });
  await reportAudit(workspace, tally);
  return tally;
}

const sumOf = (one: AuditTally, other: AuditTally): AuditTally => ({
  leadCount: one.leadCount + other.leadCount,
  gapCount: one.gapCount + other.gapCount,
  nudgedCount: one.nudgedCount + other.nudgedCount,
  restartedCount: one.restartedCount + other.restartedCount,
  failedCount: one.failedCount + other.failedCount,
  gaps: [...one.gaps, ...other.gaps].slice(0, TOLD_GAP_COUNT),
});
