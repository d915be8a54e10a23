import { formatInstant, parseInstant } from '../../src/documents/index.js';

describe('an instant is ISO 8601 with Z or an offset, to the millisecond', () => {
  test.each([
    ['2026-11-16T15:00:00Z', '2026-11-16T15:00:00Z'],
    ['2026-11-16T15:00:00.250Z', '2026-11-16T15:00:00.250Z'],
    ['2026-11-16T15:00Z', '2026-11-16T15:00:00Z'],
    ['2026-11-16T10:00:00-05:00', '2026-11-16T15:00:00Z'],
    ['2028-02-29T23:59:59+14:00', '2028-02-29T09:59:59Z'],
  ])('%s is %s', (text, canonical) => {
    expect(formatInstant(parseInstant(text)!)).toBe(canonical);
  });

  test.each([
    '2026-11-16T15:00:00',
    '2026-11-16',
    '2026-02-29T00:00:00Z',
    '2026-11-31T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-11-16T24:00:00Z',
    '2026-11-16T15:60:00Z',
    '2026-11-16 15:00:00Z',
    '2026-11-16T15:00:00.1234Z',
    '2026-11-16T15:00:00+25:00',
    '',
  ])('"%s" is none', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });
});
