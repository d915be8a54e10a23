/**
 * Local time, windows and sums equal those of Temporal, an implementation that shares no line with ours, over random
 * zones, dates and calendars; zones in which the runtime's data is of another release than ours are left out.
 */
import { cases, fc } from '../chance/index.js';
import { Temporal } from 'temporal-polyfill';
import { openTimeBetween, type CalendarDefinition } from '../../src/domain/business-time/index.js';
import { instantToLocal, localToInstant, type Zone } from '../../src/domain/business-time/zone-table.js';
import { addInCalendar, compile, dateStart, zoneTable } from '../../src/zones/index.js';
import { agreeingZones, disagreeingZones, ORACLE_FROM, ORACLE_UNTIL } from './agreeing-zones.js';

const DAY_MS = 86_400_000;
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

interface Place {
  readonly zone: string;
  readonly at: number;
}

const changesOf = ({ changesAt }: Zone): number[] =>
  changesAt.filter((at) => at > ORACLE_FROM + 20 * DAY_MS && at < ORACLE_UNTIL - 40 * DAY_MS);
const changingZones = agreeingZones.filter((zone) => changesOf(zone).length > 0);

/** Any zone and instant; two times of three within two days of a change of that zone's clocks. */
const anyPlace: fc.Arbitrary<Place> = fc.oneof(
  fc.record({
    zone: fc.constantFrom(...agreeingZones.map(({ name }) => name)),
    at: fc.integer({ min: ORACLE_FROM + 20 * DAY_MS, max: ORACLE_UNTIL - 40 * DAY_MS }),
  }),
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(...changingZones)
      .chain((zone) =>
        fc
          .tuple(fc.constantFrom(...changesOf(zone)), fc.integer({ min: -2 * DAY_MS, max: 2 * DAY_MS }))
          .map(([changeAt, aside]) => ({ zone: zone.name, at: changeAt + aside })),
      ),
  },
);

const timeText = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** Quarter hours, often in the small hours, where clocks change. */
const anyMinutes = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 96 })).map((n) => n * 15);
const anyInterval = fc
  .tuple(anyMinutes, anyMinutes)
  .filter(([a, b]) => a !== b)
  .map(([a, b]) => `${timeText(Math.min(a, b))}-${timeText(Math.max(a, b))}`);
const anyHours = fc.array(anyInterval, { maxLength: 3 });
const anyWeek = fc
  .uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 })
  .chain((days) => fc.tuple(...days.map((day) => anyHours.map((hours) => [day, hours] as const))))
  .map((entries) => Object.fromEntries(entries));

const dateText = (at: number): string => new Date(at).toISOString().slice(0, 10);
const anyDatesNear = (at: number): fc.Arbitrary<string[]> =>
  fc
    .uniqueArray(fc.integer({ min: -3, max: 10 }), { maxLength: 3 })
    .map((days) => days.map((day) => dateText(at + day * DAY_MS)));

/** A place and a calendar in its zone, with closed days and exceptions near by. */
const anyCalendar = anyPlace.chain(({ zone, at }) =>
  fc
    .tuple(anyWeek, anyDatesNear(at), anyDatesNear(at), fc.array(anyHours, { minLength: 3, maxLength: 3 }))
    .map(([hours, closed, dates, hoursOfDates]) => ({
      at,
      calendar: {
        timeZone: zone,
        hours,
        closed,
        exceptions: Object.fromEntries(dates.map((date, index) => [date, hoursOfDates[index]!])),
      } satisfies CalendarDefinition,
    })),
);

function oracleInstant(zone: string, date: Temporal.PlainDate, time: string): number {
  const isNextMidnight = time === '24:00';
  const day = isNextMidnight ? date.add({ days: 1 }) : date;
  const local = day.toPlainDateTime(isNextMidnight ? '00:00' : time);
  return local.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds;
}

function oracleHoursOn({ hours, closed = [], exceptions = {} }: CalendarDefinition, date: Temporal.PlainDate) {
  const exception = exceptions[date.toString()];
  if (exception !== undefined) return exception;
  return closed.includes(date.toString()) ? [] : (hours[weekdays[date.dayOfWeek - 1]!] ?? []);
}

