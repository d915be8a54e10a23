import type { AgreementTerms } from '../domain/agreement/index.js';
import type { DraftDocument } from '../domain/agreement/ports.js';
import type { Instant } from '../domain/business-time/index.js';
import type { AgreementStore } from '../domain/ports.js';
import type { Prisma, PrismaClient } from '../generated/prisma/client.js';
import { appendAuditEntry } from './audit-entries.js';
import { summaryOf, viewOf, withCanonical, type SummaryRow } from './version-rows.js';
import { lockAgreements, nextVersion, storeDocument, type Transaction } from './agreement-rows.js';

/** Of its terms, the version is given when it is saved. */
export type AgreementToSave = DraftDocument;

export interface InstallOptions {
  readonly isDefault?: boolean;
  /** The end of its day of review. */
  readonly reviewDueAt?: Instant;
}

export interface SavedAgreement {
  readonly terms: AgreementTerms;
  /** False: this document was active already. */
  readonly isNew: boolean;
}

export interface Agreements extends AgreementStore {
  /**
   * Installs the document as the active version of its name, unless it is that already, without signatures and at once:
   * how an installation begins. The version is the next number.
   * `isDefault` makes the name the one that hand-offs without an agreement follow.
   */
  saveAgreement(agreement: AgreementToSave, options?: InstallOptions): Promise<SavedAgreement>;
  /** Keeps a document that single leads follow, without making it a version of anything. */
  saveDocument(agreement: AgreementToSave): Promise<void>;
}

export const createAgreements = (prisma: PrismaClient, workspace: string): Agreements => ({
  findTerms: async (key) => {
    const row = await prisma.slaDocument.findUnique({ where: { workspace_key: { workspace, key } } });
    return row ? termsOf(row) : undefined;
  },
  findActive: (name) => findActive(prisma, workspace, name),
  findDocument: async (key) => {
    const row = await prisma.slaDocument.findUnique({ where: { workspace_key: { workspace, key } } });
    return row ? (JSON.parse(row.canonical) as unknown) : undefined;
  },
  saveAgreement: (agreement, { isDefault = false, reviewDueAt } = {}) =>
    prisma.$transaction(async (transaction) => {
      await lockAgreements(transaction, workspace);
      const saved = await install(transaction, workspace, agreement, reviewDueAt);
      if (isDefault) await makeDefault(transaction, workspace, agreement.terms.name);
      return saved;
    }, patient),
  saveDocument: (agreement) => storeDocument(prisma, workspace, agreement),
});

/** Installing is rare and takes many statements; on a busy machine they need more than Prisma's 5 s. */
const patient = { maxWait: 30_000, timeout: 30_000 };

const termsOf = ({ terms }: { readonly terms: Prisma.JsonValue }): AgreementTerms => terms as unknown as AgreementTerms;

async function findActive(prisma: Transaction, workspace: string, name?: string): Promise<AgreementTerms | undefined> {
  const definition = await prisma.slaDefinition.findFirst({
    where: { workspace, ...(name === undefined ? { isDefault: true } : { name }) },
  });
  if (definition?.activeVersion == null) return undefined;
  const version = await prisma.slaVersion.findUniqueOrThrow({
    where: { workspace_name_version: { workspace, name: definition.name, version: definition.activeVersion } },
    include: { document: true },
  });
  return { ...termsOf(version.document), version: version.version };
}

async function install(
  transaction: Transaction,
  workspace: string,
  agreement: AgreementToSave,
  reviewDueAt: Instant | undefined,
): Promise<SavedAgreement> {
  const { name, key } = agreement.terms;
  const active = await findActive(transaction, workspace, name);
  if (active?.key === key) return { terms: active, isNew: false };
  const version = await nextVersion(transaction, workspace, name);
  const terms = { ...agreement.terms, version };
  await storeDocument(transaction, workspace, { ...agreement, terms });
  const at = await readClock(transaction);
  await transaction.slaVersion.updateMany({
    where: { workspace, name, status: 'active' },
    data: { status: 'superseded', supersededAt: at, revision: { increment: 1 } },
  });
  const dueAt = reviewDueAt === undefined ? null : new Date(reviewDueAt);
  const installed = { status: 'active', isInstalled: true, effectiveAt: at, activatedAt: at, reviewDueAt: dueAt };
  const data = { workspace, name, version, key, ...installed };
  await noteInstallation(transaction, workspace, await transaction.slaVersion.create({ data, include: withCanonical }));
  await transaction.slaDefinition.upsert({
    where: { workspace_name: { workspace, name } },
    create: { workspace, name, activeVersion: version },
    update: { activeVersion: version },
  });
  return { terms, isNew: true };
}

/** How an installation begins: nobody has signed, and the entry says so. */
const noteInstallation = (transaction: Transaction, workspace: string, row: SummaryRow): Promise<void> =>
  appendAuditEntry(transaction, workspace, {
    by: 'admin',
    principal: 'system',
    action: 'version-installed',
    subject: `agreement:${row.name}@${row.version}`,
    before: null,
    after: viewOf(summaryOf(row)),
  });

/** Installing is nobody's act of a known instant: the database's own clock stamps it. */
async function readClock(transaction: Transaction): Promise<Date> {
  const rows = await transaction.$queryRaw<{ at: Date }[]>`SELECT clock_timestamp()::timestamptz(3) AS at`;
  return rows[0]!.at;
}

async function makeDefault(transaction: Transaction, workspace: string, name: string): Promise<void> {
  await transaction.slaDefinition.updateMany({
    where: { workspace, isDefault: true, NOT: { name } },
    data: { isDefault: false },
  });
  await transaction.slaDefinition.update({ where: { workspace_name: { workspace, name } }, data: { isDefault: true } });
}
