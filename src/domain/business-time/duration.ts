import type { DurationMs } from './instant.js';

const unitMs = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
} as const satisfies Record<string, DurationMs>;

type Unit = keyof typeof unitMs;

const wholeDuration = /^(?:\d+(?:ms|[smhdw]))+$/;
const onePart = /(\d+)(ms|[smhdw])/g;

/**
 * The length of a duration as documents write it: whole numbers with `ms`, `s`, `m`, `h`, `d` (24 h) or `w` (168 h),
 * each unit at most once, as in `1h10m` (spec T1).
 * @returns `undefined` if `text` is anything else, or too long to count in milliseconds
 */
export function parseDuration(text: string): DurationMs | undefined {
  const parts = durationParts(text);
  if (parts === undefined) return undefined;
  const ms = parts.reduce((sum, [count, unit]) => sum + count * unitMs[unit], 0);
  return Number.isSafeInteger(ms) ? ms : undefined;
}

/** Whether a duration is written in days or weeks, which a clock may use only on an unbroken calendar (spec T1). */
export function usesDays(text: string): boolean {
  return durationParts(text)?.some(([, unit]) => unit === 'd' || unit === 'w') ?? false;
}

/** A duration in hours and smaller units, as in `4h10m` or `0m`: never in days, for a business day is not 24 h. */
export function formatDuration(ms: DurationMs): string {
  if (ms < 0) return `-${formatDuration(-ms)}`;
  const parts: readonly [count: number, unit: Unit][] = [
    [Math.floor(ms / unitMs.h), 'h'],
    [Math.floor(ms / unitMs.m) % 60, 'm'],
    [Math.floor(ms / unitMs.s) % 60, 's'],
    [ms % 1_000, 'ms'],
  ];
  const text = parts.map(([count, unit]) => (count === 0 ? '' : `${count}${unit}`)).join('');
  return text === '' ? '0m' : text;
}

function durationParts(text: string): [count: number, unit: Unit][] | undefined {
  if (!wholeDuration.test(text)) return undefined;
  const parts = [...text.matchAll(onePart)].map(([, count, unit]): [number, Unit] => [Number(count), unit as Unit]);
  return new Set(parts.map(([, unit]) => unit)).size === parts.length ? parts : undefined;
}
