import { markup, type Markup } from '../../domain/notices/index.js';
import type { CellKind, Chart, FieldValue } from '../../domain/reports/index.js';
import { tickText, valueText } from './axis.js';
import { shortened, textWidth, type Role } from './look.js';
import { LETTER_PX, type Drawn, type Sheet } from './sheet.js';

const ROW_PX = 26;
const HEAD_PX = 20;
const LEGEND_PX = 34;
const LINE_PX = 14;
const SWATCH_PX = 22;
const NUMBER_PX = 10;
const STEP_COUNT = 5;
/** Room for the name of a commitment, also on a phone. */
const LABEL_PX = 132;

type HeatMap = Extract<Chart, { shape: 'heat-map' }>;

interface Plan {
  readonly chart: HeatMap;
  readonly left: number;
  readonly top: number;
  readonly cellPx: number;
  readonly largest: number;
}

/** A field of cells, each with its number and the darker the larger; no leads: a dash and no colour, not reached: ∞. */
export function drawHeatMap(sheet: Sheet, chart: HeatMap, top: number): Drawn {
  const plan = planOf(sheet, chart, top);
  const bottom = top + HEAD_PX + chart.rows.length * ROW_PX;
  const { body: said, heightPx } = legend(sheet, plan, bottom);
  const body = markup`${heads(sheet, plan)}${chart.rows.map((row, index) => cells(sheet, plan, row, index))}${said}`;
  return { body, heightPx: bottom + heightPx - top };
}

function planOf({ look: { widthPx } }: Sheet, chart: HeatMap, top: number): Plan {
  const longest = Math.max(...chart.rows.map(({ label }) => textWidth(label, LETTER_PX)), 30);
  const left = Math.min(longest, Math.max(widthPx * 0.25, LABEL_PX)) + 8;
  const values = valuesOf(chart).filter((value) => typeof value === 'number');
  const largest = chart.kind === 'share' ? 1 : Math.max(0, ...values);
  return { chart, left, top, cellPx: (widthPx - left) / Math.max(1, chart.columns.length), largest };
}

const valuesOf = ({ rows }: HeatMap): readonly FieldValue[] => rows.flatMap(({ values }) => values);

/** Every second one, or fewer, where they would run into each other; none that would stick out of the sheet. */
function heads(sheet: Sheet, { chart: { columns }, left, top, cellPx }: Plan): readonly (Markup | null)[] {
  const widest = Math.max(...columns.map((label) => textWidth(label, NUMBER_PX))) + 4;
  const every = Math.max(1, Math.ceil(widest / cellPx));
  const isInside = (label: string, index: number): boolean =>
    left + (index + 0.5) * cellPx + textWidth(label, NUMBER_PX) / 2 <= sheet.look.widthPx;
  return columns.map((label, index) =>
    index % every === 0 && isInside(label, index)
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

function cell(sheet: Sheet, { chart, cellPx, largest }: Plan, value: FieldValue, x: number, top: number): Markup {
  const middle = { anchor: 'middle', sizePx: NUMBER_PX } as const;
  const [at, baseline] = [x + cellPx / 2, top + 16.5];
  if (value === null) return sheet.text(at, baseline, '–', { ...middle, role: 'quiet' });
  const step = value === 'not-reached' ? LAST_STEP : stepOf(value, largest);
  const said = wordsFor(value, chart.kind).find((text) => textWidth(text, NUMBER_PX) + 3 <= cellPx);
  const number = said === undefined ? null : sheet.text(at, baseline, said, { ...middle, role: `on-${step}` });
  return markup`${sheet.box(x + 0.5, top + 0.5, cellPx - 1, ROW_PX - 1, `heat-${step}`)}${number}`;
}

/** The longest first. */
const wordsFor = (value: number | 'not-reached', kind: CellKind): readonly string[] =>
  value === 'not-reached' ? ['∞'] : [valueText(value, kind), shortValue(value, kind)];

type Step = 0 | 1 | 2 | 3 | 4;
const LAST_STEP = (STEP_COUNT - 1) as Step;

const stepOf = (value: number, largest: number): Step =>
  (largest <= 0 ? 0 : Math.min(LAST_STEP, Math.floor((Math.max(0, value) / largest) * STEP_COUNT))) as Step;

const HOUR_MS = 3_600_000;

/** The same number without its unit, rounded down; the legend says the unit. */
function shortValue(value: number, kind: CellKind): string {
  if (kind === 'share') return String(Math.floor(value * 100 + 1e-9));
  if (kind !== 'open-time' && kind !== 'elapsed')
    return value >= 1_000 ? `${Math.floor(value / 1_000)}k` : valueText(value, kind);
  return value < HOUR_MS ? `${Math.floor(value / 60_000)}m` : `${Math.floor(value / HOUR_MS)}h`;
}

/** The colours from nothing to the largest value, and beside them what else stands in cells. */
function legend(sheet: Sheet, { chart, left, largest }: Plan, bottom: number): Drawn {
  const top = bottom + 14;
  const least = tickText(0, chart.kind);
  const scalePx = textWidth(least, NUMBER_PX) + 6 + STEP_COUNT * SWATCH_PX + 5;
  const lines = linesOf([tickText(largest, chart.kind), ...signsIn(chart)], sheet.look.widthPx - left - scalePx);
  const from = Math.max(0, Math.min(left, sheet.look.widthPx - scalePx - widestOf(lines)));
  const swatchesFrom = from + textWidth(least, NUMBER_PX) + 6;
  const quiet = { role: 'quiet', sizePx: NUMBER_PX } as const;
  const swatch = (_: unknown, step: number) =>
    sheet.box(swatchesFrom + step * SWATCH_PX, top, SWATCH_PX - 1, 10, `heat-${step}` as Role);
  const said = lines.map((line, index) => sheet.text(from + scalePx, top + 9 + index * LINE_PX, line, quiet));
  return {
    body: markup`${sheet.text(from, top + 9, least, quiet)}${Array.from({ length: STEP_COUNT }, swatch)}${said}`,
    heightPx: LEGEND_PX + (lines.length - 1) * LINE_PX,
  };
}

/** In one line, or each in its own where that is too wide. */
const linesOf = (parts: readonly string[], widthPx: number): readonly string[] =>
  widestOf([parts.join(', ')]) <= widthPx ? [parts.join(', ')] : parts;

const widestOf = (lines: readonly string[]): number => Math.max(...lines.map((line) => textWidth(line, NUMBER_PX)));

const signsIn = (chart: HeatMap): readonly string[] => {
  const values = valuesOf(chart);
  return [
    ...(values.includes('not-reached') ? ['∞ for not reached'] : []),
    ...(values.includes(null) ? ['– for no leads'] : []),
  ];
};
