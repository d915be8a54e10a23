import { calendarKey, compile, dateStart, formatLocal } from '../../src/zones/index.js';

const at = (text: string): number => Date.parse(text);

test('compile gives windows under the key of their calendar', () => {
  const calendar = { timeZone: 'Asia/Kolkata', hours: { 'mon-sat': ['09:30-18:30'] } };
  expect(compile(calendar, at('2026-11-21T00:00Z'), at('2026-11-23T00:00Z'))).toEqual({
    key: calendarKey(calendar),
    from: at('2026-11-21T00:00Z'),
    until: at('2026-11-23T00:00Z'),
    flat: [at('2026-11-21T04:00Z'), at('2026-11-21T13:00Z')],
  });
});

test.each([
  { zone: 'America/New_York', date: '2026-11-23', instant: '2026-11-23T05:00:00.000Z' },
  { zone: 'America/Sao_Paulo', date: '2018-11-04', instant: '2018-11-04T03:00:00.000Z' },
  { zone: 'America/Havana', date: '2026-11-01', instant: '2026-11-01T04:00:00.000Z' },
])('$date begins in $zone at $instant', ({ zone, date, instant }) => {
  expect(new Date(dateStart(zone, date)).toISOString()).toBe(instant);
});

test.each([
  { zone: 'America/New_York', instant: '2026-11-23T15:00:00Z', text: 'Mon 23 Nov 2026, 10:00 EST' },
  { zone: 'America/New_York', instant: '2026-07-01T03:59:00Z', text: 'Tue 30 Jun 2026, 23:59 EDT' },
  { zone: 'Asia/Kathmandu', instant: '2026-12-31T18:15:00Z', text: 'Fri 1 Jan 2027, 00:00 UTC+0545' },
  { zone: 'UTC', instant: '2026-03-01T00:00:07.999Z', text: 'Sun 1 Mar 2026, 00:00:07 UTC' },
])('formatLocal says $text in $zone', ({ zone, instant, text }) => expect(formatLocal(zone, at(instant))).toBe(text));
