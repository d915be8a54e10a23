import type {
  AgreementTerms,
  AgreementVersion,
  Charter,
  Party,
  VersionSignature,
  VersionStatus,
  VersionSummary,
} from '../domain/agreement/index.js';
import type { Instant } from '../domain/business-time/index.js';
import type { Prisma } from '../generated/prisma/client.js';

/** What is read with a version: signatures in the order in which they were given. */
export const withAll = {
  document: { select: { canonical: true, text: true, terms: true } },
  signatures: { orderBy: { id: 'asc' } },
} as const satisfies Prisma.SlaVersionInclude;

/** The same without its texts, which lists do not need. */
export const withCanonical = {
  document: { select: { canonical: true } },
  signatures: withAll.signatures,
} as const satisfies Prisma.SlaVersionInclude;

type VersionRow = Prisma.SlaVersionGetPayload<{ include: typeof withAll }>;
type SummaryRow = Prisma.SlaVersionGetPayload<{ include: typeof withCanonical }>;

export const versionOf = (row: VersionRow): AgreementVersion => ({
  ...summaryOf(row),
  terms: { ...(row.document.terms as unknown as AgreementTerms), version: row.version },
  text: row.document.text,
  canonical: row.document.canonical,
});

export function summaryOf(row: SummaryRow): VersionSummary {
  const { name, version, key, createdBy, isInstalled, revision } = row;
  return {
    name,
    version,
    key,
    status: row.status as VersionStatus,
    charter: charterOf(row.document.canonical),
    signatures: row.signatures.map(signatureOf),
    createdAt: row.createdAt.getTime(),
    createdBy,
    ...instantsOf(row),
    isInstalled,
    revision,
  };
}

const stamps = [
  'submittedAt',
  'publishedAt',
  'effectiveAt',
  'activatedAt',
  'supersededAt',
  'reviewDueAt',
  'overdueSince',
] as const satisfies readonly (keyof SummaryRow & keyof VersionSummary)[];

const instantsOf = (row: SummaryRow): Partial<Record<(typeof stamps)[number], Instant>> =>
  Object.fromEntries(
    stamps.flatMap((stamp) => {
      const date = row[stamp];
      return date === null ? [] : [[stamp, date.getTime()]];
    }),
  );

const signatureOf = (row: SummaryRow['signatures'][number]): VersionSignature => ({
  party: row.party as Party,
  person: row.person,
  key: row.key,
  signedAt: row.signedAt.getTime(),
  ...(row.withdrawnAt !== null && { withdrawnAt: row.withdrawnAt.getTime() }),
});

/** The parts of a document, checked before it was stored, that speak of its life. */
interface StoredDocument extends Omit<Charter, 'timeZone'> {
  readonly timeZone?: string;
  readonly calendars?: Readonly<Record<string, { readonly timeZone: string }>>;
  readonly defaultCalendar?: string;
}

/** Without a zone of its own, a document's days are those of its default calendar. */
export function charterOf(canonical: string): Charter {
  const document = JSON.parse(canonical) as StoredDocument;
  const { title, effectiveFrom, reviewBy, signers } = document;
  return {
    timeZone: document.timeZone ?? document.calendars?.[document.defaultCalendar ?? '']?.timeZone ?? 'UTC',
    ...(title !== undefined && { title }),
    ...(effectiveFrom !== undefined && { effectiveFrom }),
    ...(reviewBy !== undefined && { reviewBy }),
    ...(signers !== undefined && { signers }),
  };
}
