import { markup, type Markup } from '../../domain/notices/index.js';
import { capitalised } from '../../domain/notices/words.js';
import {
  cellText,
  kindIn,
  reportCatalogue,
  reportNames,
  type Chart,
  type Column,
  type ReportDocument,
  type Section,
  type SayInstant,
  type TableRow,
} from '../../domain/reports/index.js';
import { reportsPage, type Reader } from './frame.js';
import { factsOf, figure } from './report-body.js';
import { pageAt, type FormatLocal, type NamedLink } from './report-page.js';
import { reportTable } from './report-table.js';

/** How both sides stand, on one page, made of reports about the same period and as of the same instant. */
export interface OverviewView {
  readonly reader: Reader;
  readonly compliance: ReportDocument;
  readonly targets: ReportDocument;
  readonly streaks: ReportDocument;
  readonly before: NamedLink;
  readonly after: NamedLink;
}

export function overviewPage(view: OverviewView, formatLocal: FormatLocal): string {
  const { compliance, targets, streaks, before, after } = view;
  const say: SayInstant = (at) => formatLocal(compliance.timeZone, at);
  const body = markup`<header>
<h1>How both sides stand</h1>
${factsOf(compliance, say)}
</header>
<div class="ways screen"><nav aria-label="Periods"><a rel="prev" href="${before.href}">‹ ${before.text}</a> <a rel="next" href="${after.href}">${after.text} ›</a></nav></div>
<div class="cards">
${sectionIn(compliance, 'parties')?.table.rows.map((row) => card(sectionIn(compliance, 'parties')!.table.columns, row))}</div>
${part(sectionIn(targets, 'targets'), say)}
${charts(parties.flatMap((party) => sectionIn(compliance, party)?.charts ?? []))}
${part(sectionIn(streaks, 'streaks'), say)}
${others(view.reader)}`;
  return reportsPage('How both sides stand', body, view.reader);
}

/** Marketing first: its promise begins each lead. */
const parties = ['marketing', 'sales'] as const;

const sectionIn = ({ sections }: ReportDocument, id: string): Section | undefined =>
  sections.find((section) => section.id === id);

/** A side's row, with its first share written large: that is how the side stands. */
function card(columns: readonly Column[], row: TableRow): Markup {
  const [party, ...facts] = columns.map((column, index) => ({ column, cell: row.cells[index] ?? null }));
  const first = columns.find((column) => kindIn(row, column) === 'share');
  return markup`<section class="sheet card">
<h2>${capitalised(cellText(party?.cell ?? null, 'text'))}</h2>
<dl>
${facts.map(({ column, cell }) => {
  const kind = kindIn(row, column);
  return markup`<div${column === first ? large : null}><dt>${column.title}</dt><dd>${cellText(cell, kind)}</dd></div>\n`;
})}</dl>
</section>
`;
}

const large = markup` class="large"`;

const part = (section: Section | undefined, say: SayInstant): Markup | null =>
  section === undefined
    ? null
    : markup`<section class="sheet">
<h2 id="${section.id}-title">${section.title}</h2>
${section.charts.length === 0 ? null : markup`<div class="charts">\n${section.charts.map((chart) => figure(chart))}</div>\n`}${reportTable(section.table, { caption: section.title, headingId: `${section.id}-title`, say, pageOf: pageAt })}
</section>`;

const charts = (drawn: readonly Chart[]): Markup => markup`<section class="sheet">
<h2>${reportCatalogue.compliance.title}</h2>
<div class="charts">
${drawn.map((chart) => figure(chart))}</div>
</section>`;

const others = ({ keeps }: Reader): Markup => markup`<nav class="sheet screen" aria-labelledby="others">
<h2 id="others">Every report</h2>
<ul class="all">
${reportNames.map((report) => markup`<li><a href="/reports/${report}${keeps}">${reportCatalogue[report].title}</a></li>\n`)}</ul>
</nav>`;
