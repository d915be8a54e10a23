import type { DraftDocument } from '../domain/agreement/ports.js';
import type { Prisma } from '../generated/prisma/client.js';

export type Transaction = Prisma.TransactionClient;

/** One at a time: version numbers have no gaps, and the first to ask makes the version. */
export async function lockAgreements(transaction: Transaction, workspace: string): Promise<void> {
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`agreements:${workspace}`}, 0))`;
}

export async function nextVersion(transaction: Transaction, workspace: string, name: string): Promise<number> {
  const { _max: max } = await transaction.slaVersion.aggregate({
    where: { workspace, name },
    _max: { version: true },
  });
  return (max.version ?? 0) + 1;
}

/** Under the hash of what it says: saving it again changes nothing. */
export async function storeDocument(
  transaction: Transaction,
  workspace: string,
  { terms, text, canonical }: DraftDocument,
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
