import { markup, Markup } from '../../domain/notices/index.js';
import { spoken } from '../../domain/notices/words.js';
import { leadGroupings, reportCatalogue, type ReportName } from '../../domain/reports/index.js';

/** What a reader asked, as it stands behind the question mark; what was left empty is not there. */
export type AskedWords = Readonly<Partial<Record<string, string>>>;

export interface FormView {
  readonly report: ReportName;
  readonly asked: AskedWords;
  /** Shown in the form where no period was asked for. */
  readonly periodName: string;
  /** All there are, by name. */
  readonly agreements: readonly string[];
}

/** What is asked of a report: a form that needs no script, and whose answer has an address of its own. */
export const reportForm = ({ report, asked, periodName, agreements }: FormView): Markup => {
  const { groupings } = reportCatalogue[report];
  const period = asked['from'] === undefined ? (asked['period'] ?? periodName) : '';
  return markup`<form class="ask sheet screen" method="get" action="/reports/${report}" aria-label="What to show">
<div class="fields">
${field('period', 'Period', period, '2026-W47, 2026-11 or 2026-Q4')}
${groupings.length === 0 ? null : choice('by', 'Split by', asked['by'], groupings)}
${agreements.length < 2 ? null : choice('agreement', 'Agreement', asked['agreement'], agreements)}
<div class="field"><button>Show</button></div>
</div>
<details${isNarrowed(asked) ? new Markup(' open') : null}>
<summary>Other days, only some leads, as of another time</summary>
<div class="fields">
${field('from', 'From (instead of a period)', asked['from'], '2026-11-01', 'date')}
${field('to', 'Until before', asked['to'], '2026-12-01', 'date')}
${field('asOf', 'As of', asked['asOf'], '2026-11-26T08:00:00Z')}
${leadGroupings.map((by) => field(by, `Only ${spoken(by)}`, asked[by], by === 'version' ? 'inbound-saas@3' : 'any'))}
</div>
</details>
</form>`;
};

const narrowing = ['from', 'to', 'asOf', ...leadGroupings];
const isNarrowed = (asked: AskedWords): boolean => narrowing.some((name) => asked[name] !== undefined);

const field = (name: string, label: string, value: string | undefined, example: string, type = 'text'): Markup =>
  markup`<div class="field"><label for="ask-${name}">${label}</label><input id="ask-${name}" name="${name}" type="${type}" value="${value ?? ''}" placeholder="${example}" autocomplete="off"></div>
`;

const choice = (name: string, label: string, chosen: string | undefined, values: readonly string[]): Markup =>
  markup`<div class="field"><label for="ask-${name}">${label}</label><select id="ask-${name}" name="${name}">
<option value="">–</option>
${values.map((value) => markup`<option${value === chosen ? new Markup(' selected') : null}>${value}</option>\n`)}</select></div>
`;
