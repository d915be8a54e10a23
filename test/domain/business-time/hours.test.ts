import {
  findCalendarMistakes,
  hoursPerDay,
  isUnbroken,
  type CalendarDefinition,
} from '../../../src/domain/business-time/index.js';
import { parseDate, type EpochDay } from '../../../src/domain/business-time/civil-date.js';
import { hoursOn, readHours } from '../../../src/domain/business-time/hours.js';

const open = ['00:00-24:00'];
const aCalendar = (parts: Partial<CalendarDefinition>): CalendarDefinition => ({
  timeZone: 'UTC',
  hours: { 'mon-fri': ['09:00-17:00'] },
  ...parts,
});

describe('isUnbroken', () => {
  test.each<{ label: string; parts: Partial<CalendarDefinition>; unbroken: boolean }>([
    { label: 'every day from midnight to midnight', parts: { hours: { 'mon-sun': open } }, unbroken: true },
    { label: 'two halves that touch', parts: { hours: { 'mon-sun': ['12:00-24:00', '00:00-12:00'] } }, unbroken: true },
    { label: 'halves that overlap', parts: { hours: { 'mon-sun': ['00:00-13:00', '12:00-24:00'] } }, unbroken: true },
    { label: 'days one by one', parts: { hours: { 'tue-sun': open, mon: open } }, unbroken: true },
    {
      label: 'an exception as open as the week',
      parts: { hours: { 'mon-sun': open }, exceptions: { '2026-12-24': open } },
      unbroken: true,
    },
    {
      label: 'a closed day that an exception opens',
      parts: { hours: { 'mon-sun': open }, closed: ['2026-12-24'], exceptions: { '2026-12-24': open } },
      unbroken: true,
    },
    {
      label: 'a minute of the week missing',
      parts: { hours: { 'mon-sat': open, sun: ['00:00-23:59'] } },
      unbroken: false,
    },
    { label: 'a day of the week missing', parts: { hours: { 'mon-sat': open } }, unbroken: false },
    { label: 'a closed day', parts: { hours: { 'mon-sun': open }, closed: ['2026-12-25'] }, unbroken: false },
    {
      label: 'an exception that closes',
      parts: { hours: { 'mon-sun': open }, exceptions: { '2026-12-24': [] } },
      unbroken: false,
    },
  ])('of $label is $unbroken', ({ parts, unbroken }) => expect(isUnbroken(aCalendar(parts))).toBe(unbroken));
});

describe('hoursPerDay', () => {
  test.each<{ hours: CalendarDefinition['hours']; words: string }>([
    { hours: { 'mon-fri': ['09:00-17:00'] }, words: '8 h' },
    { hours: { 'mon-fri': ['08:00-12:00', '13:00-17:00'] }, words: '8 h' },
    { hours: { 'mon-fri': ['08:00-13:00', '12:00-17:00'] }, words: '9 h' },
    { hours: { 'mon-thu': ['09:00-18:00'], fri: ['09:00-15:30'] }, words: '6 h 30 m to 9 h' },
    { hours: { 'mon-fri': ['00:00-24:00'], sat: [] }, words: '24 h' },
    { hours: {}, words: 'no hours' },
  ])('says $words', ({ hours, words }) => expect(hoursPerDay(aCalendar({ hours }))).toBe(words));

  test('looks at dated hours where the week has none', () => {
    expect(hoursPerDay(aCalendar({ hours: {}, exceptions: { '2026-11-25': ['10:00-14:00'] } }))).toBe('4 h');
  });
});

