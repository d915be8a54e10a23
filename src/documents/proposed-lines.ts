import { formatDuration, usesDays, type DurationMs } from '../domain/business-time/index.js';
import type { TargetAmount } from '../domain/agreement/index.js';
import { goalValue } from '../domain/reports/index.js';
import type { AgreementDocument } from './agreement-schema.js';
import { readAmount } from './governance.js';
import { requireDuration } from './scalars.js';
import type { Lines } from './set-paths.js';

const MINUTE_MS: DurationMs = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * The lines that give a clock more or less time: `within` and that of each override by the same factor, each as people
 * would say it. Undefined: there is no such clock, or rounded it stays as it is.
 */
export function linesForTime({ clocks }: AgreementDocument, clock: string, factor: number): Lines | undefined {
  const written = clocks[clock];
  if (written === undefined) return undefined;
  const lines: Record<string, string> = { [`clocks.${clock}.within`]: scaled(written.within, factor) };
  for (const [index, { within }] of (written.overrides ?? []).entries()) {
    lines[`clocks.${clock}.overrides.${index}.within`] = scaled(within, factor);
  }
  return lines[`clocks.${clock}.within`] === written.within ? undefined : lines;
}

/** Days stay days, and minutes are not said of what takes days. */
function scaled(within: string, factor: number): string {
  const ms = requireDuration(within) * factor;
  if (usesDays(within)) return `${Math.max(1, Math.round(ms / DAY_MS))}d`;
  const step = stepFor(ms);
  return formatDuration(Math.max(step, Math.round(ms / step) * step));
}

function stepFor(ms: DurationMs): DurationMs {
  if (ms < 15 * MINUTE_MS) return MINUTE_MS;
  if (ms < HOUR_MS) return 5 * MINUTE_MS;
  return ms < 8 * HOUR_MS ? 15 * MINUTE_MS : HOUR_MS;
}

/** The lines that give a target another amount, and that amount as figures write it. */
export interface AmountLines {
  readonly lines: Lines;
  readonly goal: number;
  readonly goalNow: number;
}

/**
 * The amount is rounded to what people would agree on: towards what is easier to reach, so that what it was taken from
 * reaches it. Amounts of segments follow in proportion. Undefined: there is no such target, or rounded it stays as it is.
 */
export function linesForAmount(
  { targets = {} }: AgreementDocument,
  target: string,
  side: 'atLeast' | 'atMost',
  value: number,
): AmountLines | undefined {
  const written = targets[target];
  const amount = written?.[side] === undefined ? undefined : readAmount(written[side]);
  if (amount === undefined) return undefined;
  const goalNow = goalValue(amount);
  const text = amountOf(amount, value, side);
  const goal = goalValue(readAmount(text)!);
  if (goal === goalNow) return undefined;
  const lines: Record<string, unknown> = { [`targets.${target}.${side}`]: text };
  for (const [segment, part] of Object.entries(written!.bySegment ?? {})) {
    const own = readAmount(part)!;
    lines[`targets.${target}.bySegment.${segment}`] = amountOf(own, (goalValue(own) * goal) / goalNow, side);
  }
  return { lines, goal, goalNow };
}

function amountOf(like: TargetAmount, value: number, side: 'atLeast' | 'atMost'): string | number {
  // A hair on either side is what floating point makes of a value that is round.
  const rounded = (step: number): number =>
    (side === 'atLeast' ? Math.floor(value / step + 1e-9) : Math.ceil(value / step - 1e-9)) * step;
  switch (like.kind) {
    case 'count':
      return rounded(digitsOf(value));
    case 'share':
      return `${Math.min(100, Math.round(rounded(0.01) * 100))}%`;
    case 'time':
      return formatDuration(rounded(stepFor(value)));
    case 'money':
      return `${rounded(digitsOf(value / 100) * 100) / 100} ${like.currency}`;
  }
}

/** Two digits are said of a large number: 1,234 is about 1,200. */
const digitsOf = (value: number): number => 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, value))) - 1);
