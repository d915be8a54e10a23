import {
  instantToLocal,
  localToInstant,
  offsetAt,
  requireZone,
  type ZoneTable,
} from '../../../src/domain/business-time/zone-table.js';
import { zoneTable } from '../../../src/zones/index.js';

const HOUR_MS = 3_600_000;
const iso = (at: number): string => new Date(at).toISOString();

describe('localToInstant', () => {
  test.each([
    {
      label: 'Berlin, before the gap',
      zone: 'Europe/Berlin',
      date: '2026-03-29',
      time: '01:59',
      instant: '2026-03-29T00:59:00.000Z',
    },
    {
      label: 'Berlin, the first skipped minute moves forward by the gap',
      zone: 'Europe/Berlin',
      date: '2026-03-29',
      time: '02:00',
      instant: '2026-03-29T01:00:00.000Z',
    },
    {
      label: 'Berlin, the last skipped minute moves forward by the gap',
      zone: 'Europe/Berlin',
      date: '2026-03-29',
      time: '02:59',
      instant: '2026-03-29T01:59:00.000Z',
    },
    {
      label: 'Berlin, after the gap',
      zone: 'Europe/Berlin',
      date: '2026-03-29',
      time: '03:00',
      instant: '2026-03-29T01:00:00.000Z',
    },
    {
      label: 'Berlin, before the overlap',
      zone: 'Europe/Berlin',
      date: '2026-10-25',
      time: '01:59',
      instant: '2026-10-24T23:59:00.000Z',
    },
    {
      label: 'Berlin, the first doubled minute means the first',
      zone: 'Europe/Berlin',
      date: '2026-10-25',
      time: '02:00',
      instant: '2026-10-25T00:00:00.000Z',
    },
    {
      label: 'Berlin, the last doubled minute means the first',
      zone: 'Europe/Berlin',
      date: '2026-10-25',
      time: '02:59',
      instant: '2026-10-25T00:59:00.000Z',
    },
    {
      label: 'Berlin, after the overlap',
      zone: 'Europe/Berlin',
      date: '2026-10-25',
      time: '03:00',
      instant: '2026-10-25T02:00:00.000Z',
    },
    {
      label: 'Dublin, whose standard time is in summer',
      zone: 'Europe/Dublin',
      date: '2026-10-25',
      time: '01:30',
      instant: '2026-10-25T00:30:00.000Z',
    },
    {
      label: 'Lord Howe, in the gap of half an hour',
      zone: 'Australia/Lord_Howe',
      date: '2026-10-04',
      time: '02:00',
      instant: '2026-10-03T15:30:00.000Z',
    },
    {
      label: 'Lord Howe, after the gap of half an hour',
      zone: 'Australia/Lord_Howe',
      date: '2026-10-04',
      time: '02:30',
      instant: '2026-10-03T15:30:00.000Z',
    },
    {
      label: 'Lord Howe, in the half hour that occurs twice',
      zone: 'Australia/Lord_Howe',
      date: '2026-04-05',
      time: '01:30',
      instant: '2026-04-04T14:30:00.000Z',
    },
    {
      label: 'Apia, the date that was skipped moves by a day',
      zone: 'Pacific/Apia',
      date: '2011-12-30',
      time: '09:00',
      instant: '2011-12-30T19:00:00.000Z',
    },
    {
      label: 'Apia, the day before',
      zone: 'Pacific/Apia',
      date: '2011-12-29',
      time: '23:59',
      instant: '2011-12-30T09:59:00.000Z',
    },
    {
      label: 'Apia, the day after',
      zone: 'Pacific/Apia',
      date: '2011-12-31',
      time: '00:00',
      instant: '2011-12-30T10:00:00.000Z',
    },
    {
      label: 'Kwajalein, the date that was skipped',
      zone: 'Pacific/Kwajalein',
      date: '1993-08-21',
      time: '12:00',
      instant: '1993-08-22T00:00:00.000Z',
    },
    {
      label: 'Chatham, +13:45',
      zone: 'Pacific/Chatham',
      date: '2026-01-15',
      time: '09:00',
      instant: '2026-01-14T19:15:00.000Z',
    },
    {
      label: 'Kiritimati, +14',
      zone: 'Pacific/Kiritimati',
      date: '2026-01-15',
      time: '00:00',
      instant: '2026-01-14T10:00:00.000Z',
    },
    {
      label: 'Niue, -11',
      zone: 'Pacific/Niue',
      date: '2026-01-15',
      time: '24:00',
      instant: '2026-01-16T11:00:00.000Z',
    },
    {
      label: 'Troll, two hours in summer',
      zone: 'Antarctica/Troll',
      date: '2026-03-29',
      time: '01:30',
      instant: '2026-03-29T01:30:00.000Z',
    },
    {
      label: 'Vancouver, on summer time for good since March 2026',
      zone: 'America/Vancouver',
      date: '2026-12-01',
      time: '09:00',
      instant: '2026-12-01T16:00:00.000Z',
    },
    {
      label: 'New York by local mean time, to the second',
      zone: 'America/New_York',
      date: '1883-11-18',
      time: '12:00',
      instant: '1883-11-18T16:56:02.000Z',
    },
    {
      label: 'Calcutta, by its old name',
      zone: 'Asia/Calcutta',
      date: '2026-06-01',
      time: '09:30',
      instant: '2026-06-01T04:00:00.000Z',
    },
    {
      label: 'Berlin, thirty summers from now',
      zone: 'Europe/Berlin',
      date: '2056-07-01',
      time: '09:00',
      instant: '2056-07-01T07:00:00.000Z',
    },
  ])('$label', ({ zone, date, time, instant }) => {
    expect(iso(localToInstant(zoneTable, zone, date, time))).toBe(instant);
  });

  test.each([
    {
      zone: 'Europe/Berln',
      date: '2026-11-23',
      time: '09:00',
      message: /"Europe\/Berln" is not in IANA release 2026f; write /,
    },
    { zone: 'europe/berlin', date: '2026-11-23', time: '09:00', message: /is not in IANA release/ },
    { zone: 'UTC', date: '2026-02-29', time: '09:00', message: /"2026-02-29" is no date; write / },
    { zone: 'UTC', date: '2026-11-23', time: '9:00', message: /"9:00" is no time of day; write / },
  ])('throws for $zone $date $time', ({ zone, date, time, message }) => {
    expect(() => localToInstant(zoneTable, zone, date, time)).toThrow(message);
  });

  test('takes the first of several clock changes on one day', () => {
    const twoChanges: ZoneTable = {
      release: 'made up',
      findZone: (name) => ({
        name,
        changesAt: [10 * HOUR_MS, 12 * HOUR_MS],
        offsetsMs: [0, -3 * HOUR_MS, 0],
        abbreviations: ['A', 'B', 'A'],
      }),
    };
    const at = (time: string) => localToInstant(twoChanges, 'Any/Where', '1970-01-01', time) / HOUR_MS;
    expect(at('08:00')).toBe(8); // again at 11:00 UTC
    expect(at('09:30')).toBe(9.5); // the clocks skip from 09:00 to 12:00 only after having shown it
    expect(at('10:30')).toBe(13.5); // skipped: by the offset of -3 h that held before
    expect(at('12:00')).toBe(12);
  });
});

describe('offsetAt and instantToLocal', () => {
  test.each([
    { label: 'just before a change', at: '2026-03-29T00:59:59.999Z', offsetHours: 1 },
    { label: 'at a change', at: '2026-03-29T01:00:00.000Z', offsetHours: 2 },
    { label: 'before all changes', at: '1800-01-01T00:00:00.000Z', offsetHours: (53 * 60 + 28) / 3_600 },
  ])('$label', ({ at, offsetHours }) => {
    const instant = Date.parse(at);
    expect(offsetAt(zoneTable, 'Europe/Berlin', instant)).toBe(Math.round(offsetHours * HOUR_MS));
    expect(instantToLocal(zoneTable, 'Europe/Berlin', instant)).toBe(instant + Math.round(offsetHours * HOUR_MS));
  });
});

test('a zone without changes has one period', () => {
  expect(requireZone(zoneTable, 'UTC')).toMatchObject({ changesAt: [], offsetsMs: [0], abbreviations: ['UTC'] });
});
