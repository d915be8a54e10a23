// Promise: a chart shows its numbers as they are: from zero, with gaps, the target as a line, and in words as well.
import { axisFor } from '../../../src/console/charts/axis.js';
import { chartSvg } from '../../../src/console/charts/chart-svg.js';
import type { Chart } from '../../../src/domain/reports/index.js';

const kept: Chart = {
  shape: 'bars',
  kind: 'share',
  title: 'Promises kept',
  target: 0.9,
  points: [
    { label: 'first-response', value: 0.5 },
    { label: 'acceptance', value: 1 },
    { label: 'closure', value: null },
  ],
};
const weeks: Chart = {
  ...kept,
  shape: 'line',
  points: [0.8, 0.9, null, 0.7, 0.6].map((value, index) => ({ label: `W${index}`, value })),
};
const hours: Chart = {
  shape: 'heat-map',
  kind: 'count',
  title: 'By hour',
  columns: ['00', '01'],
  rows: [
    { label: 'Mon', values: [null, 10] },
    { label: 'Tue', values: [0, 5] },
  ],
};

const look = { palette: 'light', widthPx: 640 } as const;
const widths = (svg: string): readonly number[] =>
  [...svg.matchAll(/<rect x="[^"]+" y="[^"]+" width="([^"]+)" height="16"/g)].map(([, width]) => Number(width));

describe('the axis', () => {
  test.each([
    { label: 'of shares always goes from 0 to 100 %', kind: 'share', values: [0.97, 0.99], from: 0, to: 1 },
    {
      label: 'of counts begins at zero, however far away that is',
      kind: 'count',
      values: [980, 990],
      from: 0,
      to: 1_000,
    },
    { label: 'reaches beyond the largest value', kind: 'count', values: [7, 1_001], from: 0, to: 1_500 },
    { label: 'goes below zero where a value does', kind: 'count', values: [-3, 4], from: -4, to: 4 },
    { label: 'of nothing is still one', kind: 'count', values: [], from: 0, to: 1 },
    { label: 'of times goes in steps of clocks', kind: 'open-time', values: [9_900_000], from: 0, to: 10_800_000 },
  ] as const)('$label', ({ kind, values, from, to }) => {
    expect(axisFor(kind, values)).toMatchObject({ from, to });
  });

  test('has few ticks, evenly apart, however large the values are', () => {
    for (let value = 1; value < 1e12; value *= 3.7) {
      for (const kind of ['count', 'open-time', 'money', 'days'] as const) {
        const { ticks, to } = axisFor(kind, [value]);
        expect(to).toBeGreaterThanOrEqual(value);
        expect(ticks.length).toBeLessThanOrEqual(6);
        expect(ticks.every((tick, index) => tick === ticks[0]! + index * (ticks[1]! - ticks[0]!))).toBe(true);
      }
    }
  });
});

test('a bar is as long as its value, and no leads have none', () => {
  const [half, whole, ...others] = widths(chartSvg(kept, look));
  expect(half! / whole!).toBeCloseTo(0.5, 2);
  expect(others).toEqual([]);
  expect(chartSvg(kept, look)).toContain('>no leads</text>');
});

test('a line has a gap where there are no leads', () => {
  const runs = [...chartSvg(weeks, look).matchAll(/<polyline points="([^"]+)"/g)].map(([, points]) =>
    points!.split(' '),
  );
  expect(runs.map(({ length }) => length)).toEqual([2, 2]);
});

test('the target is a line with its value', () => {
  for (const chart of [kept, weeks]) expect(chartSvg(chart, look)).toContain('>target 90.0 %</text>');
});

test('a bar whose target is its own has a mark for it, and says it in words', () => {
  const { target: _whole, ...others } = kept;
  const own: Chart = { ...others, points: [{ label: 'acceptance', value: 0.5, target: 0.95 }] };
  const svg = chartSvg(own, look);
  expect(svg).toContain('<desc>acceptance: 50.0 % (target 95.0 %)</desc>');
  expect(svg).toContain('>target</text>');
});

