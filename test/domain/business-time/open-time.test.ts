import { cases, fc } from '../../chance/index.js';
import {
  CLOSED_MS_MAX,
  FIRST_INSTANT,
  LAST_INSTANT,
  addOpenTime,
  coversTime,
  isOpen,
  nextOpening,
  openIntervals,
  openTimeBetween,
  provesNoOpenTime,
  type CalendarWindows,
  type Pause,
} from '../../../src/domain/business-time/index.js';

/** Known from 0 to 1000; open [100, 200), [300, 400) and [900, 1000). */
const windows: CalendarWindows = { key: 'k', from: 0, until: 1_000, flat: [100, 200, 300, 400, 900, 1_000] };
const always: CalendarWindows = {
  key: 'k',
  from: FIRST_INSTANT,
  until: LAST_INSTANT,
  flat: [FIRST_INSTANT, LAST_INSTANT],
  unbroken: true,
};

describe('addOpenTime', () => {
  test.each<{ label: string; start: number; ms: number; pauses?: Pause[]; endsAt: number | undefined }>([
    { label: 'counts from the start while open', start: 110, ms: 40, endsAt: 150 },
    { label: 'counts from the opening before it', start: 0, ms: 40, endsAt: 140 },
    { label: 'counts from the next opening at closing time', start: 200, ms: 1, endsAt: 301 },
    { label: 'ends one before closing', start: 100, ms: 99, endsAt: 199 },
    { label: 'ends exactly at closing, not at the next opening', start: 100, ms: 100, endsAt: 200 },
    { label: 'ends one after the next opening', start: 100, ms: 101, endsAt: 301 },
    { label: 'passes over several windows', start: 150, ms: 151, endsAt: 901 },
    { label: 'gives the start for nothing, while open', start: 150, ms: 0, endsAt: 150 },
    { label: 'gives the next opening for nothing, at closing time', start: 200, ms: 0, endsAt: 300 },
    { label: 'ends where the windows end', start: 0, ms: 300, endsAt: 1_000 },
    { label: 'does not know what lies behind the windows', start: 0, ms: 301, endsAt: undefined },
    { label: 'does not know from the end of the windows on', start: 1_000, ms: 0, endsAt: undefined },
    { label: 'leaves out a pause', start: 110, ms: 40, pauses: [[120, 130]], endsAt: 160 },
    { label: 'does not mind a pause while closed', start: 150, ms: 100, pauses: [[210, 290]], endsAt: 350 },
    { label: 'leaves out only the open part of a pause', start: 150, ms: 100, pauses: [[190, 310]], endsAt: 370 },
    { label: 'ends where a pause begins', start: 100, ms: 50, pauses: [[150, 160]], endsAt: 150 },
    { label: 'gives the end of a pause for nothing', start: 150, ms: 0, pauses: [[140, 160]], endsAt: 160 },
    {
      label: 'gives the opening after a pause that lasts till closing',
      start: 150,
      ms: 0,
      pauses: [[140, 200]],
      endsAt: 300,
    },
    {
      label: 'counts overlapping pauses once, in any order',
      start: 100,
      ms: 50,
      pauses: [
        [125, 140],
        [110, 130],
      ],
      endsAt: 180,
    },
    {
      label: 'counts a pause within a pause once',
      start: 100,
      ms: 50,
      pauses: [
        [110, 140],
        [120, 130],
      ],
      endsAt: 180,
    },
    { label: 'ignores a pause that ends before it begins', start: 100, ms: 50, pauses: [[130, 120]], endsAt: 150 },
    { label: 'ignores an empty pause', start: 100, ms: 50, pauses: [[120, 120]], endsAt: 150 },
  ])('$label', ({ start, ms, pauses, endsAt }) => expect(addOpenTime(windows, start, ms, pauses)).toBe(endsAt));

  test('is plain addition on an unbroken calendar', () => {
    expect(addOpenTime(always, 1_795_000_000_123, 86_400_000)).toBe(1_795_086_400_123);
  });

  test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])('throws for %p ms', (ms) => {
    expect(() => addOpenTime(windows, 0, ms)).toThrow(RangeError);
  });

  test('throws where the windows do not yet know the start', () => {
    expect(() => addOpenTime(windows, -1, 10)).toThrow(/its windows cover \[0, 1000\)/);
  });
});

describe('openTimeBetween', () => {
  test.each<{ label: string; from: number; until: number; pauses?: Pause[]; openMs: number }>([
    { label: 'is 0 if the end is the start', from: 150, until: 150, openMs: 0 },
    { label: 'is 0 if the end is before the start', from: 350, until: 150, openMs: 0 },
    { label: 'does not count the end', from: 199, until: 200, openMs: 1 },
    { label: 'is 0 from closing to opening', from: 200, until: 300, openMs: 0 },
    { label: 'counts the opening', from: 200, until: 301, openMs: 1 },
    { label: 'sums all windows', from: 0, until: 1_000, openMs: 300 },
    {
      label: 'leaves out pauses',
      from: 0,
      until: 1_000,
      pauses: [
        [150, 350],
        [120, 160],
      ],
      openMs: 170,
    },
    { label: 'is 0 within a pause', from: 110, until: 120, pauses: [[100, 130]], openMs: 0 },
  ])('$label', ({ from, until, pauses, openMs }) => expect(openTimeBetween(windows, from, until, pauses)).toBe(openMs));

  test.each([
    { from: -1, until: 10 },
    { from: 10, until: 1_001 },
  ])('throws where the windows do not cover [$from, $until)', ({ from, until }) => {
    expect(() => openTimeBetween(windows, from, until)).toThrow(/compile windows for the time that is asked for/);
  });
});

