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

async function claimNotice(prisma: PrismaClient, workspace: string, claim: NoticeClaim): Promise<NoticeStanding> {
  const { count } = await prisma.notice.createMany({ data: [{ workspace, ...claim }], skipDuplicates: true });
  if (count === 1) return { standing: 'claimed' };
  const { messageId, sentAt, failedAt, failure } = await prisma.notice.findUniqueOrThrow({
    where: { workspace_key: { workspace, key: claim.key } },
  });
  if (sentAt !== null) return { standing: 'sent', acceptedAt: sentAt.getTime() };
  if (failedAt !== null) return { standing: 'failed', reason: failure ?? '' };
  return { standing: 'claimed-earlier', messageId };
}
