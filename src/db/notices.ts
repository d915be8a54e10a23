import type { NoticeClaim, NoticeStanding, NoticeStore } from '../domain/notices/ports.js';
import type { PrismaClient } from '../generated/prisma/client.js';

/** One row per notice, ever: whoever inserts it has claimed it. */
export const createNotices = (prisma: PrismaClient, workspace: string): NoticeStore => ({
  claim: (claim) => claimNotice(prisma, workspace, claim),
  markSent: async (key, acceptedAt) => {
    await prisma.notice.updateMany({ where: { workspace, key, sentAt: null }, data: { sentAt: new Date(acceptedAt) } });
  },
  markFailed: async (key, reason) => {
    await prisma.$executeRaw`UPDATE notice SET failed_at = clock_timestamp(), failure = ${reason}
      WHERE workspace = ${workspace} AND key = ${key} AND sent_at IS NULL AND failed_at IS NULL`;
  },
});

/** While notices are held nothing is claimed, neither for the first time nor again. */
async function claimNotice(prisma: PrismaClient, workspace: string, claim: NoticeClaim): Promise<NoticeStanding> {
  if (await insert(prisma, workspace, claim)) return { standing: 'claimed' };
  const row = await prisma.notice.findUnique({ where: { workspace_key: { workspace, key: claim.key } } });
  if (row === null) return { standing: 'held' };
  const { messageId, sentAt, failedAt, failure } = row;
  if (sentAt !== null) return { standing: 'sent', acceptedAt: sentAt.getTime() };
  if (failedAt !== null) return { standing: 'failed', reason: failure ?? '' };
  const isHeld = (await prisma.noticeHold.count({ where: { workspace, releasedAt: null } })) > 0;
  return isHeld ? { standing: 'held' } : { standing: 'claimed-earlier', messageId };
}

async function insert(prisma: PrismaClient, workspace: string, claim: NoticeClaim): Promise<boolean> {
  const { key, leadId, kind, seq, recipient, channel, address, messageId } = claim;
  const count = await prisma.$executeRaw`
    INSERT INTO notice (workspace, key, lead_id, kind, seq, recipient, channel, address, message_id)
    SELECT ${workspace}, ${key}, ${leadId}, ${kind}, ${seq}::int, ${recipient}, ${channel}, ${address}, ${messageId}
      WHERE NOT EXISTS (SELECT FROM notice_hold WHERE workspace = ${workspace} AND released_at IS NULL)
    ON CONFLICT DO NOTHING`;
  return count === 1;
}
