import { cases, fc } from '../../chance/index.js';
import { touchChannels, type TouchChannel, type TouchesMilestone } from '../../../src/domain/agreement/index.js';
import type { LoggedTouch } from '../../../src/domain/lifecycle/state.js';
import { lastChanceAt } from '../../../src/domain/sla/last-chance.js';
import { touchesOnceReached } from '../../../src/domain/sla/touches.js';

const DUE_AT = 6;

const made = (channel: TouchChannel, touchedAt: number, seq: number): LoggedTouch => ({
  seq,
  touchedAt,
  loggedAt: touchedAt,
  by: 'ann',
  channel,
  outcome: 'no-answer',
  origin: 'human',
});

/** Tries every way of touching at whole instants of `[from, DUE_AT]`, on every channel. */
function fits(touches: readonly LoggedTouch[], until: TouchesMilestone, from: number, leftCount: number): boolean {
  if (touchesOnceReached(touches, until).length > 0) return true;
  if (leftCount === 0) return false;
  for (let at = from; at <= DUE_AT; at += 1) {
    for (const channel of touchChannels) {
      const more = [...touches, made(channel, at, touches.length + 1)];
      if (fits(more, until, at, leftCount - 1)) return true;
    }
  }
  return false;
}

const instants = [6, 5, 4, 3, 2, 1, 0];

const earlier = fc
  .array(fc.tuple(fc.constantFrom(...touchChannels.slice(0, 3)), fc.integer({ min: -4, max: 0 })), { maxLength: 3 })
  .map((touches) => touches.sort((a, b) => a[1] - b[1]).map(([channel, at], index) => made(channel, at, index + 1)));
const milestone = fc.record({
  touches: fc.integer({ min: 1, max: 3 }),
  channels: fc.integer({ min: 1, max: 3 }),
  spacingMs: fc.integer({ min: 0, max: 4 }),
});

/** A touch on every channel at once, so that only spacing decides. */
const everywhereAt = (at: number): readonly LoggedTouch[] =>
  touchChannels.map((channel, index) => made(channel, at, index + 1));

describe('the last instant from which the touches still missing fit', () => {
  test('is the one that trying every way finds', () => {
    fc.assert(
      fc.property(earlier, milestone, (touches, until) => {
        const found = lastChanceAt(touches, until, DUE_AT);
        if (touchesOnceReached(touches, until).length > 0) return expect(found).toBeUndefined();
        const needed = Math.max(until.touches, until.channels);
        const tried = instants.find((from) => fits(touches, until, from, needed));
        expect(found! >= 0 ? found : undefined).toBe(tried);
      }),
      cases(150),
    );
  });

  test('is found also where every channel rests after a touch', () => {
    const spacing = fc.integer({ min: 1, max: 4 });
    fc.assert(
      fc.property(
        fc.integer({ min: -2, max: 4 }),
        spacing,
        fc.integer({ min: 1, max: 2 }),
        (at, spacingMs, missing) => {
          const until = { touches: touchChannels.length + missing, channels: 1, spacingMs };
          const found = lastChanceAt(everywhereAt(at), until, DUE_AT)!;
          // Nobody touches before the touches that were made.
          const tried = instants.find((from) => from >= at && fits(everywhereAt(at), until, from, missing));
          expect(found >= Math.max(at, 0) ? found : undefined).toBe(tried);
        },
      ),
      cases(60),
    );
  });

  const nine = { touches: 9, channels: 1, spacingMs: 2 };
  test.each([
    { label: 'leaves room for a second round where nine are missing on six channels', touches: [], expected: 4 },
    { label: 'is the due instant where each channel is free once more', touches: everywhereAt(3), expected: DUE_AT },
    { label: 'is never where every channel rests beyond it', touches: everywhereAt(5), expected: -Infinity },
  ])('$label', ({ touches, expected }) => expect(lastChanceAt(touches, nine, DUE_AT)).toBe(expected));

  test('is the due instant itself without spacing', () => {
    expect(lastChanceAt([], { touches: 9, channels: 3, spacingMs: 0 }, DUE_AT)).toBe(DUE_AT);
  });

  test('is never where more channels are asked than there are', () => {
    expect(lastChanceAt([], { touches: 1, channels: 7, spacingMs: 1 }, DUE_AT)).toBe(-Infinity);
  });
});
