/** Promise: a report as CSV has every value as it was counted, in one table that any program reads. */
import { parse } from 'csv-parse/sync';
import { reportCsv } from '../../src/print/report-csv.js';
import { aReport, aRow, aSection } from './sample-report.js';

const rowsOf = (csv: string): Record<string, string>[] => parse(csv, { columns: true });

test('each row tells its report, period, as-of and section', () => {
  expect(rowsOf(reportCsv(aReport()))).toEqual([
    {
      report: 'compliance',
      agreement: 'inbound-saas',
      period: '2026-11',
      asOf: '2026-12-02T09:30:00.000Z',
      filters: '',
      section: 'sales',
      commitment: 'first-response',
      isFaint: '',
    },
  ]);
});

test.each([
  { label: 'a share stays unrounded', kind: 'share', cell: 2 / 3, fields: { it: '0.6666666666666666' } },
  { label: 'a count is a number', kind: 'count', cell: 1_234, fields: { it: '1234' } },
  { label: 'open time is in milliseconds', kind: 'open-time', cell: 61_000, fields: { itMs: '61000' } },
  { label: 'so is time by the clock', kind: 'elapsed', cell: 61_000, fields: { itMs: '61000' } },
  { label: 'an instant is in UTC', kind: 'instant', cell: 0, fields: { it: '1970-01-01T00:00:00.000Z' } },
  {
    label: 'an amount has its currency beside it',
    kind: 'money',
    cell: { minor: 123_450, currency: 'EUR' },
    fields: { it: '1234.5', itCurrency: 'EUR' },
  },
  { label: 'no leads is said as such', kind: 'share', cell: 'no-leads', fields: { it: 'no-leads' } },
  { label: 'what is not there is an empty field', kind: 'count', cell: null, fields: { it: '' } },
  { label: 'below zero is a number, and no formula', kind: 'count', cell: -5, fields: { it: '-5' } },
] as const)('$label', ({ kind, cell, fields }) => {
  const [row] = rowsOf(reportCsv(aReport([aRow([{ id: 'it', title: 'it', kind }], [cell])])));
  expect(row).toMatchObject(fields);
});

test('cells of a kind of their own stand under the name of that kind', () => {
  const section = aRow([{ id: 'actual', title: 'actual', kind: 'count' }], [61_000]);
  const [time, count] = [{ cells: [61_000], kinds: { actual: 'open-time' } } as const, { cells: [5] }];
  const csv = reportCsv(aReport([{ ...section, table: { ...section.table, rows: [time, count] } }]));
  expect(rowsOf(csv)).toMatchObject([
    { actual: '', actualMs: '61000' },
    { actual: '5', actualMs: '' },
  ]);
});

test('sections of other columns stand below each other, each value under its own name', () => {
  const other = aRow([{ id: 'metric', title: 'metric', kind: 'text' }], ['volume']);
  const csv = reportCsv(aReport([aSection(), { ...other, id: 'targets' }]));
  expect(rowsOf(csv)).toMatchObject([
    { section: 'sales', commitment: 'first-response', metric: '' },
    { section: 'targets', commitment: '', metric: 'volume' },
  ]);
});

test('texts stand in quotes and hold no formula; lines end as RFC 4180 says', () => {
  const csv = reportCsv(aReport([aRow([{ id: 'owner', title: 'owner', kind: 'text' }], ['=cmd|"/c calc"!A1'])]));
  expect(csv).toContain(`"'=cmd|""/c calc""!A1"`);
  expect(csv.endsWith('\r\n')).toBe(true);
});
