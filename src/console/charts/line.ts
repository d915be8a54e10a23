import { markup, type Markup } from '../../domain/notices/index.js';
import type { Chart } from '../../domain/reports/index.js';
import { axisFor, placeOn, tickText, valueText, type Axis } from './axis.js';
import { NUMBER_PX, numbersOf, type DrawnLine } from './line-numbers.js';
import { textWidth } from './look.js';
import type { Drawn, Sheet } from './sheet.js';

const PLOT_PX = 180;
/** Room for the number above the highest point, and above it for the target's value. */
const HEAD_PX = 22;
const TARGET_PX = 16;
const AXIS_PX = 26;

type Line = Extract<Chart, { shape: 'bars' | 'line' }>;

interface Plan {
  readonly chart: Line;
  readonly axis: Axis;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Values from left to right over an axis from zero; where there are no leads, the line has a gap. */
export function drawLine(sheet: Sheet, chart: Line, top: number): Drawn {
  const headPx = HEAD_PX + (chart.target === undefined ? 0 : TARGET_PX);
  const plan = planOf(sheet, chart, top + headPx);
  const body = markup`${grid(sheet, plan)}${labels(sheet, plan)}${target(sheet, plan)}${runsOf(plan).map((run) => sheet.path(run, 'mark'))}${marks(sheet, plan)}`;
  return { body, heightPx: headPx + PLOT_PX + AXIS_PX };
}

function planOf({ look: { widthPx } }: Sheet, chart: Line, top: number): Plan {
  const values = chart.points.flatMap(({ value }) => (value === null ? [] : [value]));
  const axis = axisFor(chart.kind, chart.target === undefined ? values : [...values, chart.target]);
  const tickPx = Math.max(...axis.ticks.map((tick) => textWidth(tickText(tick, chart.kind), 11)));
  return { chart, axis, left: tickPx + 10, right: widthPx - 28, top, bottom: top + PLOT_PX };
}

const placeY = ({ axis, top, bottom }: Plan, value: number): number => bottom - (bottom - top) * placeOn(axis, value);

/** Half a step from each edge, so that first and last label have room. */
const placeX = ({ chart, left, right }: Plan, index: number): number =>
  left + ((right - left) * (index + 0.5)) / chart.points.length;

const grid = (sheet: Sheet, plan: Plan): readonly Markup[] =>
  plan.axis.ticks.map((tick) => {
    const y = placeY(plan, tick);
    const said = sheet.text(plan.left - 8, y + 4, tickText(tick, plan.chart.kind), {
      anchor: 'end',
      role: 'quiet',
      sizePx: 11,
    });
    return markup`${sheet.line(plan.left, y, plan.right, y, 'grid')}${said}`;
  });

/** As many as fit; the last one always, for it is what the reader came for. */
function labels(sheet: Sheet, plan: Plan): readonly (Markup | null)[] {
  const { points } = plan.chart;
  const widest = Math.max(...points.map(({ label }) => textWidth(label, 11))) + 10;
  const every = Math.max(1, Math.ceil((widest * points.length) / (plan.right - plan.left)));
  return points.map(({ label }, index) =>
    (points.length - 1 - index) % every === 0
      ? sheet.text(placeX(plan, index), plan.bottom + 18, label, { anchor: 'middle', role: 'quiet', sizePx: 11 })
      : null,
  );
}

type Place = readonly [x: number, y: number];

/** The line in pieces, one between each two gaps. */
function runsOf(plan: Plan): readonly (readonly Place[])[] {
  const runs: Place[][] = [[]];
  plan.chart.points.forEach(({ value }, index) => {
    if (value === null) runs.push([]);
    else runs.at(-1)!.push([placeX(plan, index), placeY(plan, value)]);
  });
  return runs.filter((run) => run.length > 1);
}

/** A dot for each point, a dash for no leads, and above all lines the numbers, each on a ground of its own. */
function marks(sheet: Sheet, plan: Plan): readonly Markup[] {
  const line = drawnLine(sheet, plan);
  const numbers = numbersOf(line);
  return [
    ...numbers.map(({ box: { left, top, right, bottom } }) =>
      sheet.box(left, top, right - left, bottom - top, 'sheet'),
    ),
    ...line.marks.map((mark, index) =>
      mark === null
        ? sheet.text(placeX(plan, index), plan.bottom - 5, '–', { anchor: 'middle', role: 'quiet' })
        : sheet.dot(mark.x, mark.y, 'mark'),
    ),
    ...numbers.map(({ x, y, text }) => sheet.text(x, y, text, { anchor: 'middle', sizePx: NUMBER_PX })),
  ];
}

const drawnLine = ({ look: { widthPx } }: Sheet, plan: Plan): DrawnLine => ({
  marks: plan.chart.points.map(({ value }, index) =>
    value === null
      ? null
      : { x: placeX(plan, index), y: placeY(plan, value), value, text: valueText(value, plan.chart.kind) },
  ),
  ...(plan.chart.target !== undefined && { targetY: placeY(plan, plan.chart.target) }),
  left: plan.left,
  right: plan.right,
  bottom: plan.bottom,
  widthPx,
});

/** A dashed line with its value, in the head above the plot so that it meets no number. */
function target(sheet: Sheet, plan: Plan): Markup | null {
  const { chart, left, right, top } = plan;
  if (chart.target === undefined) return null;
  const y = placeY(plan, chart.target);
  const said = `target ${valueText(chart.target, chart.kind)}`;
  const key = right - textWidth(said, 11) - 8;
  return markup`${sheet.line(left, y, right, y, 'target', { isDashed: true, widthPx: 2 })}${sheet.line(key - 26, top - 28, key, top - 28, 'target', { isDashed: true, widthPx: 2 })}${sheet.text(right, top - 24, said, { anchor: 'end', role: 'target', sizePx: 11 })}`;
}
