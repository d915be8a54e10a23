import type { ClockPromise, Tier } from '../../domain/agreement/index.js';
import { formatDuration, hoursPerDay, type DurationMs } from '../../domain/business-time/index.js';
import { listed } from '../../domain/notices/words.js';
import type { Directory } from '../../domain/routing/directory.js';
import { leastDeskMs, yearOf } from './elapsed.js';
import type { LintRule, LintSubject } from './rule.js';

const HOUR_MS = 3_600_000;
/** The longest wait that is tried for the advice: a week. */
const WAIT_HOURS_MAX = 168;

export const ladderReachesNobody: LintRule = {
  id: 'ladder-reaches-nobody',
  severity: 'error',
  finds: 'A ladder none of whose tiers has a recipient; with a directory, also one whose roles nobody holds.',
  advice: 'name a role that somebody holds, a person, owner or owner-manager in one tier at least',
  look: ({ terms: { ladders }, directory }) =>
    Object.entries(ladders)
      .filter(([, tiers]) => !tiers.some(({ to }) => to.some((word) => reachesSomebody(word, directory))))
      .map(([name]) => ({ path: ['ladders', name], atKey: true, message: `nobody receives ladder "${name}"` })),
};

function reachesSomebody(word: string, directory: Directory | undefined): boolean {
  if (directory === undefined || word === 'owner' || word === 'owner-manager') return true;
  return directory.people.some(({ id }) => id === word) || (directory.roles[word] ?? []).length > 0;
}

export const reassignWithoutTouch: LintRule = {
  id: 'reassign-without-touch',
  severity: 'error',
  finds: 'A clock that does not end in `touched`, on a ladder that gives the lead to somebody else.',
  advice: 'give the clock a ladder that moves nobody: a new owner answers for a touch, not for the paperwork',
  look: ({ terms: { clocks, ladders } }) =>
    Object.entries(clocks).flatMap(([clock, { ladder, until }]) => {
      if (ladder === undefined || until === 'touched' || !ladders[ladder]?.some(({ reassign }) => reassign)) return [];
      const what = typeof until === 'string' ? until : 'touches';
      const message = `ladder "${ladder}" moves the lead, but clock "${clock}" waits for ${what}`;
      return [{ path: ['clocks', clock, 'ladder'], message }];
    }),
};

export const tierWithoutOpenHour: LintRule = {
  id: 'tier-without-open-hour',
  severity: 'warning',
  finds: 'A tier that can be reached without an open hour after the one before, so that nobody could have acted.',
  advice: 'let it come later, or give the clock a calendar of working hours',
  look: (subject) =>
    Object.entries(subject.terms.ladders).flatMap(([ladder, tiers]) =>
      tiers.slice(1).flatMap((tier, index) => {
        const clocks = clocksOn(subject, ladder).filter((clock) => isTooSoon(subject, clock, tiers[index]!, tier));
        if (clocks.length === 0) return [];
        const names = listed(clocks.map(([name]) => `"${name}"`));
        const message = `tier ${index + 2} can be reached without an open hour after tier ${index + 1}, for ${names}`;
        return [{ path: ['ladders', ladder, index + 1], message: `${message}${remedy(subject, clocks)}` }];
      }),
    ),
};

type NamedClock = readonly [name: string, promise: ClockPromise];

const clocksOn = ({ terms }: LintSubject, ladder: string): readonly NamedClock[] =>
  Object.entries(terms.clocks).filter(([, promise]) => promise.ladder === ladder);

function isTooSoon(subject: LintSubject, [, promise]: NamedClock, before: Tier, tier: Tier): boolean {
  return deskMsIn(subject, promise, waitMs(promise, before, tier)) < HOUR_MS;
}

/** The open time of the clock between two tiers, at least; a tier never fires before the one above it (spec L2). */
function waitMs({ withinMs, overrides }: ClockPromise, before: Tier, tier: Tier): DurationMs {
  const targets = [withinMs, ...overrides.map((override) => override.withinMs)];
  const waits = targets.map((targetMs) => firesAfterMs(tier, targetMs) - firesAfterMs(before, targetMs));
  return Math.max(0, Math.min(...waits));
}

const firesAfterMs = ({ on, afterMs }: Tier, targetMs: DurationMs): DurationMs =>
  on === 'start' ? afterMs : targetMs + afterMs;

/** The working time in a wait on a clock's calendar: nights count on some of these, but nobody works in them. */
function deskMsIn(subject: LintSubject, { calendar }: ClockPromise, wait: DurationMs): DurationMs {
  const { terms, at } = subject;
  if (calendar === undefined || hoursPerDay(terms.calendars[calendar]!) !== '24 h') return wait;
  return leastDeskMs(yearOf(subject, calendar), yearOf(subject, undefined), wait, at);
}

/** How far apart the tiers would have to be for all of these clocks. */
function remedy(subject: LintSubject, clocks: readonly NamedClock[]): string {
  const fits = (hours: number) => clocks.every(([, clock]) => deskMsIn(subject, clock, hours * HOUR_MS) >= HOUR_MS);
  if (!fits(WAIT_HOURS_MAX)) return '';
  return `; ${formatDuration(leastThat(fits) * HOUR_MS)} apart would do`;
}

/** The least whole number that fits, where every larger one does too. */
function leastThat(fits: (hours: number) => boolean): number {
  let [low, high] = [0, WAIT_HOURS_MAX];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) high = middle;
    else low = middle;
  }
  return high;
}
