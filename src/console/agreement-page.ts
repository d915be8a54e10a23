import type { OnePage, PageSignature } from '../documents/index.js';
import { markup, type Markup } from '../domain/notices/index.js';
import { agreementStyle } from './agreement-style.js';
import { pageAround } from './page.js';

/** The page that two heads sign, for the browser and, printed from it, for paper. */
export const renderAgreementPage = (page: OnePage): string =>
  pageAround(
    `${page.title}: ${page.name}`,
    agreementStyle,
    markup`${head(page)}
<div class="pair">
${page.sides.map(side)}</div>
<p class="note">A share on the right is how many of the cases of a month must be kept at least.</p>
<div class="pair rules">
<div>
${page.sections.slice(0, 1).map(section)}</div>
<div>
${page.sections.slice(1).map(section)}</div>
</div>
<section class="signatures" aria-label="Signatures">
<div class="pair">
${page.signatures.map(signature)}</div>
</section>
<footer><p class="note">Signed for the document ${page.name} with SHA-256 <code>${page.key}</code><br>
This page is made from that document, which decides where the two differ.</p></footer>`,
  );

const head = ({ title, name, status, dates }: OnePage): Markup => markup`<header>
<p class="over">Service-level agreement between marketing and sales</p>
<h1>${title}</h1>
<p>${[name, ...(status === 'file' ? [] : [status.replaceAll('-', ' ')]), ...dates].join(' · ')}</p>
</header>`;

const side = ({ party, heading, commitments }: OnePage['sides'][number]): Markup => markup`<section>
<h2 id="${party}">${heading}</h2>
<table class="commitments" aria-labelledby="${party}">
${commitments.map(
  ({ lead, text, goal }) => markup`<tr><th scope="row">${lead}</th><td>${text}</td><td>${goal ?? ''}</td></tr>
`,
)}</table>
</section>
`;

const section = ({ title, lines }: OnePage['sections'][number]): Markup => markup`<section>
<h2>${title}</h2>
<table class="plain" aria-label="${title}">
${lines.map(({ lead, text }) => markup`<tr><th scope="row">${lead}</th><td>${text}</td></tr>\n`)}</table>
</section>
`;

const signature = ({ party, signer, signed }: PageSignature): Markup => markup`<div>
<strong>For ${party}: ${signer}</strong>
<div class="line">${signed?.person}</div>
<p class="note">${signed === null ? 'Name, signature, date' : `Signed on ${signed.on}`}</p>
</div>
`;
