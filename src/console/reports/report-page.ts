import type { Instant } from '../../domain/business-time/index.js';
import { markup, type Markup } from '../../domain/notices/index.js';
import { fileFormats, reportCatalogue, type ReportDocument } from '../../domain/reports/index.js';
import { pageAround } from '../page.js';
import { reportsPage, type Reader } from './frame.js';
import { problemText, type PageProblem } from './problem-page.js';
import { reportHead, reportSections, type BodyFrame } from './report-body.js';
import { reportForm, type FormView } from './report-form.js';
import { reportStyle } from './report-style.js';

/** An instant as a reader in that zone says it. */
export type FormatLocal = (timeZone: string, at: Instant) => string;

/**
 * A whole report as one page that asks nobody for anything: charts with the tables behind them, statuses as sign and
 * word, shares rounded down to 0.1 %, instants in the agreement's zone.
 */
export function reportHtml(report: ReportDocument, formatLocal: FormatLocal): string {
  return pageAround(`${report.title}, ${report.period.name}`, reportStyle, bodyOf(report, formatLocal));
}

function bodyOf(
  report: ReportDocument,
  formatLocal: FormatLocal,
  below: Markup | null = null,
  more: Pick<BodyFrame, 'chartAt'> = {},
): Markup {
  const say = (at: Instant): string => formatLocal(report.timeZone, at);
  return markup`${reportHead(report, say)}
${below}${partsOf(report)}${reportSections(report, { say, pageOf: pageAt, ...more })}`;
}

/** The way to each section of a long report. */
const partsOf = ({ sections }: ReportDocument): Markup | null =>
  sections.length < 3
    ? null
    : markup`<nav class="parts screen" aria-label="On this page">
<ul>
${sections.map(({ id, title }) => markup`<li><a href="#${id}">${title}</a></li>\n`)}</ul>
</nav>
`;

/** The same as a page that an address of the API gives as data: the list behind a number, or why a lead was judged so. */
export const pageAt = (address: string): string =>
  address.replace(/^\/v1\/leads\/([^/?]+)\/explain/, '/reports/leads/$1').replace(/^\/v1\/reports\//, '/reports/');

/** A link with what it is called. */
export interface NamedLink {
  readonly text: string;
  readonly href: string;
}

/** A report among the pages, with the form that asks for it. */
export interface ReportPageView {
  readonly reader: Reader;
  readonly form: FormView;
  readonly report: ReportDocument;
  readonly before: NamedLink;
  readonly after: NamedLink;
  /** Where the API has the very same report, `&format=` to be added. */
  readonly source: string;
}

export const reportPage = (view: ReportPageView, formatLocal: FormatLocal): string =>
  reportsPage(
    `${view.report.title}, ${view.report.period.name}`,
    bodyOf(view.report, formatLocal, markup`${ways(view)}\n${reportForm(view.form)}\n`, {
      chartAt: (name, format) => markup`${view.source}&amp;format=${format}&amp;chart=${name}`,
    }),
    view.reader,
  );

const ways = ({ before, after, source }: ReportPageView): Markup => markup`<div class="ways screen">
<nav aria-label="Periods"><a rel="prev" href="${before.href}">‹ ${before.text}</a> <a rel="next" href="${after.href}">${after.text} ›</a></nav>
<nav aria-label="Downloads">As ${['json', ...fileFormats].map((format) => markup`<a href="${source}&amp;format=${format}">${format.toUpperCase()}</a> `)}</nav>
</div>`;

/** What was asked cannot be shown: the form again, with what to mend. */
export const askAgainPage = (form: FormView, problem: PageProblem, reader: Reader): string =>
  reportsPage(
    reportCatalogue[form.report].title,
    markup`<h1>${reportCatalogue[form.report].title}</h1>
<div class="alarm" role="alert"><strong>${problem.title}.</strong>
${problemText(problem)}</div>
${reportForm(form)}`,
    reader,
  );
