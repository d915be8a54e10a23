import type { Money } from '../attribution/index.js';
import type { DurationMs, Instant } from '../business-time/index.js';
import type { Cell, CellKind, FigureStatus } from './document.js';

/** How an instant is said to the reader: in the agreement's zone, or, where zones are not at hand, in UTC. */
export type SayInstant = (at: Instant) => string;

export const inUtc: SayInstant = (at) => new Date(at).toISOString();

/** How a figure stands, in words and by a sign, so that nobody needs to see a colour. */
export const statusWords = {
  met: { sign: '✓', word: 'met' },
  missed: { sign: '✗', word: 'missed' },
  'on-track': { sign: '↗', word: 'on track' },
  'at-risk': { sign: '!', word: 'at risk' },
  'no-target': { sign: '·', word: 'no target' },
  'no-leads': { sign: '·', word: 'no leads' },
} as const satisfies Record<FigureStatus, { readonly sign: string; readonly word: string }>;

export const isFigureStatus = (cell: Cell): cell is FigureStatus => typeof cell === 'string' && cell in statusWords;

/** A cell in words, the same in every format: shares rounded down to 0.1 %, times in hours and minutes, `–` for none. */
export function cellText(cell: Cell, kind: CellKind, say: SayInstant = inUtc): string {
  if (cell === null) return '–';
  if (typeof cell === 'object') return moneyText(cell);
  if (typeof cell === 'number') return numberText(cell, kind, say);
  return cell === 'no-leads' || (kind === 'status' && isFigureStatus(cell)) ? statusWords[cell].word : cell;
}

function numberText(value: number, kind: CellKind, say: SayInstant): string {
  switch (kind) {
    case 'share':
      return percentText(value);
    case 'open-time':
      return openTimeText(value);
    case 'elapsed':
      return elapsedText(value);
    case 'days':
      return `${grouped(flooredTo(1, value))} d`;
    case 'instant':
      return say(value);
    case 'count':
      return grouped(flooredTo(1, value));
    case 'text':
    case 'money':
    case 'status':
      return String(value);
  }
}

/** Rounded down to 0.1 %, so that nothing seems reached that is not (spec/reports.md). */
const percentText = (share: number): string => `${flooredTo(1, share * 100).toFixed(1)} %`;

/** Rounded down; what a sum of floating numbers lost of its last digit is given back first. */
const flooredTo = (digits: number, value: number): number =>
  Math.floor(value * 10 ** digits + 1e-9 * Math.max(1, Math.abs(value))) / 10 ** digits;

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Open time has no days: how many hours one has is the calendar's to say. */
function openTimeText(ms: DurationMs): string {
  if (ms < MINUTE_MS) return `${Math.floor(ms / SECOND_MS)} s`;
  if (ms < HOUR_MS) return `${Math.floor(ms / MINUTE_MS)} min`;
  return pairText(Math.floor(ms / HOUR_MS), 'h', Math.floor((ms % HOUR_MS) / MINUTE_MS), 'min');
}

const elapsedText = (ms: DurationMs): string =>
  ms < 2 * DAY_MS ? openTimeText(ms) : pairText(Math.floor(ms / DAY_MS), 'd', Math.floor((ms % DAY_MS) / HOUR_MS), 'h');

const pairText = (whole: number, unit: string, rest: number, restUnit: string): string =>
  rest === 0 ? `${grouped(whole)} ${unit}` : `${grouped(whole)} ${unit} ${rest} ${restUnit}`;

/** `12,345.5`: thousands apart. */
function grouped(value: number): string {
  const [whole = '', fraction] = String(value).split('.');
  const apart = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? apart : `${apart}.${fraction}`;
}

/** `750,000 USD`; hundredths only where there are any. */
function moneyText({ minor, currency }: Money): string {
  const hundredths = Math.abs(minor) % 100;
  const whole = grouped(Math.trunc(minor / 100));
  const sign = minor < 0 && minor > -100 ? '-' : '';
  return `${sign}${whole}${hundredths === 0 ? '' : `.${String(hundredths).padStart(2, '0')}`} ${currency}`;
}
