/** Promise: a report on a terminal has the words of every other form, its trends at a glance, and colour only where it is wanted. */
import { plainInk, terminalInk } from '../../src/cli/reports/ink.js';
import { reportLines, type ReportView } from '../../src/cli/reports/report-words.js';
import { sparkline } from '../../src/cli/reports/sparkline.js';

describe('a sparkline', () => {
  test.each([
    { label: 'shares go from 0 to 100 %', values: [0, 0.5, 1], kind: 'share', line: '▁▅█' },
    {
      label: 'a high share is not drawn full because it is the largest',
      values: [0.5, 0.5],
      kind: 'share',
      line: '▅▅',
    },
    { label: 'counts go from zero to the largest', values: [0, 20, 40], kind: 'count', line: '▁▅█' },
    { label: 'no leads is a gap and no zero', values: [1, null, 0], kind: 'share', line: '█·▁' },
    { label: 'nothing but zeros is low', values: [0, 0], kind: 'count', line: '▁▁' },
    { label: 'no values are no line', values: [], kind: 'count', line: '' },
  ] as const)('$label', ({ values, kind, line }) => {
    expect(sparkline(values, kind)).toBe(line);
  });
});

const few = { isFaint: true } as object;

const report: ReportView = {
  title: 'Promises kept',
  agreement: 'inbound-saas',
  timeZone: 'America/New_York',
  period: { name: '2026-11' },
  asOf: '2026-12-02T09:30:00.000Z',
  filters: [],
  sections: [
    {
      title: 'Sales',
      notes: ['Times are open time.'],
      columns: [
        { id: 'owner', title: 'owner', kind: 'text' },
        { id: 'status', title: 'status', kind: 'status' },
        { id: 'value', title: 'kept', kind: 'share' },
      ],
      rows: [
        { owner: 'rep-1', status: 'missed', value: 0.8999 },
        { owner: 'rep-with-few', status: 'met', value: 1, ...few },
      ],
      charts: [
        {
          shape: 'line',
          kind: 'share',
          title: 'Kept, week by week',
          target: 0.9,
          points: [
            { label: 'W47', value: 0.5 },
            { label: 'W48', value: null },
          ],
        },
      ],
    },
  ],
};

test('a status has its sign, a share is rounded down, a trend says its ends and its target', () => {
  const lines = reportLines(report);
  expect(lines).toContain('  rep-1         ✗ missed   89.9 %');
  expect(lines).toContain('  Kept, week by week  ▅·  W47 50.0 % → W48 no leads, target 90.0 %');
});

test('without colour no line has a code in it', () => {
  expect(reportLines(report).join('\n')).not.toContain('\u001b');
});

test('with colour a missed promise is red, whoever has few leads is grey, and columns stay in line', () => {
  const lines = reportLines(report, { ink: terminalInk });
  expect(lines).toContain('  rep-1         \u001b[31m✗ missed\u001b[0m   89.9 %');
  expect(lines.find((line) => line.includes('rep-with-few'))).toBe(
    '  \u001b[2mrep-with-few\u001b[0m  \u001b[2m✓ met   \u001b[0m  \u001b[2m100.0 %\u001b[0m',
  );
});

describe('a table that is wider than the terminal', () => {
  const columns = [
    { id: 'metric', title: 'metric', kind: 'text' },
    { id: 'segment', title: 'segment', kind: 'text' },
    { id: 'target', title: 'target', kind: 'count' },
    { id: 'actual', title: 'actual', kind: 'count' },
  ] as const;
  const rows = [
    { metric: 'volume', segment: 'smb', target: 30, actual: 1_033 },
    { metric: 'volume', segment: 'large', target: 8, actual: 2 },
  ];
  const [section] = report.sections;
  const wide: ReportView = { ...report, sections: [{ ...section!, columns, rows, charts: [] }] };

  test('is folded, each time behind what tells its rows apart, with numbers below each other', () => {
    const lines = reportLines(wide, { ink: plainInk, width: 26 });
    expect(lines.slice(lines.indexOf('Sales') + 1)).toEqual([
      '  metric  segment  target',
      '  volume  smb          30',
      '  volume  large         8',
      '',
      '  metric  segment  actual',
      '  volume  smb       1,033',
      '  volume  large         2',
      '  Times are open time.',
    ]);
  });

  test('is as wide as it is where no terminal is', () => {
    expect(reportLines(wide)).toContain('  volume  smb          30   1,033');
  });
});

test('a heading is broken between words where it is wider than the terminal', () => {
  const lines = reportLines(report, { ink: plainInk, width: 40 });
  const heading = lines.slice(
    0,
    lines.findIndex((line) => line.startsWith('as of')),
  );
  expect(heading.length).toBeGreaterThan(1);
  expect(heading.join(' ')).toBe(reportLines(report)[0]);
});

test('instants are said as the reader says them, and notes are broken between words', () => {
  const lines = reportLines(report, { ink: plainInk, width: 16, say: (at) => `${at - Date.parse(report.asOf)} ms` });
  expect(lines).toContain('as of 0 ms');
  expect(lines.slice(-2)).toEqual(['  Times are open', '  time.']);
});
