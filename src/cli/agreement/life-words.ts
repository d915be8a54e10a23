import { table } from '../table.js';

/** A version as the API lists it. */
export interface VersionView {
  readonly agreement: string;
  readonly version: number;
  readonly status: string;
  readonly hash: string;
  readonly waitsFor: readonly string[];
  readonly effectiveAt: string | null;
  readonly overdueSince: string | null;
  readonly isInstalled: boolean;
  readonly signatures: readonly { readonly party: string; readonly person: string; readonly signedAt: string }[];
}

export interface AgreementView {
  readonly agreement: string;
  readonly title: string | null;
  readonly isDefault: boolean;
  readonly activeVersion: number | null;
  readonly newestVersion: number;
}

export interface CommentView {
  readonly by: string;
  readonly at: string;
  readonly text: string;
}

export const agreementLines = (agreements: readonly AgreementView[]): readonly string[] =>
  agreements.length === 0
    ? ['there is no agreement yet: handoff agreement draft FILE begins one']
    : table(agreements.map((one) => [one.agreement, activeWords(one), one.title ?? '']));

const activeWords = ({ agreement, activeVersion, newestVersion, isDefault }: AgreementView): string => {
  const active =
    activeVersion === null
      ? `nothing active, ${agreement}@${newestVersion} is the newest`
      : `${agreement}@${activeVersion} is active`;
  return isDefault ? `${active}, the default` : active;
};

export const versionLines = (versions: readonly VersionView[]): readonly string[] =>
  table(versions.map((one) => [labelOf(one), one.status, standingWords(one)]));

/** One version: where it stands, what it waits for, and the hash that is to be signed. */
export const versionStanding = (version: VersionView): readonly string[] => {
  const words = standingWords(version);
  return [
    `${labelOf(version)} is ${version.status}${words === '' ? '' : `: ${words}`}`,
    ...version.signatures.map(({ party, person, signedAt }) => `  signed for ${party} by ${person}, ${signedAt}`),
    `  SHA-256 ${version.hash}`,
  ];
};

function standingWords({ status, waitsFor, effectiveAt, overdueSince, isInstalled }: VersionView): string {
  const words = [
    ...(waitsFor.length === 0 ? [] : [`waits for ${waitsFor.join(' and ')} to sign`]),
    ...(status === 'scheduled' || status === 'active' ? [`in force from ${effectiveAt ?? 'now'}`] : []),
    ...(overdueSince === null ? [] : [`overdue for review since ${overdueSince}`]),
    ...(isInstalled ? ['installed, not signed'] : []),
  ];
  return words.join('; ');
}

export const commentLines = (comments: readonly CommentView[]): readonly string[] =>
  comments.length === 0 ? ['nobody has commented on it'] : comments.map(({ by, at, text }) => `${at}  ${by}: ${text}`);

const labelOf = ({ agreement, version }: VersionView): string => `${agreement}@${version}`;
