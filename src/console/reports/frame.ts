import { markup, type Markup } from '../../domain/notices/index.js';
import { reportCatalogue, reportNames } from '../../domain/reports/index.js';
import { pageAround } from '../page.js';
import { reportStyle } from './report-style.js';

/** Whoever has signed in. */
export interface Reader {
  readonly name: string;
  /** What links to other reports keep, as `?period=2026-11`; empty: nothing. */
  readonly keeps: string;
}

/** One page among those for reports, with the way to all others above it; nobody has signed in: without that way. */
export const reportsPage = (title: string, body: Markup, reader?: Reader): string =>
  pageAround(title, reportStyle, body, {
    above: markup`<a class="skip screen" href="#main">Skip to the content</a>\n${reader && bar(reader)}`,
    referrer: 'same-origin',
  });

const bar = ({ name, keeps }: Reader): Markup => markup`<header class="bar screen">
<a class="brand" href="/reports${keeps}">Handoff reports</a>
<details class="menu">
<summary>All reports</summary>
<nav aria-label="Reports">
<ul>
${reportNames.map((report) => markup`<li><a href="/reports/${report}${keeps}">${reportCatalogue[report].title}</a></li>\n`)}</ul>
</nav>
</details>
<form class="leave" method="post" action="/reports/sign-out"><span>${name}</span> <button>Sign out</button></form>
</header>
`;
