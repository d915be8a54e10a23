import { versionProblemOf, type AgreementDesk, type SigningPages } from '../../api/index.js';
import { hashOfToken } from '../../channels/index.js';
import { renderSigningMessage, renderSigningPage } from '../../console/signing-page.js';
import type { AgreementVersion } from '../../domain/agreement/index.js';
import type { SigningLink, VersionStore } from '../../domain/agreement/ports.js';
import type { Instant } from '../../domain/business-time/index.js';
import { formatLocal } from '../../zones/index.js';

type Shown = Awaited<ReturnType<SigningPages['show']>>;

/** Pages for signing links: each is one person's, for one review of one version, and signs once. */
export const signingPages =
  (versions: VersionStore) =>
  (desk: AgreementDesk): SigningPages => ({
    show: async (token, at) => {
      const opened = await open(versions, token, at);
      return 'status' in opened ? opened : { status: 200, html: pageOf(opened) };
    },
    sign: async (token, at) => {
      const opened = await open(versions, token, at);
      return 'status' in opened ? opened : sign(desk, opened, at);
    },
  });

interface Opened {
  readonly link: SigningLink;
  readonly version: AgreementVersion;
}

/** What the link opens, or the page that says why it opens nothing. */
async function open(versions: VersionStore, token: string, at: Instant): Promise<Opened | Shown> {
  const link = await versions.findLink(hashOfToken(token));
  const version = link && (await versions.findVersion(link.name, link.version));
  if (link === undefined || version === undefined) return unknown;
  const say = (instant: Instant) => formatLocal(version.charter.timeZone, instant);
  if (link.usedAt !== undefined) return gone('You have signed', [`This link signed on ${say(link.usedAt)}.`, ONCE]);
  if (link.expiresAt <= at) return gone('This link has expired', [`It worked until ${say(link.expiresAt)}.`, ASK_ANEW]);
  if (version.status !== 'in-review' || version.submittedAt !== link.submittedAt) {
    return gone('This review is over', [`${link.name}@${link.version} is ${version.status} by now.`, ASK_ANEW]);
  }
  return { link, version };
}

const ONCE = 'It signs once. A signature can be withdrawn until the version is in force.';
const ASK_ANEW = 'If your signature is still wanted, the newest mail about this version has a link that works.';

const unknown: Shown = {
  status: 404,
  html: renderSigningMessage('This link does not work', [
    'It is incomplete or was changed on its way. Open it from the mail once more, whole.',
  ]),
};

const gone = (title: string, sentences: readonly string[]): Shown => ({
  status: 410,
  html: renderSigningMessage(title, sentences),
});

const pageOf = ({ link, version }: Opened): string =>
  renderSigningPage({
    version,
    person: link.person,
    say: (at) => formatLocal(version.charter.timeZone, at),
    linkExpiresAt: link.expiresAt,
  });

async function sign(desk: AgreementDesk, { link, version }: Opened, at: Instant): Promise<Shown> {
  const actor = { by: link.person, principal: 'signing-link' };
  const outcome = await desk.sign(version, link.key, { actor, at }, link.tokenHash);
  if (outcome.kind === 'refused') {
    const { status, title, detail } = versionProblemOf(outcome.refusal);
    return { status, html: renderSigningMessage(title, [detail]) };
  }
  const others = outcome.version.status === 'signed' ? 'Both sides have signed.' : 'The other side has not signed yet.';
  const label = `${link.name}@${link.version}`;
  return { status: 200, html: renderSigningMessage('Signed', [`${link.person} has signed ${label}.`, others]) };
}
