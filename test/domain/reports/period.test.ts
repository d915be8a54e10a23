import {
  periodAround,
  periodBefore,
  periodNamed,
  periodOfDays,
  periodsUpTo,
  edgesOf,
  neighboursOf,
  type PeriodPorts,
} from '../../../src/domain/reports/index.js';
import { dateStart } from '../../../src/zones/index.js';

const newYork: PeriodPorts = { timeZone: 'America/New_York', dateStart, fiscalYearStart: 1 };
const fromFebruary: PeriodPorts = { ...newYork, fiscalYearStart: 2 };
const iso = (at: number): string => new Date(at).toISOString();

describe('a period by its name', () => {
  test.each([
    { name: '2026-W47', fromDate: '2026-11-16', toDate: '2026-11-23' },
    { name: '2026-W01', fromDate: '2025-12-29', toDate: '2026-01-05' },
    { name: '2026-W53', fromDate: '2026-12-28', toDate: '2027-01-04' },
    { name: '2026-12', fromDate: '2026-12-01', toDate: '2027-01-01' },
    { name: '2026-Q4', fromDate: '2026-10-01', toDate: '2027-01-01' },
  ])('$name is [$fromDate, $toDate)', ({ name, fromDate, toDate }) => {
    expect(periodNamed(name, newYork)).toMatchObject({ name, fromDate, toDate });
  });

  test.each(['2025-W53', '2026-W00', '2026-13', '2026-Q5', '2026', 'last week', '2026-w47'])('%s is none', (name) => {
    expect(periodNamed(name, newYork)).toBeUndefined();
  });

  test('begins and ends at midnight in the zone, also where the clocks change in it', () => {
    const { from, to } = periodNamed('2026-11', newYork)!;
    expect([iso(from), iso(to)]).toEqual(['2026-11-01T04:00:00.000Z', '2026-12-01T05:00:00.000Z']);
  });

  test.each([
    { name: '2026-Q1', fromDate: '2026-02-01', toDate: '2026-05-01' },
    { name: '2026-Q4', fromDate: '2026-11-01', toDate: '2027-02-01' },
  ])('$name of a fiscal year from February is [$fromDate, $toDate)', ({ name, fromDate, toDate }) => {
    expect(periodNamed(name, fromFebruary)).toMatchObject({ fromDate, toDate });
  });
});

describe('the period around a date', () => {
  test.each([
    { kind: 'week' as const, date: '2026-11-16', name: '2026-W47' },
    { kind: 'week' as const, date: '2026-11-22', name: '2026-W47' },
    { kind: 'month' as const, date: '2026-11-30', name: '2026-11' },
    { kind: 'quarter' as const, date: '2027-01-01', name: '2027-Q1' },
  ])('$kind of $date is $name', ({ kind, date, name }) => {
    expect(periodAround(kind, date, newYork).name).toBe(name);
  });

  test.each([
    { date: '2027-01-31', name: '2026-Q4' },
    { date: '2027-02-01', name: '2027-Q1' },
  ])('a quarter of a fiscal year from February: $date lies in $name', ({ date, name }) => {
    expect(periodAround('quarter', date, fromFebruary)).toEqual(periodNamed(name, fromFebruary));
  });
});

describe('the period before', () => {
  test.each([
    { name: '2026-W01', before: '2025-W52' },
    { name: '2026-01', before: '2025-12' },
    { name: '2026-Q1', before: '2025-Q4' },
  ])('$name comes after $before', ({ name, before }) => {
    expect(periodBefore(periodNamed(name, newYork)!, newYork).name).toBe(before);
  });

  test('a run of days comes after as many days', () => {
    const days = periodOfDays('2026-11-10', '2026-11-13', newYork)!;
    expect(periodBefore(days, newYork)).toMatchObject({ fromDate: '2026-11-07', toDate: '2026-11-10' });
  });
});

describe('the neighbours of a period', () => {
  test.each([
    { name: '2026-W53', ports: newYork, before: '2026-W52', after: '2027-W01' },
    { name: '2026-W01', ports: newYork, before: '2025-W52', after: '2026-W02' },
    { name: '2026-01', ports: newYork, before: '2025-12', after: '2026-02' },
    { name: '2026-Q4', ports: newYork, before: '2026-Q3', after: '2027-Q1' },
    { name: '2026-Q1', ports: fromFebruary, before: '2025-Q4', after: '2026-Q2' },
    { name: '2026-Q4', ports: fromFebruary, before: '2026-Q3', after: '2027-Q1' },
  ])('of $name are $before and $after', ({ name, ports, before, after }) => {
    const found = neighboursOf(periodNamed(name, ports)!);
    expect(found.map((one) => one.name)).toEqual([before, after]);
    for (const one of found) expect(periodNamed(one.name, ports)).toMatchObject(one);
  });

  test('of a run of days are as many days', () => {
    const days = periodOfDays('2026-11-05', '2026-11-08', newYork)!;
    expect(neighboursOf(days).map(({ name }) => name)).toEqual(['2026-11-02–2026-11-05', '2026-11-08–2026-11-11']);
  });
});

describe('a run of days', () => {
  test.each([
    { fromDate: '2026-11-10', toDate: '2026-11-10' },
    { fromDate: '2026-11-10', toDate: '2026-11-09' },
    { fromDate: '2026-02-30', toDate: '2026-03-09' },
    { fromDate: '2024-01-01', toDate: '2026-01-03' },
  ])('from $fromDate to $toDate is none', ({ fromDate, toDate }) => {
    expect(periodOfDays(fromDate, toDate, newYork)).toBeUndefined();
  });
});

describe('the last whole periods', () => {
  test.each([
    { date: '2026-11-15', names: ['2026-W44', '2026-W45'] },
    { date: '2026-11-16', names: ['2026-W45', '2026-W46'] },
    { date: '2026-11-17', names: ['2026-W45', '2026-W46'] },
  ])('before $date are $names', ({ date, names }) => {
    expect(periodsUpTo('week', date, 2, newYork).map(({ name }) => name)).toEqual(names);
  });

  test('follow one another without a gap, also where the clocks change', () => {
    const edges = edgesOf(periodsUpTo('month', '2026-12-01', 2, newYork));
    expect(edges.map(iso)).toEqual([
      '2026-10-01T04:00:00.000Z',
      '2026-11-01T04:00:00.000Z',
      '2026-12-01T05:00:00.000Z',
    ]);
  });
});
