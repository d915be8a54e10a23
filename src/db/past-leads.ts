import type { PastClock, PastLeads, PastLeadsReader, Priority } from '../domain/agreement/index.js';
import type { Instant } from '../domain/business-time/index.js';
import type { PrismaClient } from '../generated/prisma/client.js';

/** The newest are enough to tell which share of leads would have missed a target. */
const CLOCK_COUNT_MAX = 20_000;

export const createPastLeads = (prisma: PrismaClient, workspace: string): PastLeadsReader => ({
  read: async (agreementName, from, until) => {
    const period = { workspace, agreementName, from: new Date(from), until: new Date(until) };
    const [leads, clocks] = await Promise.all([readLeads(prisma, period), readClocks(prisma, period)]);
    return { ...leads, clocks };
  },
});

interface Period {
  readonly workspace: string;
  readonly agreementName: string;
  readonly from: Date;
  readonly until: Date;
}

async function readLeads(
  prisma: PrismaClient,
  { workspace, agreementName, from, until }: Period,
): Promise<Pick<PastLeads, 'leadCount' | 'medianOpenMs'>> {
  const [row] = await prisma.$queryRaw<readonly { readonly count: bigint; readonly median: number | null }[]>`
    SELECT count(*) AS count,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM closed_at - mql_at)) * 1000 AS median
      FROM lead
     WHERE workspace = ${workspace} AND agreement_name = ${agreementName} AND mql_at IS NOT NULL
       AND handed_off_at >= ${from} AND handed_off_at < ${until}`;
  const { count = 0n, median = null } = row ?? {};
  return { leadCount: Number(count), medianOpenMs: median === null ? null : Math.round(median) };
}

interface ClockRow {
  readonly clock: string;
  readonly startedAt: Date;
  readonly completedAt: Date | null;
  readonly segment: string | null;
  readonly priority: string | null;
}

/** Clocks that ended for another reason, or are paused, say nothing about the time that was needed. */
async function readClocks(prisma: PrismaClient, { workspace, agreementName, from, until }: Period) {
  const rows = await prisma.$queryRaw<readonly ClockRow[]>`
    SELECT clock.clock, clock.started_at AS "startedAt", clock.completed_at AS "completedAt", clock.segment,
           lead.priority
      FROM sla_clock AS clock
      JOIN lead ON lead.workspace = clock.workspace AND lead.id = clock.lead_id
     WHERE clock.workspace = ${workspace} AND clock.agreement_name = ${agreementName}
       AND clock.superseded_at IS NULL AND clock.cancelled_at IS NULL AND clock.verdict <> 'paused'
       AND lead.handed_off_at >= ${from} AND lead.handed_off_at < ${until}
     ORDER BY clock.started_at DESC
     LIMIT ${CLOCK_COUNT_MAX}`;
  return rows.map(clockOf);
}

const clockOf = ({ clock, startedAt, completedAt, segment, priority }: ClockRow): PastClock => ({
  clock,
  startedAt: instantOf(startedAt),
  completedAt: completedAt === null ? null : instantOf(completedAt),
  segment,
  priority: priority as Priority | null,
});

const instantOf = (date: Date): Instant => date.getTime();
