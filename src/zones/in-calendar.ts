import { compileCalendar } from '../domain/business-time/compile-calendar.js';
import {
  addOpenTime,
  CLOSED_MS_MAX,
  openTimeBetween,
  provesNoOpenTime,
  type CalendarDefinition,
  type DurationMs,
  type Instant,
  type Pause,
} from '../domain/business-time/index.js';
import { calendarKey } from './calendar-key.js';
import { zoneTable } from './zone-data.js';

const SOON_MS = 14 * 86_400_000;

/** A calendar that stays closed for two years and more (spec T5). */
export interface NoOpenTime {
  readonly code: 'no-open-time';
  /** Closed from here on. */
  readonly since: Instant;
  /** Known to be closed until here, at least. */
  readonly until: Instant;
}

/** Thrown by sums that cannot end, because a calendar that was accepted once has run out of open time since. */
export class NoOpenTimeError extends Error implements NoOpenTime {
  readonly code = 'no-open-time';

  constructor(
    readonly calendar: string,
    readonly since: Instant,
    readonly until: Instant,
  ) {
    super(
      `calendar "${calendar}" has no open time from ${new Date(since).toISOString()} to ` +
        `${new Date(until).toISOString()}; give it hours or dated exceptions in these two years`,
    );
    this.name = 'NoOpenTimeError';
  }
}

/**
 * The earliest instant by which `ms` of open time outside `pauses` has passed since `start`, however far that is
 * (spec T3). `name` is the calendar's, for the error.
 * @throws NoOpenTimeError if the calendar stays closed for two years before that (spec T5)
 */
export function addInCalendar(
  name: string,
  definition: CalendarDefinition,
  start: Instant,
  ms: DurationMs,
  pauses: readonly Pause[] = [],
): Instant {
  let leftMs = ms;
  for (let reachedAt = start; ;) {
    const windows = compileTwoYears(definition, reachedAt);
    const endsAt = addOpenTime(windows, reachedAt, leftMs, pauses);
    if (endsAt !== undefined) return endsAt;
    if (provesNoOpenTime(windows, reachedAt)) throw new NoOpenTimeError(name, reachedAt, windows.until);
    leftMs -= openTimeBetween(windows, reachedAt, windows.until, pauses);
    reachedAt = windows.flat.at(-1)!;
  }
}

/**
 * `at` itself if the calendar is open, else its next opening.
 * @throws NoOpenTimeError if there is none within two years (spec T5)
 */
export function nextOpeningInCalendar(name: string, definition: CalendarDefinition, at: Instant): Instant {
  return addInCalendar(name, definition, at, 0);
}

/** Says so if a calendar has no open time in the two years from `at`, for which it is refused when saved (spec T5). */
export function findNoOpenTime(definition: CalendarDefinition, at: Instant): NoOpenTime | undefined {
  if (opensSoon(definition, at)) return undefined;
  const windows = compileTwoYears(definition, at);
  return provesNoOpenTime(windows, at) ? { code: 'no-open-time', since: at, until: windows.until } : undefined;
}

/** Nearly every calendar does, and two weeks are compiled fifty times as fast as two years. */
const opensSoon = (definition: CalendarDefinition, at: Instant): boolean =>
  compileFrom(definition, at, SOON_MS).flat.length > 0;

const compileTwoYears = (definition: CalendarDefinition, from: Instant) => compileFrom(definition, from, CLOSED_MS_MAX);

function compileFrom(definition: CalendarDefinition, from: Instant, forMs: DurationMs) {
  return compileCalendar(zoneTable, definition, calendarKey(definition), from, from + forMs);
}
