import { governanceOf } from '../../src/documents/index.js';
import { parseRhythm, parseWeeksBelowGoal } from '../../src/documents/review-rhythms.js';
import { agreementText, readAgreement, spoilt } from './spec-agreement.js';

const HOUR_MS = 3_600_000;
const governance = governanceOf(readAgreement(agreementText).document!);

describe('the reviews of an agreement', () => {
  test('open on the days that it names, or within a time after a breach', () => {
    expect(governance.reviews.map(({ name, rhythm }) => [name, rhythm])).toEqual([
      ['weekly', { kind: 'weekly', weekday: 'mon', time: '10:00' }],
      ['monthly', { kind: 'monthly', place: 'second', weekday: 'tue', time: '14:00' }],
      ['executive', { kind: 'on-breach' }],
      ['quarterly', { kind: 'quarterly', place: 'second', weekday: 'wed', month: 3, time: '15:00' }],
    ]);
  });

  test('have open time in which to come to an end, where the agreement says so', () => {
    expect(governance.reviews.map(({ within }) => within)).toEqual([
      undefined,
      undefined,
      { ms: 40 * HOUR_MS, calendar: 'sales-us-east' },
      undefined,
    ]);
  });

  test('never open where it names neither a day nor a time', () => {
    const { document } = readAgreement(spoilt(agreementText, 'on: mon 10:00, ', '').text);
    expect(governanceOf(document!).reviews.map(({ name }) => name)).toEqual(['monthly', 'executive', 'quarterly']);
  });

  test('say who comes, what is talked of, and how many decisions they end in', () => {
    const [weekly, monthly] = governance.reviews;
    expect(weekly).toMatchObject({ to: ['owner-managers', 'marketing-ops'], decisionsMin: 0 });
    expect(weekly!.agenda).toHaveLength(5);
    expect(monthly).toMatchObject({ minutes: 60, decisionsMin: 2, decisionsMax: 3 });
  });

  test('stand beside how breaches climb, and what is owed besides leads', () => {
    expect(governance.breaches).toEqual({ first: 'weekly', second: 'executive', weeksBelowGoal: 2 });
    expect(governance.deliverables.map(({ owner, every }) => [owner, every])).toEqual([
      ['marketing-ops', 'quarter'],
      ['marketing-ops', 'month'],
      ['marketing-ops', 'month'],
    ]);
  });
});

describe('what an agreement may write', () => {
  test.each([
    { on: 'fri 09:30', kind: 'weekly' },
    { on: 'last thu 16:00', kind: 'monthly' },
    { on: 'first mon of first month of quarter 08:00', kind: 'quarterly' },
  ])('$on is $kind', ({ on, kind }) => {
    expect(parseRhythm(on)).toMatchObject({ kind });
  });

  test.each([
    'monday 10:00',
    'fifth tue 14:00',
    'mon',
    'mon 24:00',
    'wed of last month of quarter 15:00',
    'daily 10:00',
  ])('%s is no day of a review', (on) => {
    expect(parseRhythm(on)).toBeUndefined();
  });

  test.each([
    { text: '1 week below goal', weeks: 1 },
    { text: '13 weeks below goal', weeks: 13 },
    { text: '14 weeks below goal', weeks: undefined },
    { text: '2 months below goal', weeks: undefined },
  ])('$text is $weeks', ({ text, weeks }) => {
    expect(parseWeeksBelowGoal(text)).toBe(weeks);
  });

  test.each([
    { written: 'on: mon 10:00', instead: 'on: mondays', path: 'reviews.weekly.on' },
    { written: 'decisions: { min: 2, max: 3 }', instead: 'decisions: { min: 4, max: 3 }', path: 'reviews.monthly' },
    { written: '2 weeks below goal', instead: 'soon', path: 'breaches.secondAfter' },
  ])('$instead is a mistake at $path', ({ written, instead, path }) => {
    const { mistakes } = readAgreement(spoilt(agreementText, written, instead).text);
    expect(mistakes.map((mistake) => mistake.path).join()).toContain(path);
  });
});
