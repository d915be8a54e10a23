import type { Change } from '../documents/index.js';
import { markup, type Markup } from '../domain/notices/index.js';
import { capitalised, spoken } from '../domain/notices/words.js';
import { agreementStyle } from './agreement-style.js';
import { pageAround } from './page.js';

/** Two agreements side by side, of which only what differs is shown. */
export interface DiffPageView {
  /** `inbound-saas, version 3`. */
  readonly before: string;
  readonly after: string;
  readonly changes: readonly Change[];
}

/** What the later agreement says otherwise, part by part. */
export const renderDiffPage = ({ before, after, changes }: DiffPageView): string =>
  pageAround(
    `${before} → ${after}`,
    agreementStyle,
    markup`<header>
<p class="over">What changes</p>
<h1>${after}</h1>
<p>${changes.length === 0 ? 'says the same as' : `${countText(changes.length)} from`} ${before}</p>
</header>
${[...new Set(changes.map(({ part }) => part))].map((part) => section(part, changes))}`,
  );

const countText = (count: number): string => (count === 1 ? 'one change' : `${count} changes`);

const section = (part: string, changes: readonly Change[]): Markup => markup`<section>
<h2>${capitalised(spoken(part))}</h2>
<table class="change">
<tr><th scope="col">What</th><th scope="col">Before</th><th scope="col">After</th></tr>
${changes.filter((change) => change.part === part).map(row)}</table>
</section>
`;

const row = ({ what, before, after }: Change): Markup =>
  markup`<tr><td>${capitalised(what)}</td><td>${before ?? '–'}</td><td${after === null ? gone : null}>${after ?? 'taken out'}</td></tr>
`;

const gone = markup` class="gone"`;
