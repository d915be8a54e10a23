import type { AgreementTerms } from '../domain/agreement/index.js';
import type { AgreementStore } from '../domain/ports.js';
import type { Prisma, PrismaClient } from '../generated/prisma/client.js';

/** A document that was read and found to be right. */
export interface AgreementToSave {
  /** Its terms; the version is given when it is saved. */
  readonly terms: AgreementTerms;
  /** As it was written: YAML or JSON. */
  readonly text: string;
  /** The same as JSON with sorted keys, over which the key was taken. */
  readonly canonical: string;
}

export interface SavedAgreement {
  readonly terms: AgreementTerms;
  /** False: this document was active already. */
  readonly isNew: boolean;
}

export interface Agreements extends AgreementStore {
  /**
   * Makes the document the active version of its name, unless it is already; the version is the next number.
   * `isDefault` makes the name the one that hand-offs without an agreement follow.
   */
  saveAgreement(agreement: AgreementToSave, options?: { readonly isDefault?: boolean }): Promise<SavedAgreement>;
  /** Keeps a document that single leads follow, without making it a version of anything. */
  saveDocument(agreement: AgreementToSave): Promise<void>;
}

type Transaction = Prisma.TransactionClient;

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
  saveAgreement: (agreement, { isDefault = false } = {}) =>
    prisma.$transaction(async (transaction) => {
      await lockAgreements(transaction, workspace);
      const saved = await activate(transaction, workspace, agreement);
      if (isDefault) await makeDefault(transaction, workspace, agreement.terms.name);
      return saved;
    }),
  saveDocument: (agreement) => storeDocument(prisma, workspace, agreement),
});

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

/** One at a time: version numbers have no gaps, and the first to ask makes the version. */
async function lockAgreements(transaction: Transaction, workspace: string): Promise<void> {
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`agreements:${workspace}`}, 0))`;
}

async function activate(
  transaction: Transaction,
  workspace: string,
  agreement: AgreementToSave,
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
  const installed = { status: 'active', isInstalled: true, effectiveAt: at, activatedAt: at };
  await transaction.slaVersion.create({ data: { workspace, name, version, key, ...installed } });
  await transaction.slaDefinition.upsert({
    where: { workspace_name: { workspace, name } },
    create: { workspace, name, activeVersion: version },
    update: { activeVersion: version },
  });
  return { terms, isNew: true };
}

/** Installing is nobody's act of a known instant: the database's own clock stamps it. */
async function readClock(transaction: Transaction): Promise<Date> {
  const rows = await transaction.$queryRaw<{ at: Date }[]>`SELECT clock_timestamp()::timestamptz(3) AS at`;
  return rows[0]!.at;
}

async function nextVersion(transaction: Transaction, workspace: string, name: string): Promise<number> {
  const { _max: max } = await transaction.slaVersion.aggregate({
    where: { workspace, name },
    _max: { version: true },
  });
  return (max.version ?? 0) + 1;
}

async function makeDefault(transaction: Transaction, workspace: string, name: string): Promise<void> {
  await transaction.slaDefinition.updateMany({
    where: { workspace, isDefault: true, NOT: { name } },
    data: { isDefault: false },
  });
  await transaction.slaDefinition.update({ where: { workspace_name: { workspace, name } }, data: { isDefault: true } });
}

/** Under the hash of what it says: saving it again changes nothing. */
async function storeDocument(
  transaction: Transaction,
  workspace: string,
  { terms, text, canonical }: AgreementToSave,
): Promise<void> {
  const { key, name, zoneRelease } = terms;
  const json = terms as unknown as Prisma.InputJsonObject;
  const data = [{ workspace, key, name, zoneRelease, text, canonical, terms: json }];
  await transaction.slaDocument.createMany({ data, skipDuplicates: true });
  const calendars = Object.entries(terms.calendars).map(([calendar, definition]) => ({
    workspace,
    key: terms.calendarKeys[calendar] ?? '',
    name: calendar,
    zoneRelease,
    definition: definition as unknown as Prisma.InputJsonObject,
  }));
  await transaction.calendarVersion.createMany({ data: calendars, skipDuplicates: true });
}
