import { cellText, type CellKind } from '../../domain/reports/index.js';

/** The values that an axis goes through, evenly spaced, from its first to its last. */
export interface Axis {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
}

const HOUR_MS = 3_600_000;
const TICK_COUNT_MAX = 5;

/** Steps that people count in: of plain numbers by powers of ten, of times by what clocks show. */
const timeSteps = [1_000, 5_000, 15_000, 60_000, 300_000, 900_000, 1_800_000].concat(
  [1, 2, 4, 8, 12, 24, 48, 96, 168, 336, 672].map((hours) => hours * HOUR_MS),
);

/**
 * An honest axis for values: shares from 0 to 100 %, all others from zero to the first step beyond the largest, or from
 * the first below the smallest where some are negative. Nothing is cut off.
 */
export function axisFor(kind: CellKind, values: readonly number[]): Axis {
  const largest = Math.max(0, ...values);
  const smallest = Math.min(0, ...values);
  if (kind === 'share' && largest <= 1 && smallest === 0) return { from: 0, to: 1, ticks: [0, 0.25, 0.5, 0.75, 1] };
  const step = stepFor(kind, (largest - smallest) / TICK_COUNT_MAX);
  const first = Math.floor(smallest / step);
  const last = Math.max(first + 1, Math.ceil(largest / step));
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
  return { from: first * step, to: last * step, ticks };
}

/** The smallest step that people count in and that is at least so large. */
function stepFor(kind: CellKind, atLeast: number): number {
  const isTime = kind === 'open-time' || kind === 'elapsed';
  const known = isTime ? timeSteps.find((step) => step >= atLeast) : undefined;
  if (known !== undefined) return known;
  const unit = isTime ? 672 * HOUR_MS : kind === 'money' ? 100 : 1;
  return unit * roundStep(atLeast / unit, kind === 'share' ? 0.01 : 1);
}

function roundStep(atLeast: number, smallest: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(atLeast, smallest)));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= Math.max(atLeast, smallest))!;
}

/** Where on the axis a value stands, from 0 to 1. */
export const placeOn = ({ from, to }: Axis, value: number): number => (value - from) / (to - from);

/** A value as it stands at an axis: shares without a decimal that is zero, nothing without its unit. */
export const tickText = (value: number, kind: CellKind): string =>
  kind === 'share' ? `${Math.round(value * 1_000) / 10} %` : value === 0 ? '0' : valueText(value, kind);

/** A value beside its bar or point. Amounts in charts have no currency of their own; the title says it. */
export const valueText = (value: number, kind: CellKind): string =>
  kind === 'money' ? cellText(Math.round(value / 100), 'count') : cellText(value, kind);
