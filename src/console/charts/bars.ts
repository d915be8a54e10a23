import { markup, type Markup } from '../../domain/notices/index.js';
import type { Chart, Point } from '../../domain/reports/index.js';
import { axisFor, placeOn, tickText, valueText, type Axis } from './axis.js';
import { shortened, textWidth } from './look.js';
import { LETTER_PX, type Drawn, type Sheet } from './sheet.js';

const ROW_PX = 26;
const BAR_PX = 16;
const GAP_PX = 8;
const AXIS_PX = 24;
const TARGET_PX = 18;

type Bars = Extract<Chart, { shape: 'bars' | 'line' }>;

interface Plan {
  readonly chart: Bars;
  readonly axis: Axis;
  /** Where the axis begins and ends. */
  readonly left: number;
  readonly right: number;
  readonly labelPx: number;
  readonly firstRow: number;
  readonly lastRow: number;
}

/** One bar below the other, each from zero, with its label before and its value behind it. */
export function drawBars(sheet: Sheet, chart: Bars, top: number): Drawn {
  const plan = planOf(sheet, chart, top);
  const body = markup`${grid(sheet, plan)}${chart.points.map((point, index) => row(sheet, plan, point, index))}${target(sheet, plan) ?? legend(sheet, plan)}`;
  return { body, heightPx: plan.lastRow + AXIS_PX - top };
}

function planOf({ look: { widthPx } }: Sheet, chart: Bars, top: number): Plan {
  const values = chart.points.flatMap(({ value }) => (value === null ? [] : [value]));
  const targets = [chart, ...chart.points].flatMap(({ target: one }) => (one === undefined ? [] : [one]));
  const axis = axisFor(chart.kind, [...values, ...targets]);
  const longest = Math.max(...chart.points.map(({ label }) => textWidth(label, LETTER_PX)), 40);
  const labelPx = Math.min(longest, widthPx * 0.4);
  const valuePx = Math.max(...values.map((value) => textWidth(valueText(value, chart.kind), LETTER_PX)), 56);
  const firstRow = top + (targets.length === 0 ? 6 : TARGET_PX);
  const [left, right] = [labelPx + GAP_PX, widthPx - valuePx - GAP_PX];
  return { chart, axis, left, right, labelPx, firstRow, lastRow: firstRow + chart.points.length * ROW_PX };
}

const placeX = ({ axis, left, right }: Plan, value: number): number => left + (right - left) * placeOn(axis, value);

const grid = (sheet: Sheet, plan: Plan): readonly Markup[] =>
  shownTicks(plan).map((tick) => {
    const x = placeX(plan, tick);
    const line = sheet.line(x, plan.firstRow, x, plan.lastRow + 2, 'grid');
    return markup`${line}${sheet.text(x, plan.lastRow + 17, tickText(tick, plan.chart.kind), { anchor: 'middle', role: 'quiet', sizePx: 11 })}`;
  });

/** Every second one, or fewer, where they would run into each other. */
function shownTicks({ axis, left, right, chart }: Plan): readonly number[] {
  const widest = Math.max(...axis.ticks.map((tick) => textWidth(tickText(tick, chart.kind), 11))) + 8;
  const every = Math.ceil((widest * (axis.ticks.length - 1)) / (right - left));
  return axis.ticks.filter((_, index) => index % Math.max(1, every) === 0);
}

function row(sheet: Sheet, plan: Plan, { label, value, target: own }: Point, index: number): Markup {
  const top = plan.firstRow + index * ROW_PX + (ROW_PX - BAR_PX) / 2;
  const baseline = top + BAR_PX - 4;
  const name = sheet.text(plan.labelPx, baseline, shortened(label, LETTER_PX, plan.labelPx), { anchor: 'end' });
  const mark = own === undefined ? null : ownTarget(sheet, placeX(plan, own), top);
  if (value === null) {
    return markup`${name}${sheet.text(plan.left + 4, baseline, 'no leads', { role: 'quiet' })}${mark}`;
  }
  const [from, to] = [placeX(plan, Math.min(0, value)), placeX(plan, Math.max(0, value))];
  const said = sheet.text(plan.right + GAP_PX, baseline, valueText(value, plan.chart.kind));
  return markup`${name}${sheet.box(from, top, to - from, BAR_PX, 'mark')}${mark}${said}`;
}

/** Set off from the bar that it may lie on. */
const ownTarget = (sheet: Sheet, x: number, top: number): Markup =>
  markup`${sheet.box(x - 3, top - 4, 6, BAR_PX + 8, 'sheet')}${sheet.box(x - 1.5, top - 4, 3, BAR_PX + 8, 'target')}`;

/** What the marks are, where bars have targets of their own. */
function legend(sheet: Sheet, { chart, right, firstRow }: Plan): Markup | null {
  if (chart.points.every(({ target: own }) => own === undefined)) return null;
  const said = 'target';
  const x = right - textWidth(said, 11) - 8;
  return markup`${sheet.box(x, firstRow - 16, 3, 12, 'target')}${sheet.text(right, firstRow - 6, said, { anchor: 'end', role: 'target', sizePx: 11 })}`;
}

/** A line across all bars; its label stands above, inside the drawing. */
function target(sheet: Sheet, plan: Plan): Markup | null {
  const { chart, firstRow, lastRow } = plan;
  if (chart.target === undefined) return null;
  const x = placeX(plan, chart.target);
  const label = `target ${valueText(chart.target, chart.kind)}`;
  const anchor = x - textWidth(label, 11) / 2 < plan.left ? 'start' : 'middle';
  const middle = Math.min(x, sheet.look.widthPx - textWidth(label, 11) / 2);
  return markup`${sheet.line(x, firstRow - 2, x, lastRow + 2, 'target', { widthPx: 2 })}${sheet.text(anchor === 'start' ? x : middle, firstRow - 7, label, { anchor, role: 'target', sizePx: 11 })}`;
}