/** The open pieces of `[from, until)`, not yet joined, in no order. */
function oraclePieces(calendar: CalendarDefinition, from: number, until: number): [number, number][] {
  const zone = calendar.timeZone;
  const firstDate = Temporal.Instant.fromEpochMilliseconds(from - 2 * DAY_MS)
    .toZonedDateTimeISO(zone)
    .toPlainDate();
  const dayCount = Math.ceil((until - from) / DAY_MS) + 4;
  return Array.from({ length: dayCount }, (_, days) => firstDate.add({ days }))
    .filter((date) => date.toZonedDateTime(zone).toPlainDate().equals(date)) // else the zone skips that date
    .flatMap((date) =>
      oracleHoursOn(calendar, date).map((interval): [number, number] => {
        const [open, close] = interval.split('-') as [string, string];
        return [Math.max(from, oracleInstant(zone, date, open)), Math.min(until, oracleInstant(zone, date, close))];
      }),
    )
    .filter(([openAt, closeAt]) => openAt < closeAt);
}

/** Joins by looking, at every bound, whether any piece is open just before and just after it. */
function oracleWindows(calendar: CalendarDefinition, from: number, until: number): number[] {
  const pieces = oraclePieces(calendar, from, until);
  const isOpenAt = (at: number) => pieces.some(([openAt, closeAt]) => openAt <= at && at < closeAt);
  const bounds = [...new Set(pieces.flat())].sort((a, b) => a - b);
  return bounds.filter((at) => isOpenAt(at - 1) !== isOpenAt(at));
}

beforeAll(() => {
  console.info(
    `zones whose runtime data differs from release ${zoneTable.release}: ${disagreeingZones.join(', ') || 'none'}`,
  );
});

test('nearly all zones of the runtime agree with the pinned release', () => {
  expect(disagreeingZones.length).toBeLessThan(40);
  expect(agreeingZones.length).toBeGreaterThan(300);
});

test('local times fall on the instants of Temporal', () => {
  fc.assert(
    fc.property(anyPlace, anyMinutes, ({ zone, at }, minutes) => {
      const date = dateText(at);
      const expected = oracleInstant(zone, Temporal.PlainDate.from(date), timeText(minutes));
      expect(localToInstant(zoneTable, zone, date, timeText(minutes))).toBe(expected);
    }),
    cases(1_500),
  );
});

test('instants show the local time of Temporal', () => {
  fc.assert(
    fc.property(anyPlace, ({ zone, at }) => {
      const shown = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDateTime().toString();
      expect(instantToLocal(zoneTable, zone, at)).toBe(Date.parse(`${shown}Z`));
    }),
    cases(1_000),
  );
});

test('a date that is there begins when Temporal says, or at the first of two midnights', () => {
  fc.assert(
    fc.property(anyPlace, ({ zone, at }) => {
      const date = Temporal.PlainDate.from(dateText(at));
      fc.pre(date.toZonedDateTime(zone).toPlainDate().equals(date));
      expect(dateStart(zone, date.toString())).toBe(date.toZonedDateTime(zone).epochMilliseconds);
    }),
    cases(500),
  );
});

test('calendars compile to the windows of Temporal', () => {
  fc.assert(
    fc.property(anyCalendar, fc.integer({ min: 1, max: 12 * DAY_MS }), ({ calendar, at }, lengthMs) => {
      const from = at - 2 * DAY_MS;
      const windows = compile(calendar, from, from + lengthMs);
      if (windows.unbroken) return;
      expect(windows.flat).toEqual(oracleWindows(calendar, from, from + lengthMs));
    }),
    cases(250),
  );
});

test('sums in a calendar end where the open time of Temporal is used up', () => {
  fc.assert(
    fc.property(anyCalendar, fc.integer({ min: 1, max: 40 * 3_600_000 }), ({ calendar, at }, ms) => {
      const until = at + 14 * DAY_MS;
      const oracle = { key: 'oracle', from: at, until, flat: oracleWindows(calendar, at, until) };
      fc.pre(openTimeBetween(oracle, at, until) >= ms);
      const endsAt = addInCalendar('any', calendar, at, ms);
      expect(openTimeBetween(oracle, at, endsAt)).toBe(ms);
      expect(openTimeBetween(oracle, at, endsAt - 1)).toBe(ms - 1);
    }),
    cases(150),
  );
});
