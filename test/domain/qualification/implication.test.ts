/** What conditions say about each other, checked against every lead of a small world. */
import { allImplied, areContrary } from '../../../src/domain/qualification/index.js';
import { allHold, type Subject } from '../../../src/domain/qualification/condition.js';
import type { Condition, FieldValue } from '../../../src/domain/agreement/index.js';

const at = Date.parse('2026-11-23T15:00:00Z');
const DAY_MS = 86_400_000;

const conditions: readonly Condition[] = [
  { field: 'size', gte: 5 },
  { field: 'size', gte: 10 },
  { field: 'size', in: [5, 7] },
  { field: 'size', in: [10, 12] },
  { field: 'size', in: [7, 10], gte: 8 },
  { field: 'size', exists: true },
  { field: 'size', exists: false },
  { field: 'land', in: ['US'] },
  { field: 'land', in: ['US', 'CA'] },
  { segment: 'large' },
  { segment: 'small' },
  { priority: 'high' },
  { priority: 'normal' },
  { action: 'visit' },
  { action: 'visit', count: 2 },
  { action: 'visit', count: 2, withinMs: DAY_MS },
  { action: 'visit', withinMs: DAY_MS },
  { signal: 'intent', gte: 50 },
  { signal: 'intent', gte: 80 },
  { signal: 'intent', exists: false },
];

const values: readonly FieldValue[] = [null, '', 4, 5, 7, 8, 10, 12];
const visits = [[], [at], [at - 2 * DAY_MS], [at, at], [at, at - 2 * DAY_MS]];
const intents = [undefined, 40, 60, 90];

/** Every lead that this world can have. */
const subjects: readonly Subject[] = values.flatMap((size) =>
  ['US', 'CA', 'FR'].flatMap((land) =>
    visits.flatMap((days) =>
      intents.flatMap((value) =>
        (['large', 'small'] as const).flatMap((segment) =>
          (['high', 'normal'] as const).map((priority) => ({
            at,
            fields: { size, land },
            segment,
            priority,
            signals: [
              ...days.map((day) => ({ action: 'visit', at: day })),
              ...(value === undefined ? [] : [{ signal: 'intent', value, at }]),
            ],
          })),
        ),
      ),
    ),
  ),
);

const pairs = conditions.flatMap((one) => conditions.map((other) => ({ one, other })));
const said = ({ one, other }: (typeof pairs)[number]): string => `${JSON.stringify(one)} ${JSON.stringify(other)}`;

test('what follows from a condition holds for every lead for which that holds', () => {
  const wrong = pairs
    .filter(({ one, other }) => allImplied([one], [other]))
    .filter(({ one, other }) => subjects.some((lead) => allHold([one], lead) && !allHold([other], lead)));
  expect(wrong.map(said)).toEqual([]);
});

test('contrary conditions hold together for no lead', () => {
  const wrong = pairs
    .filter(({ one, other }) => areContrary(one, other))
    .filter(({ one, other }) => subjects.some((lead) => allHold([one, other], lead)));
  expect(wrong.map(said)).toEqual([]);
});

test.each<{ label: string; from: readonly Condition[]; follows: readonly Condition[] }>([
  { label: 'a smaller choice', from: [{ field: 'land', in: ['US'] }], follows: [{ field: 'land', in: ['US', 'CA'] }] },
  { label: 'a higher bound', from: [{ field: 'size', gte: 10 }], follows: [{ field: 'size', gte: 5 }] },
  { label: 'a choice above a bound', from: [{ field: 'size', in: [10, 12] }], follows: [{ field: 'size', gte: 10 }] },
  { label: 'more often, sooner', from: [{ action: 'visit', count: 2, withinMs: 1 }], follows: [{ action: 'visit' }] },
  { label: 'anything, for nothing asked', from: [], follows: [] },
])('$label implies what it narrows', ({ from, follows }) => expect(allImplied(from, follows)).toBe(true));
