import type { Instant } from '../domain/business-time/index.js';
import type { AgreementVersion, VersionSummary } from '../domain/agreement/index.js';
import { parties } from '../domain/agreement/index.js';
import { standingSignatures } from '../domain/agreement/life/index.js';
import { markup, type Markup } from '../domain/notices/index.js';
import { leadPageStyle } from './lead-page-style.js';
import { pageAround } from './page.js';

/** What a signer sees behind their link. */
export interface SigningPageView {
  readonly version: AgreementVersion;
  readonly person: string;
  /** An instant in the agreement's zone. */
  readonly say: (at: Instant) => string;
  readonly linkExpiresAt: Instant;
}

/** The document with its hash and a button that signs it; nothing on the page signs by itself. */
export const renderSigningPage = ({ version, person, say, linkExpiresAt }: SigningPageView): string =>
  pageAround(
    `Sign ${labelOf(version)}`,
    leadPageStyle,
    markup`${head(version)}
<section>
<h2>What is signed</h2>
<ul>
${facts(version).map(([name, text]) => markup`<li class="pair"><span class="quiet">${name}</span><span>${text}</span></li>\n`)}</ul>
</section>
<section>
<h2>Who signs</h2>
<ul>
${parties.map((party) => markup`<li class="pair"><span class="quiet">${party}</span><span>${standingOfParty(version, party, say)}</span></li>\n`)}</ul>
</section>
<section>
<h2>The document</h2>
<pre style="overflow-x:auto;font-size:.82rem;line-height:1.45">${version.text}</pre>
</section>
<form method="post">
<p>By signing you agree, as <strong>${person}</strong>, to the document above, the one with the hash <code style="overflow-wrap:anywhere">${version.key}</code>.</p>
<p><button type="submit" style="font:inherit;padding:.6rem 1.4rem;border:0;border-radius:.4rem;background:#0b6e6e;color:#fff;cursor:pointer">Sign ${labelOf(version)}</button></p>
</form>
<footer>The link signs once and works until ${say(linkExpiresAt)}. A signature can be withdrawn until the version is in force.</footer>`,
  );

/** What came of signing, or why the link signs nothing. */
export const renderSigningMessage = (title: string, sentences: readonly string[]): string =>
  pageAround(
    title,
    leadPageStyle,
    markup`<header><h1>${title}</h1></header>\n${sentences.map((sentence) => markup`<p>${sentence}</p>\n`)}`,
  );

const head = ({ name, version, charter, status }: VersionSummary): Markup => markup`<header>
<h1>${charter.title ?? name}</h1>
<p class="quiet">${name}, version ${version}</p>
<p class="tags"><span class="tag calm">${status}</span></p>
</header>`;

const facts = ({ key, charter }: VersionSummary): readonly (readonly [string, string])[] => [
  ['hash (SHA-256)', key],
  ['in force from', charter.effectiveFrom ?? 'its publication'],
  ['to be looked at by', charter.reviewBy ?? 'no day named'],
];

function standingOfParty(version: VersionSummary, party: string, say: (at: Instant) => string): string {
  const signature = standingSignatures(version).find((one) => one.party === party);
  return signature === undefined ? 'has not signed yet' : `signed by ${signature.person}, ${say(signature.signedAt)}`;
}

const labelOf = ({ name, version }: VersionSummary): string => `${name}@${version}`;
