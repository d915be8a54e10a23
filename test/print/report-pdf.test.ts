/** Promise: a report on paper says all that the report says, on as many pages as it needs, each fit to stand alone. */
import { chartSvg } from '../../src/console/charts/chart-svg.js';
import type { Chart, Column, ReportDocument } from '../../src/domain/reports/index.js';
import { printReports } from '../../src/print/report-pdf.js';
import { formatLocal } from '../../src/zones/index.js';
import { readPdf } from './pdf-text.js';
import { aReport, aSection, DATA_HASH } from './sample-report.js';

const print = {
  paper: 'a4',
  drawChart: (chart: Chart, widthPx: number) => chartSvg(chart, { palette: 'light', widthPx }),
  sayInZone: formatLocal,
} as const;
const printed = (...documents: readonly ReportDocument[]) =>
  printReports(
    documents.map((document) => ({ document, dataHash: DATA_HASH })),
    print,
  );
const textOf = async (...documents: readonly ReportDocument[]) => readPdf(await printed(...documents));
const countOf = (text: string, part: string): number => text.split(part).length - 1;

const columns: readonly Column[] = [
  { id: 'owner', title: 'owner of the lead', kind: 'text' },
  { id: 'value', title: 'kept', kind: 'share' },
  { id: 'status', title: 'status', kind: 'status' },
  { id: 'note', title: 'noted', kind: 'text' },
];
const longTable = (rowCount: number) => ({
  columns,
  rows: Array.from({ length: rowCount }, (_, index) => ({ cells: [`rep-${index + 1}`, 0.8999, 'at-risk', null] })),
});
const bars: Chart = {
  shape: 'bars',
  kind: 'share',
  title: 'Kept by sales',
  target: 0.9,
  points: [
    { label: 'first-response', value: 0.5 },
    { label: 'touches', value: null },
  ],
};

test('title, agreement, period, as-of in the zone of the agreement, filters and notes are said', async () => {
  const { text, pageCount } = await textOf({ ...aReport(), filters: ['team sdr-east'] });
  expect(pageCount).toBe(1);
  for (const said of [
    'Promises kept, side by side',
    'INBOUND-SAAS',
    '2026-11, from 2026-11-01 to before 2026-12-01 (America/New_York)',
    'only team sdr-east',
    'As of Wed 2 Dec 2026, 04:30 EST',
    'Times are open time.',
    `SHA-256 of the data ${DATA_HASH}`,
  ]) {
    expect(text).toContain(said);
  }
});

test('cells are in the words of every other form: rounded down, with a sign for each status', async () => {
  const { text } = await textOf(aReport([aSection({ table: longTable(1) })]));
  expect(text).toContain('rep-1 89.9 % ! at risk');
});

test('a column in which nothing stands is left out', async () => {
  expect((await textOf(aReport([aSection({ table: longTable(1) })]))).text).not.toContain('noted');
});

test('a table goes over pages with its head on each, every row once, and every page says which it is', async () => {
  const { text, pageCount } = await textOf(aReport([aSection({ table: longTable(90) })]));
  expect(pageCount).toBeGreaterThan(2);
  expect(countOf(text, 'owner of the lead')).toBe(pageCount);
  for (let row = 1; row <= 90; row += 1) expect(countOf(text, `rep-${row} `)).toBe(1);
  for (let page = 1; page <= pageCount; page += 1) expect(text).toContain(`page ${page} of ${pageCount}`);
  expect(countOf(text, DATA_HASH)).toBe(pageCount);
});

test('a table that is too wide comes in parts, each with the name of the row', async () => {
  const many = Array.from({ length: 40 }, (_, index) => ({
    id: `c${index}`,
    title: `count-${index}`,
    kind: 'count' as const,
  }));
  const rows = [{ cells: ['rep-1', ...many.map((_, index) => 10_000 + index)] }];
  const { text } = await textOf(aReport([aSection({ table: { columns: [columns[0]!, ...many], rows } })]));
  expect(countOf(text, 'rep-1')).toBeGreaterThan(1);
  for (const [index] of many.entries()) expect(countOf(text, `10,0${String(index).padStart(2, '0')}`)).toBe(1);
});

test('a later part of a table leaves out the rows of which it says nothing', async () => {
  const many = Array.from({ length: 40 }, (_, index) => ({
    id: `c${index}`,
    title: `count-${index}`,
    kind: 'count' as const,
  }));
  const rows = [
    { cells: ['rep-1', ...many.map((_, index) => 10_000 + index)] },
    { cells: ['rep-2', 10_000, ...many.slice(1).map(() => null)] },
  ];
  const { text } = await textOf(aReport([aSection({ table: { columns: [columns[0]!, ...many], rows } })]));
  expect(countOf(text, 'rep-1')).toBeGreaterThan(1);
  expect(countOf(text, 'rep-2')).toBe(1);
});

test('a heading stands on the page on which its table begins, wherever that falls', async () => {
  const rows = [{ cells: ['the first of them', 0.5, 'met', 'a note of several words '.repeat(20)] }];
  const below = aSection({ title: 'By owner', table: { columns, rows } });
  for (let count = 1; count <= 45; count += 1) {
    const { text } = await textOf(aReport([aSection({ table: longTable(count) }), below]));
    const [, between] = /By owner(.*?)the first of them/.exec(text)!;
    expect([count, between]).not.toEqual([count, expect.stringMatching(/page \d/)]);
  }
});

test('two lines stand beside each other', async () => {
  const line: Chart = {
    ...bars,
    shape: 'line',
    points: [0.5, 0.6].map((value, week) => ({ label: `W${week}`, value })),
  };
  const pageCountWith = async (count: number) =>
    (await textOf(aReport([aSection({ charts: Array.from({ length: count }, () => line) })]))).pageCount;
  expect(await pageCountWith(4)).toBe(await pageCountWith(3));
});

test('a section without rows says so', async () => {
  const { text } = await textOf(aReport([aSection({ table: { columns, rows: [] } })]));
  expect(text).toContain('Nothing to show');
});

test('a chart is drawn in letters that can be searched, and described for whoever does not see it', async () => {
  const bytes = await printed(aReport([aSection({ charts: [bars] })]));
  expect(readPdf(bytes).text).toContain('target 90.0 %');
  expect(Buffer.from(bytes).toString('latin1')).toMatch(/\/S \/Figure/);
  expect(Buffer.from(bytes).toString('latin1')).toContain('first-response: 50.0 %, touches: no leads');
});

test('several reports are one file, each beginning on a page of its own', async () => {
  const other = { ...aReport(), title: 'The funnel, stage by stage' };
  const { text, pageCount } = await textOf(aReport(), other);
  expect(pageCount).toBe(2);
  expect(text).toMatch(/Promises kept.*page 1 of 2.*The funnel.*page 2 of 2/);
});

test('the same reports printed twice give the same bytes, dated by their as-of', async () => {
  const document = aReport([aSection({ charts: [bars], table: longTable(40) })]);
  const [once, again] = [await printed(document), await printed(document)];
  expect(Buffer.compare(once, again)).toBe(0);
  expect(Buffer.from(once).toString('latin1')).toContain('D:20261202093000Z');
});

test('nothing in it is fetched from elsewhere', async () => {
  const source = Buffer.from(await printed(aReport([aSection({ charts: [bars] })]))).toString('latin1');
  expect(source).not.toMatch(/\/URI|https?:\/\/(?!ns\.adobe|www\.w3|purl)/);
});
