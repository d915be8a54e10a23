import type { AgreementSummary } from '../domain/agreement/index.js';
import type { VersionReader } from '../domain/agreement/ports.js';
import type { PrismaClient } from '../generated/prisma/client.js';
import { charterOf, summaryOf, versionOf, withAll, withCanonical } from './version-rows.js';

export const createVersions = (prisma: PrismaClient, workspace: string): VersionReader => ({
  findVersion: async (name, version) => {
    const where = { workspace_name_version: { workspace, name, version } };
    const row = await prisma.slaVersion.findUnique({ where, include: withAll });
    return row === null ? undefined : versionOf(row);
  },
  listVersions: async (name) => {
    const rows = await prisma.slaVersion.findMany({
      where: { workspace, name },
      include: withCanonical,
      orderBy: { version: 'asc' },
    });
    return rows.map(summaryOf);
  },
  listAgreements: () => listAgreements(prisma, workspace),
});

/** Its title is that of the active version, else of the newest. */
async function listAgreements(prisma: PrismaClient, workspace: string): Promise<readonly AgreementSummary[]> {
  const definitions = await prisma.slaDefinition.findMany({ where: { workspace }, orderBy: { name: 'asc' } });
  const newest = await prisma.slaVersion.groupBy({ by: ['name'], where: { workspace }, _max: { version: true } });
  const newestOf = new Map(newest.map(({ name, _max }) => [name, _max.version ?? 0]));
  const shown = definitions.map(({ name, activeVersion }) => ({ name, version: activeVersion ?? newestOf.get(name)! }));
  const documents = await prisma.slaVersion.findMany({
    where: { workspace, OR: shown },
    select: { name: true, document: { select: { canonical: true } } },
  });
  const titleOf = new Map(documents.map(({ name, document }) => [name, charterOf(document.canonical).title]));
  return definitions.map(({ name, isDefault, activeVersion }) => ({
    name,
    ...(titleOf.get(name) !== undefined && { title: titleOf.get(name)! }),
    isDefault,
    ...(activeVersion !== null && { activeVersion }),
    newestVersion: newestOf.get(name) ?? 0,
  }));
}
