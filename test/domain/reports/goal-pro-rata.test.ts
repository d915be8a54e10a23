import { goalProRata } from '../../../src/domain/reports/goal-pro-rata.js';

test.each([
  { label: 'no goal at all is none', spans: [{ goal: null, openDayCount: 5 }], goal: null },
  { label: 'one goal is that goal', spans: [{ goal: { atLeast: 0.9 }, openDayCount: 5 }], goal: { atLeast: 0.9 } },
  {
    label: 'a goal that stayed the same is exactly that goal',
    spans: [
      { goal: { atLeast: 0.9 }, openDayCount: 7 },
      { goal: { atLeast: 0.9 }, openDayCount: 3 },
    ],
    goal: { atLeast: 0.9 },
  },
  {
    label: 'each goal counts for its open days',
    spans: [
      { goal: { atLeast: 0.5 }, openDayCount: 15 },
      { goal: { atLeast: 1 }, openDayCount: 5 },
    ],
    goal: { atLeast: 0.625 },
  },
  {
    label: 'days without a goal count for nothing',
    spans: [
      { goal: null, openDayCount: 15 },
      { goal: { atMost: 100 }, openDayCount: 5 },
    ],
    goal: { atMost: 100 },
  },
  {
    label: 'without open days the last goal counts',
    spans: [
      { goal: { atLeast: 0.5 }, openDayCount: 0 },
      { goal: { atLeast: 0.7 }, openDayCount: 0 },
    ],
    goal: { atLeast: 0.7 },
  },
  {
    label: 'a floor that became a ceiling counts as the ceiling',
    spans: [
      { goal: { atLeast: 0.5 }, openDayCount: 5 },
      { goal: { atMost: 0.7 }, openDayCount: 5 },
    ],
    goal: { atMost: 0.7 },
  },
])('$label', ({ spans, goal }) => expect(goalProRata(spans)).toEqual(goal));