describe('isOpen and nextOpening', () => {
  test.each([
    { at: 99, open: false, opensAt: 100 },
    { at: 100, open: true, opensAt: 100 },
    { at: 199, open: true, opensAt: 199 },
    { at: 200, open: false, opensAt: 300 },
    { at: 400, open: false, opensAt: 900 },
  ])('at $at: open is $open, next open instant is $opensAt', ({ at, open, opensAt }) => {
    expect(isOpen(windows, at)).toBe(open);
    expect(nextOpening(windows, at)).toBe(opensAt);
  });

  test('what lies behind the windows is unknown, not closed', () => {
    expect(() => isOpen(windows, 1_000)).toThrow(RangeError);
    expect(nextOpening({ ...windows, flat: [100, 200] }, 200)).toBeUndefined();
  });
});

describe('coversTime', () => {
  test.each([
    { from: 0, until: 1_000, covered: true },
    { from: -1, until: 1_000, covered: false },
    { from: 0, until: 1_001, covered: false },
  ])('of [$from, $until) is $covered', ({ from, until, covered }) => {
    expect(coversTime(windows, from, until)).toBe(covered);
  });
});

describe('provesNoOpenTime', () => {
  test.each([
    { label: 'two closed years after the start', flat: [], until: CLOSED_MS_MAX, proven: true },
    { label: 'one millisecond less', flat: [], until: CLOSED_MS_MAX - 1, proven: false },
    { label: 'two closed years after the last closing', flat: [10, 20], until: CLOSED_MS_MAX + 20, proven: true },
    { label: 'less than that after the last closing', flat: [10, 20], until: CLOSED_MS_MAX + 19, proven: false },
  ])('of $label is $proven', ({ flat, until, proven }) => {
    expect(provesNoOpenTime({ key: 'k', from: 0, until, flat }, 0)).toBe(proven);
  });

  test('is never so on an unbroken calendar', () => expect(provesNoOpenTime(always, 0)).toBe(false));
});

describe('for any windows and pauses', () => {
  const HORIZON = 500;
  const instant = fc.integer({ min: 0, max: HORIZON });
  const anyWindows = fc.uniqueArray(instant, { maxLength: 24 }).map((bounds): CalendarWindows => {
    const flat = bounds.sort((a, b) => a - b);
    return { key: 'k', from: 0, until: HORIZON, flat: flat.slice(0, flat.length - (flat.length % 2)) };
  });
  const anyPauses = fc.array(fc.tuple(instant, instant), { maxLength: 5 });

  /** The rule of spec T3 and T4 read aloud: millisecond by millisecond. */
  const countsAt = ({ flat }: CalendarWindows, pauses: readonly Pause[], at: number): boolean =>
    flat.some((openAt, index) => index % 2 === 0 && openAt <= at && at < flat[index + 1]!) &&
    !pauses.some(([pausedAt, resumedAt]) => pausedAt <= at && at < resumedAt);
  const countedIn = (from: number, until: number, counts: (at: number) => boolean): number =>
    Array.from({ length: Math.max(0, until - from) }, (_, step) => from + step).filter(counts).length;

  test('the open time between two instants is what counting milliseconds gives', () => {
    fc.assert(
      fc.property(anyWindows, anyPauses, instant, instant, (some, pauses, from, until) => {
        const counted = countedIn(from, until, (at) => countsAt(some, pauses, at));
        expect(openTimeBetween(some, from, until, pauses)).toBe(counted);
      }),
      cases(100),
    );
  });

  test('a sum ends at the first instant by which that much open time has passed', () => {
    fc.assert(
      fc.property(anyWindows, anyPauses, instant, fc.integer({ min: 1, max: 300 }), (some, pauses, start, ms) => {
        const endsAt = addOpenTime(some, start, ms, pauses);
        if (endsAt === undefined) return expect(openTimeBetween(some, start, HORIZON, pauses)).toBeLessThan(ms);
        expect(openTimeBetween(some, start, endsAt, pauses)).toBe(ms);
        expect(openTimeBetween(some, start, endsAt - 1, pauses)).toBe(ms - 1);
      }),
      cases(100),
    );
  });

  test('a sum of nothing ends at the first instant that counts', () => {
    fc.assert(
      fc.property(anyWindows, anyPauses, instant, (some, pauses, start) => {
        const expected = Array.from({ length: HORIZON - start }, (_, step) => start + step).find((at) =>
          countsAt(some, pauses, at),
        );
        expect(addOpenTime(some, start, 0, pauses)).toBe(expected);
      }),
      cases(100),
    );
  });

  test('the intervals listed are disjoint, not empty, all open, and sum to the open time', () => {
    fc.assert(
      fc.property(anyWindows, anyPauses, instant, instant, (some, pauses, from, until) => {
        const intervals = openIntervals(some, from, until, pauses);
        let reachedAt = from;
        for (const [openAt, closeAt] of intervals) {
          expect(openAt).toBeGreaterThanOrEqual(reachedAt);
          expect(countedIn(openAt, closeAt, (at) => countsAt(some, pauses, at))).toBe(closeAt - openAt);
          expect(closeAt).toBeGreaterThan(openAt);
          reachedAt = closeAt;
        }
        const totalMs = intervals.reduce((sum, [openAt, closeAt]) => sum + closeAt - openAt, 0);
        expect(totalMs).toBe(openTimeBetween(some, from, until, pauses));
      }),
      cases(100),
    );
  });
});
