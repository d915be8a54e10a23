import type { CalendarWindows } from './calendar.js';
import type { DurationMs, Instant } from './instant.js';

/** Time taken out of open time: `[pausedAt, resumedAt)`, both known, in any order, overlaps counting once. */
export type Pause = readonly [pausedAt: Instant, resumedAt: Instant];

/** How long a calendar may stay closed: two years (spec T5). */
export const CLOSED_MS_MAX: DurationMs = 730 * 86_400_000;

/** Whether the windows say for every instant of `[from, until)` if it is open. */
export function coversTime(windows: CalendarWindows, from: Instant, until: Instant): boolean {
  return from >= windows.from && until <= windows.until;
}

/**
 * The earliest instant by which `ms` of open time outside `pauses` has passed since `start` (spec T3).
 * Ending exactly at closing time, it is that closing; for 0 ms it is `start` if open, else the next opening.
 * @returns `undefined` if the windows end first: compile a longer horizon
 * @throws RangeError if the windows begin after `start`, or `ms` is not a whole number of at least 0
 */
export function addOpenTime(
  windows: CalendarWindows,
  start: Instant,
  ms: DurationMs,
  pauses: readonly Pause[] = [],
): Instant | undefined {
  requireWholeMs(ms);
  requireKnown(windows, start, start);
  let leftMs = ms;
  let reachedAt: Instant | undefined;
  visitOpenPieces(windows, start, windows.until, pauses, (openAt, closeAt) => {
    if (leftMs <= closeAt - openAt) reachedAt = openAt + leftMs;
    else leftMs -= closeAt - openAt;
    return reachedAt !== undefined;
  });
  return reachedAt;
}

/**
 * The open time in `[from, until)` outside `pauses`; 0 if `until` is not after `from` (spec T4).
 * @throws RangeError if the windows do not cover that time
 */
export function openTimeBetween(
  windows: CalendarWindows,
  from: Instant,
  until: Instant,
  pauses: readonly Pause[] = [],
): DurationMs {
  if (until <= from) return 0;
  requireKnown(windows, from, until);
  let openMs = 0;
  visitOpenPieces(windows, from, until, pauses, (openAt, closeAt) => {
    openMs += closeAt - openAt;
    return false;
  });
  return openMs;
}

/**
 * Whether the windows prove that a sum from `start` never ends: after the last open time they know from there, they
 * know of two closed years (spec T5). Asked when `addOpenTime` finds nothing: if not, a longer horizon may help.
 */
export function provesNoOpenTime(windows: CalendarWindows, start: Instant): boolean {
  const lastCloseAt = windows.flat.at(-1) ?? start;
  return windows.until - Math.max(start, lastCloseAt) >= CLOSED_MS_MAX;
}

/**
 * `at` itself if open, else the next opening.
 * @returns `undefined` if the windows end first: compile a longer horizon
 * @throws RangeError if the windows begin after `at`
 */
export function nextOpening(windows: CalendarWindows, at: Instant): Instant | undefined {
  return addOpenTime(windows, at, 0);
}

/**
 * Whether `at` lies in open hours: at opening time yes, at closing time no.
 * @throws RangeError if the windows do not cover `at`
 */
export function isOpen(windows: CalendarWindows, at: Instant): boolean {
  requireKnown(windows, at, at + 1);
  const openAt = windows.flat[firstWindowEndingAfter(windows.flat, at)];
  return openAt !== undefined && openAt <= at;
}

/**
 * The pieces of open time in `[from, until)` outside `pauses`: sorted, disjoint, none empty.
 * @throws RangeError if the windows do not cover that time
 */
export function openIntervals(
  windows: CalendarWindows,
  from: Instant,
  until: Instant,
  pauses: readonly Pause[] = [],
): [openAt: Instant, closeAt: Instant][] {
  if (until <= from) return [];
  requireKnown(windows, from, until);
  const pieces: [Instant, Instant][] = [];
  visitOpenPieces(windows, from, until, pauses, (openAt, closeAt) => {
    pieces.push([openAt, closeAt]);
    return false;
  });
  return pieces;
}

/** Takes one piece of open time; says whether that was enough. */
type Visit = (openAt: Instant, closeAt: Instant) => boolean;

function visitOpenPieces(
  { flat }: CalendarWindows,
  from: Instant,
  until: Instant,
  pauses: readonly Pause[],
  visit: Visit,
): void {
  const ordered = pauses.length === 0 ? pauses : inOrder(pauses);
  for (let index = firstWindowEndingAfter(flat, from); index < flat.length; index += 2) {
    const openAt = Math.max(flat[index]!, from);
    const closeAt = Math.min(flat[index + 1]!, until);
    if (openAt >= closeAt) return;
    if (visitOutside(ordered, openAt, closeAt, visit)) return;
  }
}

function visitOutside(ordered: readonly Pause[], openAt: Instant, closeAt: Instant, visit: Visit): boolean {
  let reachedAt = openAt;
  for (const [pausedAt, resumedAt] of ordered) {
    if (pausedAt >= closeAt) break;
    if (resumedAt <= reachedAt) continue;
    if (pausedAt > reachedAt && visit(reachedAt, pausedAt)) return true;
    reachedAt = resumedAt;
  }
  return reachedAt < closeAt && visit(reachedAt, closeAt);
}

function inOrder(pauses: readonly Pause[]): readonly Pause[] {
  return pauses.filter(([pausedAt, resumedAt]) => pausedAt < resumedAt).sort(([a], [b]) => a - b);
}

/** The index in `flat` of the opening of the first window that closes after `at`; its length if there is none. */
function firstWindowEndingAfter(flat: readonly Instant[], at: Instant): number {
  let low = 0;
  let high = flat.length / 2;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (flat[2 * middle + 1]! > at) high = middle;
    else low = middle + 1;
  }
  return 2 * low;
}

function requireKnown(windows: CalendarWindows, from: Instant, until: Instant): void {
  if (from >= windows.from && (until === from || until <= windows.until)) return;
  throw new RangeError(
    `calendar ${windows.key}: its windows cover [${windows.from}, ${windows.until}), not [${from}, ${until}); ` +
      'compile windows for the time that is asked for',
  );
}

function requireWholeMs(ms: DurationMs): void {
  if (Number.isSafeInteger(ms) && ms >= 0) return;
  throw new RangeError(`${ms} ms of open time cannot be added: give a whole number of milliseconds of at least 0`);
}
