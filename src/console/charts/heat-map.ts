import { markup, type Markup } from '../../domain/notices/index.js';
import type { CellKind, Chart } from '../../domain/reports/index.js';
import { tickText, valueText } from './axis.js';
import { shortened, textWidth, type Role } from './look.js';
import { LETTER_PX, type Drawn, type Sheet } from './sheet.js';

const ROW_PX = 26;
const HEAD_PX = 20;
const LEGEND_PX = 34;
const NUMBER_PX = 10;
const STEP_COUNT = 5;

type HeatMap = Extract<Chart, { shape: 'heat-map' }>;

interface Plan {
  readonly chart: HeatMap;
  readonly left: number;
  readonly top: number;
  readonly cellPx: number;
  readonly largest: number;
}

/** A field of cells, each with its number and the darker the larger; no leads: a dash and no colour. */
export function drawHeatMap(sheet: Sheet, chart: HeatMap, top: number): Drawn {
  const plan = planOf(sheet, chart, top);
  const bottom = top + HEAD_PX + chart.rows.length * ROW_PX;
  const body = markup`${heads(sheet, plan)}${chart.rows.map((row, index) => cells(sheet, plan, row, index))}${legend(sheet, plan, bottom)}`;
  return { body, heightPx: bottom + LEGEND_PX - top };
}

function planOf({ look: { widthPx } }: Sheet, chart: HeatMap, top: number): Plan {
  const longest = Math.max(...chart.rows.map(({ label }) => textWidth(label, LETTER_PX)), 30);
  const left = Math.min(longest, widthPx * 0.25) + 8;
  const values = chart.rows.flatMap((row) => row.values).filter((value) => value !== null);
  const largest = chart.kind === 'share' ? 1 : Math.max(0, ...values);
  return { chart, left, top, cellPx: (widthPx - left) / Math.max(1, chart.columns.length), largest };
}

/** Every second one, or fewer, where they would run into each other. */
function heads(sheet: Sheet, { chart: { columns }, left, top, cellPx }: Plan): readonly (Markup | null)[] {
  const widest = Math.max(...columns.map((label) => textWidth(label, NUMBER_PX))) + 4;
  const every = Math.max(1, Math.ceil(widest / cellPx));
  return columns.map((label, index) =>
    index % every === 0
      ? sheet.text(left + (index + 0.5) * cellPx, top + HEAD_PX - 7, label, {
          anchor: 'middle',
          role: 'quiet',
          sizePx: NUMBER_PX,
        })
      : null,
  );
}

function cells(sheet: Sheet, plan: Plan, { label, values }: HeatMap['rows'][number], index: number): Markup {
  const top = plan.top + HEAD_PX + index * ROW_PX;
  const name = sheet.text(plan.left - 8, top + 17, shortened(label, LETTER_PX, plan.left - 8), { anchor: 'end' });
  return markup`${name}${values.map((value, column) => cell(sheet, plan, value, plan.left + column * plan.cellPx, top))}`;
}

function cell(sheet: Sheet, { chart, cellPx, largest }: Plan, value: number | null, x: number, top: number): Markup {
  const middle = { anchor: 'middle', sizePx: NUMBER_PX } as const;
  const [at, baseline] = [x + cellPx / 2, top + 16.5];
  if (value === null) return sheet.text(at, baseline, '–', { ...middle, role: 'quiet' });
  const step = stepOf(value, largest);
  const said = [valueText(value, chart.kind), shortValue(value, chart.kind)].find(
    (text) => textWidth(text, NUMBER_PX) + 3 <= cellPx,
  );
  const number = said === undefined ? null : sheet.text(at, baseline, said, { ...middle, role: `on-${step}` });
  return markup`${sheet.box(x + 0.5, top + 0.5, cellPx - 1, ROW_PX - 1, `heat-${step}`)}${number}`;
}

type Step = 0 | 1 | 2 | 3 | 4;

const stepOf = (value: number, largest: number): Step =>
  (largest <= 0 ? 0 : Math.min(STEP_COUNT - 1, Math.floor((Math.max(0, value) / largest) * STEP_COUNT))) as Step;

const HOUR_MS = 3_600_000;

/** The same number without its unit, rounded down; the legend says the unit. */
function shortValue(value: number, kind: CellKind): string {
  if (kind === 'share') return String(Math.floor(value * 100 + 1e-9));
  if (kind !== 'open-time' && kind !== 'elapsed')
    return value >= 1_000 ? `${Math.floor(value / 1_000)}k` : valueText(value, kind);
  return value < HOUR_MS ? `${Math.floor(value / 60_000)}m` : `${Math.floor(value / HOUR_MS)}h`;
}

/** The colours from nothing to the largest value. */
function legend(sheet: Sheet, { chart, left, largest }: Plan, bottom: number): Markup {
  const top = bottom + 14;
  const least = tickText(0, chart.kind);
  const from = left + textWidth(least, NUMBER_PX) + 6;
  const swatch = (_: unknown, step: number) => sheet.box(from + step * 22, top, 21, 10, `heat-${step}` as Role);
  const quiet = { role: 'quiet', sizePx: NUMBER_PX } as const;
  return markup`${sheet.text(left, top + 9, least, quiet)}${Array.from({ length: STEP_COUNT }, swatch)}${sheet.text(from + STEP_COUNT * 22 + 5, top + 9, `${tickText(largest, chart.kind)}, – for no leads`, quiet)}`;
}
