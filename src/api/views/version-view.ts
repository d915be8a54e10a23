import type { AgreementSummary, AgreementVersion, Party, VersionSummary } from '../../domain/agreement/index.js';
import { actsAllowedIn, signersOf, standingSignatures, unsignedParties } from '../../domain/agreement/life/index.js';
import type { VersionComment } from '../../domain/agreement/ports.js';
import type { Directory } from '../../domain/routing/directory.js';
import { iso, isoOrNull } from './iso.js';

export const agreementView = ({ name, title, isDefault, activeVersion, newestVersion }: AgreementSummary) => ({
  agreement: name,
  title: title ?? null,
  isDefault,
  activeVersion: activeVersion ?? null,
  newestVersion,
});

/** A version as it stands in its life, without what it says. */
export const versionSummaryView = (version: VersionSummary) => ({
  agreement: version.name,
  version: version.version,
  status: version.status,
  hash: version.key,
  title: version.charter.title ?? null,
  timeZone: version.charter.timeZone,
  effectiveFrom: version.charter.effectiveFrom ?? null,
  reviewBy: version.charter.reviewBy ?? null,
  isInstalled: version.isInstalled,
  signatures: standingSignatures(version).map(signatureView),
  waitsFor: version.status === 'in-review' ? unsignedParties(version) : [],
  createdAt: iso(version.createdAt),
  createdBy: version.createdBy,
  submittedAt: isoOrNull(version.submittedAt),
  publishedAt: isoOrNull(version.publishedAt),
  effectiveAt: isoOrNull(version.effectiveAt),
  activatedAt: isoOrNull(version.activatedAt),
  supersededAt: isoOrNull(version.supersededAt),
  reviewDueAt: isoOrNull(version.reviewDueAt),
  overdueSince: isoOrNull(version.overdueSince),
});

/** With its document, who may sign it, and what can be done to it now. */
export const versionView = (version: AgreementVersion, directory: Directory) => ({
  ...versionSummaryView(version),
  signers: signersView(version, directory),
  withdrawnSignatures: version.signatures.filter(({ withdrawnAt }) => withdrawnAt !== undefined).map(signatureView),
  acts: actsAllowedIn[version.status],
  document: JSON.parse(version.canonical) as unknown,
  text: version.text,
});

const signatureView = ({ party, person, key, signedAt, withdrawnAt }: VersionSummary['signatures'][number]) => ({
  party,
  person,
  hash: key,
  signedAt: iso(signedAt),
  ...(withdrawnAt !== undefined && { withdrawnAt: iso(withdrawnAt) }),
});

function signersView({ charter }: VersionSummary, directory: Directory) {
  const people = signersOf(charter, directory);
  const sideOf = (party: Party) => ({ named: charter.signers?.[party] ?? null, people: people[party] });
  return { marketing: sideOf('marketing'), sales: sideOf('sales') };
}

export const commentView = ({ by, at, text, key }: VersionComment) => ({ by, at: iso(at), text, hash: key });
