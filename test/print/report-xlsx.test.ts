/** Promise: a report as a workbook has numbers that are numbers, texts that are never formulas, and always the same bytes. */
import { jest } from '@jest/globals';
import type { Cell, CellKind, ReportDocument } from '../../src/domain/reports/index.js';
import { reportXlsx } from '../../src/print/report-xlsx.js';
import { aReport, aRow, aSection, DATA_HASH } from './sample-report.js';
import { zipEntries } from './zip-entries.js';

const print = (document: ReportDocument) => reportXlsx({ document, dataHash: DATA_HASH });

interface ReadCell {
  readonly value: string | number;
  readonly format: string;
}

/** The cells of a sheet by their address, as a spreadsheet would read them. */
async function sheetOf(document: ReportDocument, number: number): Promise<ReadonlyMap<string, ReadCell>> {
  const files = zipEntries(await print(document));
  const texts = [...files.get('xl/sharedStrings.xml')!.matchAll(/<t[^>]*>([^<]*)<\/t>/g)].map(([, text]) => text!);
  const formats = formatsIn(files.get('xl/styles.xml')!);
  const cells = files.get(`xl/worksheets/sheet${number}.xml`)!.matchAll(/<c r="(\w+)"([^>]*)><v>([^<]*)<\/v><\/c>/g);
  return new Map(
    [...cells].map(([, address, said, value]) => {
      const isText = said!.includes('t="s"');
      const style = /s="(\d+)"/.exec(said!)?.[1];
      const format = style === undefined ? '' : (formats[Number(style)] ?? '');
      return [address!, { value: isText ? texts[Number(value)]! : Number(value), format }];
    }),
  );
}

function formatsIn(styles: string): readonly string[] {
  const codes = new Map(
    [...styles.matchAll(/numFmtId="(\d+)" formatCode="([^"]*)"/g)].map(([, id, code]) => [id, code]),
  );
  const looks = /<cellXfs[^>]*>(.*)<\/cellXfs>/s.exec(styles)![1]!;
  return [...looks.matchAll(/<xf ([^>]*)>/g)].map(([, said]) => codes.get(/numFmtId="(\d+)"/.exec(said!)?.[1]) ?? '');
}

const cellOf = async (kind: CellKind, cell: Cell) =>
  (await sheetOf(aReport([aRow([{ id: 'it', title: 'it', kind }], [cell])]), 2)).get('A2');

test.each([
  { label: 'a share is a number, rounded down', kind: 'share', cell: 0.8999, value: 0.899, format: '0.0%' },
  { label: 'a share that is reached is so to the digit', kind: 'share', cell: 0.9, value: 0.9, format: '0.0%' },
  { label: 'a count is a number', kind: 'count', cell: 1_234, value: 1_234, format: '#,##0.##' },
  { label: 'a time is a duration', kind: 'open-time', cell: 43_200_000, value: 0.5, format: '[h]:mm:ss' },
  { label: 'an instant is a date', kind: 'instant', cell: 86_400_000, value: 25_570, format: 'yyyy-mm-dd hh:mm:ss' },
  {
    label: 'an amount is a number with its currency',
    kind: 'money',
    cell: { minor: 123_450, currency: 'EUR' },
    value: 1_234.5,
    format: '#,##0.00 &quot;EUR&quot;',
  },
  { label: 'a status is in words', kind: 'status', cell: 'at-risk', value: 'at risk', format: '@' },
  { label: 'no leads is said', kind: 'share', cell: 'no-leads', value: 'no leads', format: '@' },
] as const)('$label', async ({ kind, cell, value, format }) => {
  expect(await cellOf(kind, cell)).toEqual({ value, format });
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '＝1+1'])('%p is a text, also when it is edited', async (text) => {
  expect(await cellOf('text', text)).toEqual({ value: text, format: '@' });
});

test('no cell of a workbook is a formula', async () => {
  const files = zipEntries(await print(aReport([aRow([{ id: 'it', title: '=1+1', kind: 'text' }], ['=1+1'])])));
  expect([...files.values()].filter((text) => /<f[ >]/.test(text))).toEqual([]);
});

test('the first sheet tells what it is about, and how its data can be checked', async () => {
  const said = [...(await sheetOf(aReport(), 1)).values()].map(({ value }) => value);
  expect(said).toEqual(
    expect.arrayContaining(['inbound-saas', '2026-11', '2026-12-02T09:30:00.000Z', DATA_HASH, 'Times are open time.']),
  );
});

test('sheets have names that a spreadsheet takes, each another one', async () => {
  const title = 'Promises of sales, by owner: all [persons] of the team';
  const workbook = zipEntries(await print(aReport([aSection({ title }), aSection({ title })]))).get('xl/workbook.xml')!;
  const names = [...workbook.matchAll(/<sheet [^>]*name="([^"]*)"/g)].map(([, name]) => name!);
  expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(3);
  expect(names.filter((name) => name.length > 31 || /[[\]:*?/\\]/.test(name))).toEqual([]);
});

test('the same report gives the same bytes, whenever it is printed', async () => {
  const first = await print(aReport());
  // An archive tells time to two seconds.
  const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.UTC(2031, 0, 1));
  const later = await print(aReport());
  clock.mockRestore();
  expect(Buffer.compare(first, later)).toBe(0);
  expect(Buffer.from(first).readUInt16LE(12)).toBe(0x0021);
});
