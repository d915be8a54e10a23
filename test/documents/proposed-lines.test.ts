import {
  changedText,
  linesForAmount,
  linesForTime,
  parseAgreement,
  type AgreementDocument,
} from '../../src/documents/index.js';
import { calendarKeys } from '../../src/bin/calendar-ports.js';
import { agreementText } from '../db/journeys.js';

const read = (text: string) => parseAgreement(text, 'a.yaml', calendarKeys, { at: 0 });
const document = read(agreementText).document!;

describe('the time of a clock', () => {
  test.each([
    {
      label: 'overrides follow it',
      clock: 'first-response',
      factor: 1.5,
      lines: {
        'clocks.first-response.within': '6h',
        'clocks.first-response.overrides.0.within': '1h30m',
        'clocks.first-response.overrides.1.within': '3h',
      },
    },
    { label: 'days stay days', clock: 'touches', factor: 0.75, lines: { 'clocks.touches.within': '11d' } },
    {
      label: 'minutes are whole ones',
      clock: 'notification',
      factor: 1.25,
      lines: { 'clocks.notification.within': '6m' },
    },
    {
      label: 'long ones are whole hours',
      clock: 'dispute-resolution',
      factor: 1.25,
      lines: { 'clocks.dispute-resolution.within': '23h' },
    },
  ])('$label', ({ clock, factor, lines }) => expect(linesForTime(document, clock, factor)).toEqual(lines));

  test('that is no other once it is rounded is no change, nor is that of a clock that there is not', () => {
    expect(linesForTime(document, 'notification', 1.01)).toBeUndefined();
    expect(linesForTime(document, 'nothing', 2)).toBeUndefined();
  });
});

describe('the amount of a target', () => {
  test.each([
    {
      label: 'a count, with its segments in proportion',
      target: 'mql-volume',
      side: 'atLeast' as const,
      value: 417,
      lines: {
        'targets.mql-volume.atLeast': 410,
        'targets.mql-volume.bySegment.enterprise': 41,
        'targets.mql-volume.bySegment.mid-market': 120,
        'targets.mql-volume.bySegment.smb': 240,
      },
    },
    {
      label: 'a share',
      target: 'enriched',
      side: 'atLeast' as const,
      value: 0.878,
      lines: { 'targets.enriched.atLeast': '87%' },
    },
    {
      label: 'a share that floating point misses by a hair',
      target: 'enriched',
      side: 'atLeast' as const,
      value: 0.29,
      lines: { 'targets.enriched.atLeast': '29%' },
    },
    {
      label: 'a time at most, upwards',
      target: 'average-first-response',
      side: 'atMost' as const,
      value: 3 * 3_600_000 + 1,
      lines: { 'targets.average-first-response.atMost': '3h15m' },
    },
    {
      label: 'money in its currency',
      target: 'marketing-sourced-pipeline',
      side: 'atLeast' as const,
      value: 61_234_500,
      lines: { 'targets.marketing-sourced-pipeline.atLeast': '610000 USD' },
    },
  ])('is said as people would: $label', ({ target, side, value, lines }) => {
    expect(linesForAmount(document, target, side, value)?.lines).toEqual(lines);
  });

  test('is told as figures write it, before and after', () => {
    expect(linesForAmount(document, 'enriched', 'atLeast', 0.878)).toMatchObject({ goalNow: 0.95, goal: 0.87 });
  });

  test('that is no other once it is rounded is no change, nor is one from the other side', () => {
    expect(linesForAmount(document, 'enriched', 'atLeast', 0.9504)).toBeUndefined();
    expect(linesForAmount(document, 'enriched', 'atMost', 0.5)).toBeUndefined();
  });
});

describe('a text with lines of it set', () => {
  const lines = { 'clocks.first-response.within': '6h', 'targets.enriched.atLeast': '87%' };

  test('says what was set, and keeps its comments', () => {
    const text = changedText(agreementText, lines);
    expect(text).toContain('# over a month; reports compare actual with target');
    const changed = read(text).document as AgreementDocument;
    expect(changed.clocks['first-response']!.within).toBe('6h');
    expect(changed).toEqual({
      ...document,
      clocks: { ...document.clocks, 'first-response': { ...document.clocks['first-response'], within: '6h' } },
      targets: { ...document.targets, enriched: { ...document.targets!['enriched'], atLeast: '87%' } },
    });
  });

  test('changes nothing else where two places share one alias', () => {
    const shared = 'one: &both { within: 4h }\nother: *both\n';
    expect(JSON.parse(changedText(shared, { 'one.within': '6h' }))).toEqual({
      one: { within: '6h' },
      other: { within: '4h' },
    });
  });

  test('cannot have lines that make no sense', () => {
    expect(() => changedText('one: { within: 4h }\n', { 'one.within.more': '6h' })).toThrow(RangeError);
  });
});
