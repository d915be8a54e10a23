/** Promise: a mail with reports shows all it shows without loading anything, says the same as text, and brings the whole as PDF. */
import { chartSvg } from '../../src/console/charts/chart-svg.js';
import type { Chart, Column, ReportDocument } from '../../src/domain/reports/index.js';
import { reportMail } from '../../src/print/report-mail.js';
import { formatLocal } from '../../src/zones/index.js';
import { readPdf } from './pdf-text.js';
import { aReport, aRow, aSection, DATA_HASH } from './sample-report.js';

const print = {
  paper: 'a4',
  drawChart: (chart: Chart, widthPx: number) => chartSvg(chart, { palette: 'light', widthPx, isFlush: true }),
  sayInZone: formatLocal,
} as const;
const letter = {
  subject: 'Weekly review of inbound-saas, 2026-W48, is open',
  paragraphs: ['It looks at 2026-W48.', 'On the agenda:\n- MQL volume\n- <b>quality</b> & feedback'],
  link: { href: 'https://handoff.example/reviews/1', words: 'Open the review' },
};
const mailOf = (documents: readonly ReportDocument[], timeZone = 'Europe/Berlin') =>
  reportMail(
    letter,
    documents.map((document) => ({ document, dataHash: DATA_HASH })),
    print,
    timeZone,
  );

const bars = (title: string): Chart => ({
  shape: 'bars',
  kind: 'share',
  title,
  target: 0.9,
  points: [
    { label: "first-response & 'more'", value: 0.5 },
    { label: 'touches', value: null },
  ],
});
const columns: readonly Column[] = [
  { id: 'commitment', title: 'commitment', kind: 'text' },
  { id: 'value', title: 'kept', kind: 'share' },
  { id: 'status', title: 'status', kind: 'status' },
];
const judged = (rowCount: number) => ({
  columns,
  rows: Array.from({ length: rowCount }, (_, index) => ({ cells: [`promise-${index + 1}`, 0.8999, 'missed'] })),
});

test('every picture came along, and nothing is loaded from elsewhere', async () => {
  const { html, attachments } = await mailOf([aReport([aSection({ charts: [bars('One'), bars('Other')] })])]);
  const shown = [...html.matchAll(/<img src="([^"]+)"/g)].map(([, source]) => source);
  const brought = attachments!.flatMap(({ contentId }) => (contentId === undefined ? [] : [`cid:${contentId}`]));
  expect(shown).toHaveLength(2);
  expect(shown).toEqual(brought);
  expect(html).not.toMatch(/url\(|<link|<script|@import|src="(?!cid:)/);
  expect([...html.matchAll(/https?:[^"<]+/g)].map(([url]) => url)).toEqual([letter.link.href]);
});

test('a picture says in words what it shows, for whoever sees none', async () => {
  const { html, text } = await mailOf([aReport([aSection({ charts: [bars('Kept by sales')] })])]);
  const said = "Kept by sales: first-response & 'more': 50.0 %, touches: no leads; target 90.0 %";
  expect(html).toContain(`alt="${said.replace('&', '&amp;').replaceAll("'", '&#39;')}"`);
  expect(text).toContain(said);
});

test('letter, figures and notes are in the text as in the HTML, in words alone', async () => {
  const { html, text } = await mailOf([aReport([aSection({ table: judged(1) })])]);
  for (const said of ['It looks at 2026-W48.', 'Promises of sales', 'Times are open time.', 'promise-1', '89.9 %']) {
    expect([said, html.includes(said), text.includes(said)]).toEqual([said, true, true]);
  }
  expect(text).toContain('- promise-1: kept 89.9 %, status ✗ missed');
  expect(text).toContain('Open the review: https://handoff.example/reviews/1');
});

test('words of people are words, never markup', async () => {
  const { html } = await mailOf([aReport([aRow([columns[0]!], ['<img src=x onerror=alert(1)>'])])]);
  expect(html).toContain('&lt;b&gt;quality&lt;/b&gt; &amp; feedback');
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
});

test.each([
  { timeZone: 'Europe/Berlin', said: 'as of Wed 2 Dec 2026, 10:30 CET' },
  { timeZone: 'America/New_York', said: 'as of Wed 2 Dec 2026, 04:30 EST' },
])('instants are those of the reader in $timeZone', async ({ timeZone, said }) => {
  const { html, text } = await mailOf([aReport()], timeZone);
  expect(html).toContain(said);
  expect(text).toContain(said);
});

test('an instant begins where its head does, and is broken between day and time alone', async () => {
  const since: Column = { id: 'since', title: 'since', kind: 'instant' };
  const { html } = await mailOf([aReport([aRow([columns[0]!, since], ['promise-1', Date.UTC(2026, 10, 2, 9)])])]);
  expect(html).toMatch(/<th [^>]*align="left"[^>]*>since/);
  expect(html).toMatch(
    /<td align="left"[^>]*><span style="white-space:nowrap">Mon 2 Nov 2026,<\/span> <span [^>]+>10:00 CET<\/span><\/td>/,
  );
});

test('a long table is cut and says so; the PDF has every row', async () => {
  const { html, text, attachments } = await mailOf([aReport([aSection({ table: judged(30) })])]);
  expect([html, text].map((form) => form.includes('18 rows more in the PDF.'))).toEqual([true, true]);
  expect(html).not.toContain('promise-13');
  const pdf = attachments!.find(({ mediaType }) => mediaType === 'application/pdf')!;
  expect(pdf.name).toBe('inbound-saas-2026-11.pdf');
  expect(readPdf(pdf.bytes).text).toContain('promise-30');
});

test('what has no room at all is named in one line, in the text as well', async () => {
  const full = Array.from({ length: 6 }, () => aSection({ table: judged(10) }));
  const late = ['By owner', 'By team'].map((title) => aSection({ title, notes: ['Of persons.'], table: judged(3) }));
  const { html, text } = await mailOf([aReport([...full, ...late])]);
  for (const form of [html, text]) {
    expect(form).toContain('In the PDF: By owner; By team.');
    expect(form).not.toContain('Of persons.');
  }
});

test('a status is never broken', async () => {
  const { html } = await mailOf([aReport([aSection({ table: judged(1) })])]);
  expect(html).toMatch(/<td align="left"[^>]* style="white-space:nowrap;[^>]*>✗ missed/);
});

test('a wide table keeps its name and what tells how it stands', async () => {
  const wide = ['met', 'breached', 'coverage', 'median', 'p90', 'value', 'status', 'goal'].map((id): Column => ({
    id,
    title: `title-${id}`,
    kind: id === 'status' ? 'status' : 'count',
  }));
  const cells = ['promise-1', ...wide.map(({ id }) => (id === 'status' ? 'missed' : 1))];
  const { html } = await mailOf([aReport([aRow([columns[0]!, ...wide], cells)])]);
  const heads = [...html.matchAll(/<th [^>]*>([^<]*)/g)].map(([, title]) => title);
  expect(heads).toEqual(['commitment', 'title-met', 'title-breached', 'title-value', 'title-status', 'title-goal']);
});

test('the same reports give the same mail', async () => {
  const document = aReport([aSection({ charts: [bars('One')], table: judged(3) })]);
  expect(await mailOf([document])).toEqual(await mailOf([document]));
});
