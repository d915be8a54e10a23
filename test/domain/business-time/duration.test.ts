import { cases, fc } from '../../chance/index.js';
import { formatDuration, parseDuration, usesDays } from '../../../src/domain/business-time/index.js';

const HOUR_MS = 3_600_000;

describe('parseDuration', () => {
  test.each([
    { text: '250ms', ms: 250 },
    { text: '90s', ms: 90_000 },
    { text: '5m', ms: 300_000 },
    { text: '4h', ms: 4 * HOUR_MS },
    { text: '1h10m', ms: 4_200_000 },
    { text: '10m1h', ms: 4_200_000 },
    { text: '1m1ms', ms: 60_001 },
    { text: '14d', ms: 14 * 24 * HOUR_MS },
    { text: '2w', ms: 14 * 24 * HOUR_MS },
    { text: '1w1d1h1m1s1ms', ms: 694_861_001 },
    { text: '0h', ms: 0 },
  ])('reads $text', ({ text, ms }) => expect(parseDuration(text)).toBe(ms));

  test.each(['', '4', 'h', '4 h', ' 4h', '4h ', '-4h', '1.5h', '4H', '4hours', '1h1h', '5y', '1h+5m', '٤h', '4h\n'])(
    'refuses %j',
    (text) => expect(parseDuration(text)).toBeUndefined(),
  );

  test('refuses what cannot be counted exactly in milliseconds', () => {
    expect(parseDuration('9007199254740991ms')).toBe(Number.MAX_SAFE_INTEGER);
    expect(parseDuration('9007199254740992ms')).toBeUndefined();
    expect(parseDuration('99999999999999w')).toBeUndefined();
  });
});

describe('usesDays', () => {
  test.each([
    { text: '2d', answer: true },
    { text: '1w', answer: true },
    { text: '1d4h', answer: true },
    { text: '48h', answer: false },
    { text: '250ms', answer: false },
    { text: 'two days', answer: false },
  ])('of $text is $answer', ({ text, answer }) => expect(usesDays(text)).toBe(answer));
});

describe('formatDuration', () => {
  test.each([
    { ms: 0, text: '0m' },
    { ms: 15_000_000, text: '4h10m' },
    { ms: 48 * HOUR_MS, text: '48h' },
    { ms: 1_500, text: '1s500ms' },
    { ms: HOUR_MS + 1, text: '1h1ms' },
    { ms: -90_000, text: '-1m30s' },
  ])('writes $text', ({ ms, text }) => expect(formatDuration(ms)).toBe(text));

  test('writes what parseDuration reads back, without days', () => {
    fc.assert(
      fc.property(fc.nat({ max: Number.MAX_SAFE_INTEGER }), (ms) => {
        expect(parseDuration(formatDuration(ms))).toBe(ms);
        expect(usesDays(formatDuration(ms))).toBe(false);
      }),
      cases(100),
    );
  });
});
