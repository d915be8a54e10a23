import { compileCalendar } from '../../../src/domain/business-time/compile-calendar.js';
import { FIRST_INSTANT, LAST_INSTANT, type CalendarDefinition } from '../../../src/domain/business-time/index.js';
import { zoneTable } from '../../../src/zones/index.js';

const compiled = (parts: Partial<CalendarDefinition>, from: string, until: string) =>
  compileCalendar(zoneTable, { timeZone: 'UTC', hours: {}, ...parts }, 'key', Date.parse(from), Date.parse(until));

/** The windows as text, `open/close`, with seconds left out. */
const windowsOf = (parts: Partial<CalendarDefinition>, from: string, until: string): string[] => {
  const instants = compiled(parts, from, until).flat.map((at) => new Date(at).toISOString().slice(0, 16));
  return instants.flatMap((openAt, index) => (index % 2 === 0 ? [`${openAt}/${instants[index + 1]}`] : []));
};

describe('compileCalendar', () => {
  test.each<{ label: string; parts: Partial<CalendarDefinition>; from: string; until: string; windows: string[] }>([
    {
      label: 'turns local hours into UTC',
      parts: { timeZone: 'America/New_York', hours: { mon: ['09:00-17:00'] } },
      from: '2026-11-23',
      until: '2026-11-30',
      windows: ['2026-11-23T14:00/2026-11-23T22:00'],
    },
    {
      label: 'cuts windows at both ends of the horizon',
      parts: { hours: { 'mon-fri': ['09:00-17:00'] } },
      from: '2026-11-23T10:00Z',
      until: '2026-11-24T10:00Z',
      windows: ['2026-11-23T10:00/2026-11-23T17:00', '2026-11-24T09:00/2026-11-24T10:00'],
    },
    {
      label: 'gives none for a horizon from closing to opening',
      parts: { hours: { 'mon-fri': ['09:00-17:00'] } },
      from: '2026-11-23T17:00Z',
      until: '2026-11-24T09:00Z',
      windows: [],
    },
    {
      label: 'joins intervals that touch or overlap, in any order',
      parts: { hours: { mon: ['13:00-15:00', '09:00-12:00', '12:00-13:30'] } },
      from: '2026-11-23',
      until: '2026-11-24',
      windows: ['2026-11-23T09:00/2026-11-23T15:00'],
    },
    {
      label: 'joins 24:00 to the next day',
      parts: { hours: { mon: ['20:00-24:00'], tue: ['00:00-04:00'] } },
      from: '2026-11-23',
      until: '2026-11-26',
      windows: ['2026-11-23T20:00/2026-11-24T04:00'],
    },
    {
      label: 'moves an opening in a gap forward',
      parts: { timeZone: 'America/New_York', hours: { sun: ['02:30-06:00'] } },
      from: '2026-03-08',
      until: '2026-03-09',
      windows: ['2026-03-08T07:30/2026-03-08T10:00'],
    },
    {
      label: 'drops what a gap turns upside down',
      parts: { timeZone: 'America/New_York', hours: { sun: ['02:30-03:15', '02:45-03:45'] } },
      from: '2026-03-08',
      until: '2026-03-09',
      windows: [],
    },
    {
      label: 'joins what a gap pushes over later hours',
      parts: { timeZone: 'America/New_York', hours: { sun: ['02:15-02:45', '03:30-05:00'] } },
      from: '2026-03-08',
      until: '2026-03-09',
      windows: ['2026-03-08T07:15/2026-03-08T09:00'],
    },
    {
      label: 'counts a doubled hour that lies inside twice',
      parts: { timeZone: 'Europe/Berlin', hours: { sun: ['01:00-04:00'] } },
      from: '2026-10-24',
      until: '2026-10-26',
      windows: ['2026-10-24T23:00/2026-10-25T03:00'],
    },
    {
      label: 'keeps what a gap before midnight pushes into the day at which the horizon begins',
      parts: { timeZone: 'America/Nuuk', hours: { sat: ['23:15-23:45'] } },
      from: '2026-03-29T01:20Z',
      until: '2026-03-30T00:00Z',
      windows: ['2026-03-29T01:20/2026-03-29T01:45'],
    },
    {
      label: 'has no hours on a date that is skipped, not even by an exception',
      parts: {
        timeZone: 'Pacific/Apia',
        hours: { 'mon-fri': ['09:00-17:00'] },
        exceptions: { '2011-12-30': ['09:00-12:00'] },
      },
      from: '2011-12-29T03:00Z',
      until: '2012-01-02T00:00Z',
      windows: ['2011-12-29T19:00/2011-12-30T03:00', '2012-01-01T19:00/2012-01-02T00:00'],
    },
    {
      label: 'stays open over a date that is skipped',
      parts: { timeZone: 'Pacific/Apia', hours: { 'thu-sat': ['00:00-24:00'] } },
      from: '2011-12-28T00:00Z',
      until: '2012-01-03T00:00Z',
      windows: ['2011-12-29T10:00/2011-12-31T10:00'],
    },
    {
      label: 'takes hours of the local date, a day ahead of UTC',
      parts: { timeZone: 'Pacific/Kiritimati', hours: { tue: ['00:00-24:00'] } },
      from: '2026-11-22T00:00Z',
      until: '2026-11-26T00:00Z',
      windows: ['2026-11-23T10:00/2026-11-24T10:00'],
    },
  ])('$label', ({ parts, from, until, windows }) => expect(windowsOf(parts, from, until)).toEqual(windows));

  test('says what time its windows cover', () => {
    expect(compiled({ hours: { mon: ['09:00-10:00'] } }, '2026-11-23', '2026-11-24')).toEqual({
      key: 'key',
      from: Date.parse('2026-11-23'),
      until: Date.parse('2026-11-24'),
      flat: [Date.parse('2026-11-23T09:00Z'), Date.parse('2026-11-23T10:00Z')],
    });
  });

  test('makes one window of all time from an unbroken calendar, in any zone', () => {
    expect(
      compiled({ timeZone: 'Pacific/Apia', hours: { 'mon-sun': ['00:00-24:00'] } }, '2026-11-23', '2026-11-24'),
    ).toEqual({
      key: 'key',
      from: FIRST_INSTANT,
      until: LAST_INSTANT,
      flat: [FIRST_INSTANT, LAST_INSTANT],
      unbroken: true,
    });
  });

  test('refuses an unknown zone, also for an unbroken calendar', () => {
    const nowhere = { timeZone: 'Nowhere', hours: { 'mon-sun': ['00:00-24:00'] } };
    expect(() => compiled(nowhere, '2026-11-23', '2026-11-24')).toThrow(/time zone "Nowhere" is not in/);
  });
});
