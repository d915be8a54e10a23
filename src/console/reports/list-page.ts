import { markup, type Markup } from '../../domain/notices/index.js';
import { capitalised, spoken } from '../../domain/notices/words.js';
import {
  cellText,
  reportCatalogue,
  type Column,
  type LeadList,
  type SayInstant,
  type TableRow,
} from '../../domain/reports/index.js';
import { reportsPage, type Reader } from './frame.js';
import { factsOf } from './report-body.js';
import { pageAt, type FormatLocal } from './report-page.js';
import { reportTable } from './report-table.js';

/** One page of what a number counts. */
export interface ListPageView {
  readonly reader: Reader;
  readonly list: LeadList;
  readonly rows: readonly TableRow[];
  /** The report in which the number stands. */
  readonly back: string;
  /** Where the list goes on; null: this was its end. */
  readonly next: string | null;
  readonly isFirst: boolean;
}

/** The leads behind a number, each with the way to why it was judged so. */
export function listPageOf(view: ListPageView, formatLocal: FormatLocal): string {
  const { list, rows, next, isFirst } = view;
  const say: SayInstant = (at) => formatLocal(list.timeZone, at);
  const title = capitalised(`${spoken(list.figure)}: ${spoken(list.part)}`);
  const body = markup`<header>
<h1>${title}</h1>
${factsOf(list, say)}
</header>
<p class="screen"><a href="${view.back}">‹ ${reportCatalogue[list.report].title}</a></p>
<section class="sheet">
<h2 id="list">${countText(rows.length, isFirst, next)}</h2>
${reportTable(tableOf(list.columns, rows), { caption: title, headingId: 'list', say, pageOf: pageAt })}
</section>
${more(next)}`;
  return reportsPage(title, body, view.reader);
}

function countText(count: number, isFirst: boolean, next: string | null): string {
  const rows = count === 1 ? 'One entry' : `${count} entries`;
  if (next === null) return isFirst ? rows : `The last ${rows.toLowerCase()}`;
  return isFirst ? `The first ${rows}` : `${rows} more`;
}

const more = (next: string | null): Markup | null =>
  next === null
    ? null
    : markup`<p class="screen"><a class="button" rel="next" href="${next}">Go on with the list ›</a></p>`;

/** The lead's own column leads to its explanation, which the list names by its address in the API. */
function tableOf(columns: readonly Column[], rows: readonly TableRow[]) {
  const explain = columns.findIndex(({ id }) => id === 'explain');
  const shown = columns.filter((_, index) => index !== explain);
  return {
    columns: shown,
    rows: rows.map((row): TableRow => ({
      ...row,
      cells: row.cells.filter((_, index) => index !== explain),
      leads: { leadId: cellText(row.cells[explain] ?? null, 'text') },
    })),
  };
}
