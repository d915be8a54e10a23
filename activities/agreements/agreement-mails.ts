/**
 * Here live the mails about versions of agreements: asking for a signature, and reminding of a review that is overdue.
 * Who gets them is decided in the domain, and that each leaves once by `notices/send-once.ts`.
 */
import type { VersionSummary } from '../../src/domain/agreement/index.js';
import { nameOf, type Unreached } from '../notices/letter.js';
import { contentOf, type MailContent } from '../notices/plain-mail.js';

export interface SigningRequest {
  readonly version: VersionSummary;
  /** Whose signature is asked for. */
  readonly signer: string;
  /** What differs from the version in force; undefined for the first version. */
  readonly changes: readonly string[] | undefined;
  readonly link: string;
  /** As its reader says it. */
  readonly expires: string;
}

export function signingRequestMail({ version, signer, changes, link, expires }: SigningRequest): MailContent {
  const { name, key, charter } = version;
  return contentOf({
    subject: `Please sign: ${labelOf(version)}`,
    paragraphs: [
      `${charter.title ?? name}, version ${version.version}, has been put to its signers, and you are one of them.`,
      charter.effectiveFrom === undefined
        ? 'Signed by both sides, it is in force from its publication.'
        : `Signed by both sides and published, it is in force from ${charter.effectiveFrom} on.`,
      changesSaid(changes),
      `What you sign has the hash ${key}. As soon as the document changes, so does the hash, and nobody can sign this one any more.`,
      `The link is for ${signer} alone and signs once; it works until ${expires}. Opening it shows the document and signs nothing.`,
    ],
    link: { href: link, words: 'Read and sign' },
  });
}

/** Whoever stands in learns that somebody could not be asked: the link signs, so it is for nobody else. */
export function unaskedSignerMail(
  version: VersionSummary,
  signer: string,
  unreached: readonly Unreached[],
): MailContent {
  return contentOf({
    subject: `Not asked to sign: ${labelOf(version)}`,
    paragraphs: [
      ...unreached.map(({ reader, reason }) => `Mail does not reach ${nameOf(reader)} (${reason}).`),
      `${signer} is to sign ${labelOf(version)} and could not be asked. Please mend their address in the directory and submit the version again, or have them sign with their key.`,
    ],
  });
}

export const overdueMail = (version: VersionSummary, reviewDue: string, week: number): MailContent =>
  contentOf({
    subject: `Overdue for review: ${labelOf(version)}`,
    paragraphs: [
      `${labelOf(version)} was to be looked at anew by ${version.charter.reviewBy ?? reviewDue}. It stays in force until another version takes its place.`,
      week === 0
        ? 'Draft the next version, or the same one with another reviewBy, and have it signed.'
        : `This is reminder ${week + 1}; one comes each week until then.`,
    ],
  });

export const labelOf = ({ name, version }: Pick<VersionSummary, 'name' | 'version'>): string => `${name}@${version}`;

function changesSaid(changes: readonly string[] | undefined): string {
  if (changes === undefined) return 'It is the first version of this agreement.';
  if (changes.length === 0) return 'It says the same as the version in force.';
  return ['What it says otherwise than the version in force:', ...changes.map((change) => `- ${change}`)].join('\n');
}
