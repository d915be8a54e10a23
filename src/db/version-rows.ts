import {
  charterOf,
  type AgreementTerms,
  type AgreementVersion,
  type Charter,
  type CharteredDocument,
  type Party,
  type VersionSignature,
  type VersionStatus,
  type VersionSummary,
} from '../domain/agreement/index.js';
import type { VersionRef } from '../domain/agreement/index.js';
import { standingSignatures } from '../domain/agreement/life/index.js';
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
export type SummaryRow = Prisma.SlaVersionGetPayload<{ include: typeof withCanonical }>;

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
    charter: charterIn(row.document.canonical),
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

export const whereVersion = (workspace: string, { name, version }: VersionRef) => ({
  workspace_name_version: { workspace, name, version },
});

/** What a version's row says of its life; signatures and texts stand elsewhere. */
export const rowOf = (version: VersionSummary) => ({
  key: version.key,
  status: version.status,
  revision: version.revision,
  ...Object.fromEntries(stamps.map((stamp) => [stamp, dateOf(version[stamp])])),
});

const dateOf = (at: Instant | undefined): Date | null => (at === undefined ? null : new Date(at));

/** A version as audit entries show it. */
export const viewOf = (version: VersionSummary) => ({
  status: version.status,
  hash: version.key,
  signatures: standingSignatures(version).map(({ party, person, signedAt }) => ({
    party,
    person,
    signedAt: new Date(signedAt).toISOString(),
  })),
  ...Object.fromEntries(
    stamps.flatMap((stamp) => (version[stamp] === undefined ? [] : [[stamp, new Date(version[stamp]).toISOString()]])),
  ),
});

const signatureOf = (row: SummaryRow['signatures'][number]): VersionSignature => ({
  party: row.party as Party,
  person: row.person,
  key: row.key,
  signedAt: row.signedAt.getTime(),
  ...(row.withdrawnAt !== null && { withdrawnAt: row.withdrawnAt.getTime() }),
});

/** Of a document that was checked before it was stored. */
export const charterIn = (canonical: string): Charter => charterOf(JSON.parse(canonical) as CharteredDocument);