describe('the hours of a date', () => {
  const hoursOf = (definition: CalendarDefinition, date: string): number[] =>
    hoursOn(readHours(definition), parseDate(date) as EpochDay).map(({ openMs }) => openMs / 3_600_000);
  const monday = '2026-11-23';

  test.each([
    { label: 'are those of its day of the week', parts: {}, openings: [9] },
    {
      label: 'are those of a range over the weekend',
      parts: { hours: { 'sat-mon': ['10:00-12:00'] } },
      openings: [10],
    },
    { label: 'are none on a closed day', parts: { closed: [monday] }, openings: [] },
    { label: 'are those of an exception', parts: { exceptions: { [monday]: ['11:00-12:00'] } }, openings: [11] },
    { label: 'are none by an empty exception', parts: { exceptions: { [monday]: [] } }, openings: [] },
    {
      label: 'are those of the exception even on a closed day',
      parts: { closed: [monday], exceptions: { [monday]: ['11:00-12:00'] } },
      openings: [11],
    },
  ])('$label', ({ parts, openings }) => expect(hoursOf(aCalendar(parts), monday)).toEqual(openings));

  test.each<Partial<CalendarDefinition>>([
    { hours: { 'mon-fri-sun': open } },
    { hours: { monday: open } },
    { hours: { '': open } },
    { hours: { mon: ['9:00-17:00'] } },
    { hours: { mon: ['09:00-12:00-17:00'] } },
    { closed: ['26.11.2026'] },
    { exceptions: { tomorrow: [] } },
  ])('cannot be read from %j', (parts) => expect(() => readHours(aCalendar(parts))).toThrow(/^calendar: .+; write /));
});

describe('findCalendarMistakes', () => {
  test('finds none in a calendar with everything', () => {
    const calendar = aCalendar({
      hours: { 'mon-thu': ['08:00-12:00', '13:00-24:00'], fri: [], 'sat-sun': open },
      closed: ['2026-12-25'],
      exceptions: { '2026-12-24': ['09:00-12:00'], '2026-12-25': [] },
    });
    expect(findCalendarMistakes(calendar, (zone) => zone === 'UTC')).toEqual([]);
  });

  test.each<{ parts: Partial<CalendarDefinition>; path: (string | number)[]; message: RegExp }>([
    { parts: { timeZone: 'Europe/Berln' }, path: ['timeZone'], message: /"Europe\/Berln" is no IANA time zone/ },
    { parts: { hours: { 'mon-fri': open, fri: [] } }, path: ['hours', 'fri'], message: /"fri" already .+ "mon-fri"/ },
    { parts: { hours: { Mon: open } }, path: ['hours', 'Mon'], message: /neither a day nor a range/ },
    { parts: { hours: { mon: ['9-5'] } }, path: ['hours', 'mon', 0], message: /no interval of a day/ },
    {
      parts: { hours: { tue: ['08:00-09:00', '17:00-09:00'] } },
      path: ['hours', 'tue', 1],
      message: /write "17:00-24:00" and, on the next day, "00:00-09:00"/,
    },
    { parts: { hours: { tue: ['09:00-09:00'] } }, path: ['hours', 'tue', 0], message: /is empty/ },
    { parts: { closed: ['2026-12-25', '2026-02-30'] }, path: ['closed', 1], message: /is no date/ },
    { parts: { exceptions: { '24 Dec': [] } }, path: ['exceptions', '24 Dec'], message: /is no date/ },
    {
      parts: { exceptions: { '2026-12-24': ['24:00-25:00'] } },
      path: ['exceptions', '2026-12-24', 0],
      message: /no interval/,
    },
  ])('names the place and the remedy: $path', ({ parts, path, message }) => {
    const mistakes = findCalendarMistakes(aCalendar(parts), (zone) => zone === 'UTC');
    expect(mistakes).toEqual([{ path, message: expect.stringMatching(message) }]);
    expect(mistakes[0]!.message).toContain('write ');
  });

  test('lists all mistakes in the order of the document', () => {
    const calendar = aCalendar({ timeZone: 'Nowhere', hours: { mon: ['x'] }, closed: ['y'], exceptions: { z: ['w'] } });
    const places = findCalendarMistakes(calendar, () => false).map(({ path }) => path[0]);
    expect(places).toEqual(['timeZone', 'hours', 'closed', 'exceptions', 'exceptions']);
  });
});
