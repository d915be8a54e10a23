import type { Zone } from '../domain/business-time/zone-table.js';

const MINUTE_MS = 60_000;
const base60Digits = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWX';

/**
 * A zone as moment-timezone packs it: `name|abbreviations|offsets|periods|changes|population`. Offsets are minutes
 * west of UTC and changes the minutes since the one before, in base 60 with base-60 fractions; each character of
 * `periods` picks the offset and abbreviation of one period.
 */
export function unpackZone(packed: string): Zone {
  const [name = '', abbreviationList = '', offsetList = '', periods = '', changeList = ''] = packed.split('|');
  const offsetsMs = offsetList.split(' ').map((offset) => -minutesToMs(offset) + 0); // + 0, for -0 is not 0 to a test
  const abbreviations = abbreviationList.split(' ');
  const picks = [...periods].map((digit) => base60Digits.indexOf(digit));
  return {
    name,
    changesAt: runningTotals(
      changeList
        .split(' ')
        .slice(0, picks.length - 1)
        .map(minutesToMs),
    ),
    offsetsMs: picks.map((pick) => offsetsMs[pick]!),
    abbreviations: picks.map((pick) => abbreviations[pick]!),
  };
}

/** Packed minutes in whole milliseconds: the fraction counts seconds, and perhaps their sixtieths. */
function minutesToMs(packed: string): number {
  const [whole = '', fraction = ''] = packed.replace('-', '').split('.');
  const minutes = [...fraction].reduceRight((rest, digit) => (rest + base60Digits.indexOf(digit)) / 60, 0);
  const ms = ([...whole].reduce((sum, digit) => sum * 60 + base60Digits.indexOf(digit), 0) + minutes) * MINUTE_MS;
  return Math.round(packed.startsWith('-') ? -ms : ms);
}

function runningTotals(steps: readonly number[]): number[] {
  let total = 0;
  return steps.map((step) => (total += step));
}
