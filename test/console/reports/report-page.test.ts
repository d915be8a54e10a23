// Promise: a report as HTML says all that its document says, asks nobody for anything, and can be read in any way.
import { reportHtml } from '../../../src/console/reports/report-page.js';
import type { ReportDocument } from '../../../src/domain/reports/index.js';
import { formatLocal } from '../../../src/zones/index.js';

const report: ReportDocument = {
  report: 'compliance',
  title: 'Promises kept',
  agreement: 'inbound-saas',
  timeZone: 'America/New_York',
  period: { kind: 'month', name: '2026-11', fromDate: '2026-11-01', toDate: '2026-12-01', from: 0, to: 1 },
  asOf: Date.parse('2026-11-26T08:00:00Z'),
  filters: ['team sdr-east'],
  sections: [
    {
      id: 'sales',
      title: 'Promises of sales',
      notes: ['Times are open time.'],
      table: {
        columns: [
          { id: 'name', title: 'commitment', kind: 'text' },
          { id: 'met', title: 'met', kind: 'count' },
          { id: 'value', title: 'kept', kind: 'share' },
          { id: 'status', title: 'status', kind: 'status' },
          { id: 'since', title: 'since', kind: 'instant' },
          { id: 'nothing', title: 'said by nobody', kind: 'text' },
        ],
        rows: [
          {
            cells: ['first-response', 12_345, 0.8999, 'missed', Date.parse('2026-11-23T15:00:00Z'), null],
            leads: { met: '/v1/reports/compliance/leads?part=met&period=2026-11' },
          },
          { cells: ['<b>', 1, 'no-leads', 'no-leads', null, null], isFaint: true },
        ],
      },
      charts: [{ shape: 'bars', kind: 'share', title: 'Kept', points: [{ label: 'first-response', value: 0.8999 }] }],
    },
    { id: 'none', title: 'By owner', notes: [], table: { columns: [], rows: [] }, charts: [] },
  ],
};
const html = reportHtml(report, formatLocal);
const text = html
  .replace(/<style>[\s\S]*<\/style>/, '')
  .replaceAll(/<[^>]+>/g, ' ')
  .replaceAll(/\s+/g, ' ');

test.each([
  'inbound-saas',
  '2026-11-01 to 2026-11-30',
  'America/New_York',
  'Thu 26 Nov 2026, 03:00 EST',
  'team sdr-east',
  'first-response 12,345 89.9 % ✗ missed Mon 23 Nov 2026, 10:00 EST',
  'Times are open time.',
  'By owner Nothing to show.',
])('the page says: %s', (words) => expect(text).toContain(words));

test('a number leads to the page of what it counts', () => {
  expect(html).toContain('<a href="/reports/compliance/leads?part=met&amp;period=2026-11">12,345</a>');
});

test('persons of whom too little is known are told apart in words, not by grey alone', () => {
  expect(html).toMatch(/<tr role="row" class="faint"><th [^>]+>&lt;b&gt;<span class="unseen"> \(too few to judge\)/);
});

test('a column in which nothing is said is left out', () => {
  expect(text).not.toContain('said by nobody');
});

test('tables have captions and headers of columns and rows, headings go down one by one', () => {
  expect(html.match(/<table/g)!.length).toBe(html.match(/<caption/g)!.length);
  expect(html.match(/<tr role="row"/g)!.length - 1).toBe(html.match(/scope="row"/g)!.length);
  expect([...html.matchAll(/<h(\d)/g)].map(([, level]) => level)).toEqual(['1', '2', '2']);
});

test('of a report of many sections each is one link away, of a short one none', () => {
  const { sections } = report;
  const long = reportHtml({ ...report, sections: [...sections, { ...sections[1]!, id: 'by-team' }] }, formatLocal);
  const ways = [...long.matchAll(/<li><a href="#([^"]+)">/g)].map(([, id]) => id!);
  expect(ways).toEqual(['sales', 'none', 'by-team']);
  for (const id of ways) expect(long).toContain(`<section class="sheet" id="${id}">`);
  expect(html).not.toContain('On this page');
});

test('a row that begins with a number names it where columns have no heads', () => {
  const counted = {
    ...report.sections[0]!,
    table: { columns: [{ id: 'n', title: 'leads', kind: 'count' as const }], rows: [{ cells: [61] }] },
  };
  expect(reportHtml({ ...report, sections: [counted] }, formatLocal)).toContain('data-column="leads">61</th>');
});

test('it fetches nothing, has no style of an element and no script, and is for both schemes and for paper', () => {
  expect(html).not.toMatch(
    /<(script|link|img|iframe)|src=|url\(|@import|https?:(?!\/\/www\.w3\.org\/2000\/svg)| style="/,
  );
  expect(html).toContain('color-scheme: light dark');
  expect(html).toContain('@media print');
});
