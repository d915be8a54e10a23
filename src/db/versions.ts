import type { AgreementSummary } from '../domain/agreement/index.js';
import { standingOf } from '../domain/agreement/life/index.js';
import type { VersionStanding } from '../domain/agreement/life/index.js';
import type { VersionRef } from '../domain/agreement/index.js';
import type { VersionStore } from '../domain/agreement/ports.js';
import type { PrismaClient } from '../generated/prisma/client.js';
import { createSigningLinks } from './signing-links.js';
import { charterIn, summaryOf, versionOf, whereVersion, withAll, withCanonical } from './version-rows.js';
import { actOnVersion, createDraft, ensureDraft } from './version-steps.js';

export const createVersions = (prisma: PrismaClient, workspace: string): VersionStore => ({
  findVersion: async (name, version) => {
    const where = whereVersion(workspace, { name, version });
    const row = await prisma.slaVersion.findUnique({ where, include: withAll });
    return row === null ? undefined : versionOf(row);
  },
  listVersions: async (name) => {
    const where = { workspace, name };
    const rows = await prisma.slaVersion.findMany({ where, include: withCanonical, orderBy: { version: 'asc' } });
    return rows.map(summaryOf);
  },
  listAgreements: () => listAgreements(prisma, workspace),
  createDraft: (document, actor, at) =>
    prisma.$transaction((transaction) => createDraft(transaction, workspace, document, actor, at)),
  ensureDraft: (document, actor, at) =>
    prisma.$transaction((transaction) => ensureDraft(transaction, workspace, document, actor, at)),
  act: (ref, act, particulars) =>
    prisma.$transaction((transaction) => actOnVersion(transaction, workspace, ref, act, particulars)),
  listComments: async ({ name, version }) => {
    const where = { workspace, name, version };
    const rows = await prisma.versionComment.findMany({ where, orderBy: { id: 'asc' } });
    return rows.map(({ by, at, text, key }) => ({ by, at: at.getTime(), text, key }));
  },
  ...createSigningLinks(prisma, workspace),
  listUntold: (limit) => listUntold(prisma, workspace, limit),
  markTold: (ref, revision) => markTold(prisma, workspace, ref, revision),
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
  const titleOf = new Map(documents.map(({ name, document }) => [name, charterIn(document.canonical).title]));
  return definitions.map(({ name, isDefault, activeVersion }) => ({
    name,
    ...(titleOf.get(name) !== undefined && { title: titleOf.get(name)! }),
    isDefault,
    ...(activeVersion !== null && { activeVersion }),
    newestVersion: newestOf.get(name) ?? 0,
  }));
}

async function listUntold(prisma: PrismaClient, workspace: string, limit: number): Promise<readonly VersionStanding[]> {
  const rows = await prisma.$queryRaw<{ name: string; version: number }[]>`SELECT name, version FROM sla_version
    WHERE workspace = ${workspace} AND told_revision < revision ORDER BY name, version LIMIT ${limit}`;
  if (rows.length === 0) return [];
  const untold = await prisma.slaVersion.findMany({ where: { workspace, OR: rows }, include: withCanonical });
  return untold.map((row) => standingOf(workspace, summaryOf(row)));
}

/** An older telling that comes late takes nothing back. */
async function markTold(prisma: PrismaClient, workspace: string, { name, version }: VersionRef, revision: number) {
  await prisma.slaVersion.updateMany({
    where: { workspace, name, version, toldRevision: { lt: revision } },
    data: { toldRevision: revision },
  });
}
