// Promise: a cell reads the same in every format, and nothing seems reached that is not.
import { cellText, figureStatuses, statusWords, type Cell, type CellKind } from '../../../src/domain/reports/index.js';

test.each<{ label: string; cell: Cell; kind: CellKind; text: string }>([
  { label: 'a share just below its goal is not rounded up to it', cell: 0.89999, kind: 'share', text: '89.9 %' },
  { label: 'a share that is exact stays so', cell: 0.29, kind: 'share', text: '29.0 %' },
  { label: 'all is 100 %', cell: 1, kind: 'share', text: '100.0 %' },
  { label: 'one short of all is not', cell: 99_999 / 100_000, kind: 'share', text: '99.9 %' },
  { label: 'no leads are neither 0 % nor 100 %', cell: 'no-leads', kind: 'share', text: 'no leads' },
  { label: 'nothing to tell is a dash', cell: null, kind: 'share', text: '–' },
  { label: 'counts have their thousands apart', cell: 1_234_567, kind: 'count', text: '1,234,567' },
  { label: 'a part of a count is told to a tenth', cell: 483.87, kind: 'count', text: '483.8' },
  { label: 'less than a minute is in seconds', cell: 59_999, kind: 'open-time', text: '59 s' },
  { label: 'a minute', cell: 60_000, kind: 'open-time', text: '1 min' },
  { label: 'just below an hour', cell: 3_599_999, kind: 'open-time', text: '59 min' },
  { label: 'an hour', cell: 3_600_000, kind: 'open-time', text: '1 h' },
  { label: 'open time has no days', cell: 90 * 3_600_000 + 60_000, kind: 'open-time', text: '90 h 1 min' },
  { label: 'elapsed time has days from the third on', cell: 50 * 3_600_000, kind: 'elapsed', text: '2 d 2 h' },
  { label: 'days are told to a tenth', cell: 12.37, kind: 'days', text: '12.3 d' },
  {
    label: 'money without hundredths',
    cell: { minor: 75_000_000, currency: 'USD' },
    kind: 'money',
    text: '750,000 USD',
  },
  { label: 'money with hundredths', cell: { minor: 1_205, currency: 'EUR' }, kind: 'money', text: '12.05 EUR' },
  { label: 'a little less than nothing', cell: { minor: -5, currency: 'EUR' }, kind: 'money', text: '-0.05 EUR' },
  { label: 'a text that looks like a status stays', cell: 'met', kind: 'text', text: 'met' },
  { label: 'a status is words', cell: 'on-track', kind: 'status', text: 'on track' },
])('$label', ({ cell, kind, text }) => expect(cellText(cell, kind)).toBe(text));

test('an instant is said as its reader says it', () => {
  expect(cellText(0, 'instant', (at) => `noon of ${at}`)).toBe('noon of 0');
  expect(cellText(0, 'instant')).toBe('1970-01-01T00:00:00.000Z');
});

test('no two statuses that judge have the same sign', () => {
  const judging = figureStatuses.filter((status) => !status.startsWith('no-'));
  expect(new Set(judging.map((status) => statusWords[status].sign)).size).toBe(judging.length);
});