test('numbers at a line keep apart: where there is no room for all, the last one stands', () => {
  const points = Array.from({ length: 40 }, (_, index) => ({ label: `W${index}`, value: index < 38 ? 0.5 : 1 }));
  const said = [...chartSvg({ ...weeks, points }, look).matchAll(/>(100\.0 %)<\/text>/g)];
  expect(said).toHaveLength(1);
});

/** The rows of text that a drawing sets, with the room that each has at 0.6 of its size for a letter. */
const textsIn = (svg: string) =>
  [...svg.matchAll(/<text x="([^"]+)" y="([^"]+)" font-size="([^"]+)"[^>]* text-anchor="(\w+)"[^>]*>([^<]*)</g)].map(
    ([, x, y, size, anchor, text]) => {
      const widthPx = text!.length * Number(size) * 0.6;
      const left = Number(x) - { start: 0, middle: widthPx / 2, end: widthPx }[anchor as 'start' | 'middle' | 'end'];
      return { text: text!, left, right: left + widthPx, y: Number(y) };
    },
  );

test.each([
  { label: 'above it', values: [0.8, 0.7, 0.88] },
  { label: 'below it', values: [0.97, 0.99, 0.93] },
])('no number lies on the target: values $label', ({ values }) => {
  const points = values.map((value, index) => ({ label: `W${index}`, value }));
  const svg = chartSvg({ ...weeks, points }, look);
  const targetY = Number(/y1="([^"]+)" x2="[^"]+" y2="[^"]+" stroke="#b3261e"/.exec(svg)![1]);
  const numbers = textsIn(svg).filter(({ text }) => /^\d+\.\d %$/.test(text));
  expect(numbers).toHaveLength(values.length);
  expect(numbers.filter(({ y }) => targetY > y - 10 && targetY < y + 3)).toEqual([]);
});

test('no line goes through a number: each has a ground of its own above all lines', () => {
  const points = [0.3, 0.86, 0.95].map((value, index) => ({ label: `W${index}`, value }));
  const svg = chartSvg({ ...weeks, points }, look);
  const above = svg.slice(svg.lastIndexOf('<polyline'));
  const grounds = [...above.matchAll(/<rect x="([^"]+)" y="([^"]+)" width="([^"]+)" height="13" fill="#ffffff"/g)].map(
    ([, ...sides]) => sides.map(Number),
  );
  const numbers = textsIn(above).filter(({ text }) => /^\d+\.\d %$/.test(text));
  expect(numbers).toHaveLength(points.length);
  for (const { left, y } of numbers)
    expect(grounds.some(([x, top]) => Math.abs(x! - left) < 0.2 && Math.abs(top! - (y - 10)) < 0.2)).toBe(true);
});

test('a peak has its number though the last point is near: they stand at other heights', () => {
  const points = Array.from({ length: 40 }, (_, index) => ({ label: `W${index}`, value: index === 38 ? 1 : 0.2 }));
  const said = textsIn(chartSvg({ ...weeks, points }, look)).map(({ text }) => text);
  expect(said).toEqual(expect.arrayContaining(['100.0 %', '20.0 %']));
});

test('a bar without leads shows its target all the same', () => {
  const { target: _whole, ...others } = kept;
  const empty: Chart = { ...others, points: [{ label: 'acceptance', value: null, target: 0.95 }] };
  expect(chartSvg(empty, look)).toMatch(/height="24" fill="#b3261e"/);
});

test.each([300, 340, 640])('no letter sticks out of a sheet of %i px', (widthPx) => {
  const names = ['2026-W23', '2026-W24', '2026-W25', '2026-W26', '2026-W27', '2026-W28', '2026-W29'];
  const values = names.map((_, index) => (index % 2 === 0 ? 1 : 0.05));
  const points = names.map((label, index) => ({ label, value: values[index]! }));
  const field: Chart = {
    ...hours,
    kind: 'share',
    columns: names,
    rows: [{ label: 'dispute-resolution', values: [null, 'not-reached', ...values.slice(2)] }],
  };
  for (const chart of [kept, field, { ...weeks, points }, { ...kept, points }]) {
    const svg = chartSvg(chart, { ...look, widthPx, isFlush: true });
    expect(textsIn(svg).filter(({ left, right }) => left < -1 || right > widthPx + 1)).toEqual([]);
  }
});

