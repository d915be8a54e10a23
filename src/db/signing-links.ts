import type { SigningLink, VersionStore } from '../domain/agreement/ports.js';
import type { PrismaClient, SigningLink as LinkRow } from '../generated/prisma/client.js';

export const createSigningLinks = (
  prisma: PrismaClient,
  workspace: string,
): Pick<VersionStore, 'keepLink' | 'findLink'> => ({
  keepLink: async ({ usedAt: _unused, ...link }) => {
    const row = { ...link, submittedAt: new Date(link.submittedAt), expiresAt: new Date(link.expiresAt) };
    await prisma.signingLink.createMany({ data: [{ workspace, ...row }], skipDuplicates: true });
    return linkOf(await prisma.signingLink.findUniqueOrThrow({ where: whereLink(workspace, link.tokenHash) }));
  },
  findLink: async (tokenHash) => {
    const row = await prisma.signingLink.findUnique({ where: whereLink(workspace, tokenHash) });
    return row === null ? undefined : linkOf(row);
  },
});

const whereLink = (workspace: string, tokenHash: string) => ({ workspace_tokenHash: { workspace, tokenHash } });

const linkOf = ({ workspace: _ours, submittedAt, expiresAt, usedAt, ...link }: LinkRow): SigningLink => ({
  ...link,
  submittedAt: submittedAt.getTime(),
  expiresAt: expiresAt.getTime(),
  ...(usedAt !== null && { usedAt: usedAt.getTime() }),
});
