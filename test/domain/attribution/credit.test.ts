import { creditOf, reasonOf, type AccountTouch, type TouchSide } from '../../../src/domain/attribution/index.js';
import type { Instant } from '../../../src/domain/business-time/index.js';

const DAY_MS = 86_400_000;
const openedAt: Instant = Date.parse('2026-11-02T15:00:00Z');
const closedAt: Instant = openedAt + 20 * DAY_MS;
const asOf: Instant = openedAt + 40 * DAY_MS;
const windowMs = 180 * DAY_MS;
const windowFrom: Instant = openedAt - windowMs;

const touch = (side: TouchSide, at: Instant, contact = 'ada'): AccountTouch => ({
  side,
  at,
  contact,
  name: side === 'marketing' ? 'webinar' : 'phone',
});
const credited = (...touches: readonly AccountTouch[]) => creditOf({ openedAt, closedAt }, touches, { windowMs, asOf });

describe('the credit for an opportunity', () => {
  test.each([
    { label: 'no touch at all: sales', touches: [], credit: 'sales-sourced' },
    { label: 'sales alone: sales', touches: [touch('sales', openedAt - 1)], credit: 'sales-sourced' },
    { label: 'marketing alone: marketing', touches: [touch('marketing', openedAt - 1)], credit: 'marketing-sourced' },
    {
      label: 'marketing 1 ms before sales: marketing',
      touches: [touch('sales', openedAt - 5), touch('marketing', openedAt - 6)],
      credit: 'marketing-sourced',
    },
    {
      label: 'both at the same instant: marketing',
      touches: [touch('sales', openedAt - 5), touch('marketing', openedAt - 5)],
      credit: 'marketing-sourced',
    },
    {
      label: 'marketing 1 ms after sales: sales first',
      touches: [touch('sales', openedAt - 5), touch('marketing', openedAt - 4)],
      credit: 'sales-first',
    },
    {
      label: 'marketing at the window’s first instant: marketing',
      touches: [touch('marketing', windowFrom), touch('sales', windowFrom + 1)],
      credit: 'marketing-sourced',
    },
    {
      label: 'marketing 1 ms before the window: it does not count',
      touches: [touch('marketing', windowFrom - 1), touch('sales', windowFrom)],
      credit: 'sales-sourced',
    },
    {
      label: 'marketing 1 ms before opening, sales long before: sales first',
      touches: [touch('marketing', openedAt - 1), touch('sales', openedAt - DAY_MS)],
      credit: 'sales-first',
    },
    {
      label: 'marketing at the opening: too late to be a source',
      touches: [touch('marketing', openedAt)],
      credit: 'sales-sourced',
    },
  ])('$label', ({ touches, credit }) => expect(credited(...touches).credit).toBe(credit));
});

describe('marketing’s influence', () => {
  test.each([
    { label: '1 ms before the window: none', at: windowFrom - 1, isInfluenced: false },
    { label: 'at the window’s first instant', at: windowFrom, isInfluenced: true },
    { label: 'between opening and closing', at: openedAt + DAY_MS, isInfluenced: true },
    { label: '1 ms before closing', at: closedAt - 1, isInfluenced: true },
    { label: 'at the closing: too late', at: closedAt, isInfluenced: false },
  ])('$label', ({ at, isInfluenced }) =>
    expect(credited(touch('marketing', at)).influence !== null).toBe(isInfluenced),
  );

  test('of an open opportunity goes on until the instant as of which is asked', () => {
    const open = (at: Instant) =>
      creditOf({ openedAt, closedAt: null }, [touch('marketing', at)], { windowMs, asOf }).influence;
    expect(open(asOf - 1)).not.toBeNull();
    expect(open(asOf)).toBeNull();
  });
});

describe('the reason', () => {
  test('names the touch that decided, when, and whose it was', () => {
    expect(reasonOf(credited(touch('marketing', openedAt - DAY_MS, 'bob')))).toBe(
      'marketing first: webinar of bob at 2026-11-01T15:00:00.000Z; no touch of sales before opening',
    );
  });

  test('says that a tie goes to marketing', () => {
    expect(reasonOf(credited(touch('marketing', openedAt - 5), touch('sales', openedAt - 5, 'bob')))).toContain(
      'sales at the same instant (phone of bob): a tie goes to marketing',
    );
  });

  test('says of sales alone what marketing did after the opening', () => {
    expect(reasonOf(credited(touch('marketing', openedAt), touch('sales', openedAt - 1)))).toContain(
      'marketing only after opening: webinar of ada',
    );
  });

  test('is the same whatever the order in which touches are given', () => {
    const touches = [
      touch('marketing', openedAt - 9, 'b'),
      touch('marketing', openedAt - 9, 'a'),
      touch('sales', openedAt - 9),
    ];
    expect(credited(...touches.toReversed())).toEqual(credited(...touches));
    expect(credited(...touches).firstMarketing?.contact).toBe('a');
  });
});