test('what is longer than any time known is not taken for nothing', () => {
  const waits: Chart = { ...hours, kind: 'open-time', rows: [{ label: 'Mon', values: ['not-reached', null] }] };
  const said = textsIn(chartSvg(waits, look)).map(({ text }) => text);
  expect(said).toEqual(expect.arrayContaining(['∞', '–', '0, ∞ for not reached, – for no leads']));
});

/** As WCAG counts it. */
function contrastOf(one: string, other: string): number {
  const [light, dark] = [lightnessOf(one), lightnessOf(other)].toSorted((a, b) => b - a);
  return (light! + 0.05) / (dark! + 0.05);
}

function lightnessOf(colour: string): number {
  const [red, green, blue] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

test.each(['light', 'dark'] as const)(
  'in the %s palette every number is told from its ground by 4.5 to 1',
  (palette) => {
    const steps: Chart = {
      ...hours,
      rows: [{ label: 'Mon', values: [0, 3, 5, 7, 10] }],
      columns: ['0', '1', '2', '3', '4'],
    };
    const svg = chartSvg(steps, { palette, widthPx: 640 });
    const cells = [...svg.matchAll(/<rect [^>]*fill="(#\w{6})"\/>\n<text [^>]*text-anchor="middle" fill="(#\w{6})"/g)];
    expect(cells.length).toBeGreaterThanOrEqual(5);
    const ground = /<rect width="640" height="\d+" fill="(#\w{6})"/.exec(svg)![1]!;
    const inks = [...chartSvg(weeks, { palette, widthPx: 640 }).matchAll(/<text [^>]*fill="(#\w{6})"/g)];
    const pairs = [...cells.map(([, cell, ink]) => [cell!, ink!]), ...inks.map(([, ink]) => [ground, ink!])];
    expect(pairs.filter(([one, other]) => contrastOf(one!, other!) < 4.5)).toEqual([]);
  },
);

test('a field says each number, and a dash for none', () => {
  const said = [...chartSvg(hours, look).matchAll(/>([^<>]+)<\/text>/g)].map(([, text]) => text);
  expect(said).toEqual(expect.arrayContaining(['Mon', 'Tue', '10', '0', '5', '–']));
});

test('whoever does not see a chart is told its numbers', () => {
  expect(chartSvg(kept, look)).toContain(
    '<desc>first-response: 50.0 %, acceptance: 100.0 %, closure: no leads; target 90.0 %</desc>',
  );
});

test.each(['light', 'dark'] as const)(
  'in the %s palette each colour is fixed, for those who know no variables',
  (palette) => {
    expect(chartSvg(kept, { palette, widthPx: 640 })).not.toMatch(/var\(|<style/);
  },
);

test.each([kept, weeks, hours])('a $shape chart is whole in itself at any width, and empty ones say so', (chart) => {
  for (const widthPx of [300, 640, 1_200]) {
    for (const palette of ['page', 'adaptive', 'light'] as const) {
      const svg = chartSvg(chart, { palette, widthPx });
      expect(svg).not.toMatch(/NaN|Infinity|undefined|url\(|href|<script|@import|"-\d/);
    }
  }
  const empty = chart.shape === 'heat-map' ? { ...chart, columns: [], rows: [] } : { ...chart, points: [] };
  expect(chartSvg(empty, look)).toContain('nothing to show');
});

test('what a label says is never markup', () => {
  const wicked: Chart = { ...kept, title: '<script>', points: [{ label: '"><b>', value: 1 }] };
  expect(chartSvg(wicked, look)).not.toMatch(/<script|<b>/);
});
