import { Markup, markup } from '../../domain/notices/index.js';
import {
  chartFormats,
  chartName,
  type Chart,
  type ChartFormat,
  type Period,
  type ReportDocument,
  type SayInstant,
  type Section,
} from '../../domain/reports/index.js';
import { chartSvg } from '../charts/chart-svg.js';
import { reportTable } from './report-table.js';

export interface BodyFrame {
  readonly say: SayInstant;
  readonly pageOf: (list: string) => string;
  /** Where a chart is to be had as a picture, by its name; absent: nowhere. */
  readonly chartAt?: (name: string, format: ChartFormat) => Markup;
}

/** What a report, or a list behind its numbers, is about. */
type Facts = Pick<ReportDocument, 'agreement' | 'period' | 'timeZone' | 'asOf' | 'filters'>;

export const reportHead = (report: ReportDocument, say: SayInstant): Markup =>
  markup`<header>
<h1>${report.title}</h1>
${factsOf(report, say)}
</header>`;

/** Agreement, period, zone, as of when, and what was left out by the reader's own wish. */
export const factsOf = ({ agreement, period, timeZone, asOf, filters }: Facts, say: SayInstant): Markup =>
  markup`<ul class="facts">
<li>Agreement <strong>${agreement}</strong></li>
<li>Period <strong>${period.name}</strong>${period.kind === 'days' ? null : markup`, ${daysText(period)}`}</li>
<li>Zone <strong>${timeZone}</strong></li>
<li>As of <strong>${say(asOf)}</strong></li>
${filters.length === 0 ? null : markup`<li>Only <strong>${filters.join(', ')}</strong></li>\n`}</ul>`;

const DAY_MS = 86_400_000;

/** First and last day, both counted. */
const daysText = ({ fromDate, toDate }: Period): string =>
  `${fromDate} to ${new Date(Date.parse(toDate) - DAY_MS).toISOString().slice(0, 10)}`;

/** Every section: its charts, the table behind them, and what must be known to read both. */
export const reportSections = ({ sections }: ReportDocument, frame: BodyFrame): readonly Markup[] =>
  sections.map((section) => reportSection(section, frame));

const reportSection = (section: Section, frame: BodyFrame): Markup => markup`<section class="sheet" id="${section.id}">
<h2 id="${section.id}-title">${section.title}</h2>
${section.charts.length === 0 ? null : markup`<div class="charts">\n${section.charts.map((chart, index) => figure(chart, pictures(frame, chart, chartName(section, index))))}</div>\n`}${reportTable(section.table, { ...frame, caption: captionOf(section), headingId: `${section.id}-title` })}
${section.notes.length === 0 ? null : markup`<ul class="notes">\n${section.notes.map((note) => markup`<li>${note}</li>\n`)}</ul>\n`}</section>
`;

const captionOf = ({ title, table }: Section): string =>
  `${title}: ${table.rows.length === 1 ? 'one row' : `${table.rows.length} rows`}`;

const WIDE_PX = 640;
const NARROW_PX = 340;
/** A field of hours needs the room of two charts. */
const FIELD_PX = 980;

const whole = markup` class="whole"`;

/** The same chart as files, each named for whoever hears it read. */
const pictures = ({ chartAt }: BodyFrame, { title }: Chart, name: string): Markup | null =>
  chartAt === undefined
    ? null
    : markup`<figcaption class="screen quiet">As ${chartFormats.map((format) => markup`<a href="${chartAt(name, format)}" aria-label="${title} as ${format.toUpperCase()}">${format.toUpperCase()}</a> `)}</figcaption>
`;

/** Drawn twice, for a desk and for a phone, of which a reader gets one. */
export const figure = (
  chart: Chart,
  below: Markup | null = null,
): Markup => markup`<figure${chart.shape === 'heat-map' ? whole : null}>
<div class="wide">${drawing(chart, chart.shape === 'heat-map' ? FIELD_PX : WIDE_PX)}</div>
<div class="narrow">${drawing(chart, NARROW_PX)}</div>
${below}</figure>
`;

const drawing = (chart: Chart, widthPx: number): Markup => new Markup(chartSvg(chart, { palette: 'page', widthPx }));
