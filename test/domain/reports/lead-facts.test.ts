import {
  accept,
  aLead,
  dispose,
  dispute,
  feedback,
  opportunity,
  qualify,
  reject,
  resolve,
  sellOn,
  touch,
  when,
  type Fact,
} from '../../builders/index.js';
import { contributed } from './told.js';

const factsOf = (facts: readonly Fact[], until = 'fri 17:00', fields = {}) =>
  contributed(aLead({ fields }), facts, until).lead;

const demoHeld = (at: string): Fact => qualify(at, { intent: 'demo-held' });
const sold: readonly Fact[] = [
  accept('tue 10:30'),
  touch('tue 11:00', 'reached'),
  demoHeld('tue 11:30'),
  sellOn('tue 12:00'),
];

describe('what a lead contributes', () => {
  test('has its stages with their instants', () => {
    expect(factsOf([...sold, opportunity('wed 10:00', 'open'), opportunity('thu 10:00', 'won')])).toMatchObject({
      stage: 'customer',
      touchedAt: when('tue 11:00'),
      touchedChannel: 'phone',
      salAt: when('tue 10:30'),
      salesQualifiedAt: when('tue 12:00'),
      opportunityAt: when('wed 10:00'),
      wonAt: when('thu 10:00'),
      lostAt: null,
    });
  });

  test('is lost while the last word of its opportunity says so', () => {
    const lost = [...sold, opportunity('wed 10:00', 'open'), opportunity('thu 10:00', 'lost')];
    expect(factsOf(lost).lostAt).toBe(when('thu 10:00'));
    expect(factsOf([...lost, opportunity('thu 11:00', 'open')]).lostAt).toBeNull();
  });

  test('is held by its first owner, whoever has it now', () => {
    const untouched = factsOf([], '+1 fri 17:00');
    expect(untouched.owner).toBe('rep-east-1');
  });

  test.each([
    { label: 'nothing missing', fields: {}, filledCount: 9, placeholderCount: 0 },
    { label: 'a field missing', fields: { company: null }, filledCount: 8, placeholderCount: 0 },
    { label: 'a placeholder, in whichever letters', fields: { company: ' N/A ' }, filledCount: 8, placeholderCount: 1 },
    { label: 'a word that only contains one', fields: { company: 'Test Ltd' }, filledCount: 9, placeholderCount: 0 },
  ])('with $label has $filledCount of 9 fields', ({ fields, filledCount, placeholderCount }) => {
    expect(factsOf([], 'tue 10:30', fields)).toMatchObject({ requiredCount: 9, filledCount, placeholderCount });
  });

  test('keeps counting as disqualified by whoever said so', () => {
    expect(factsOf([reject('tue 11:00', 'bad-data')]).disqualifiedBy).toBe('rejected');
    expect(factsOf([touch('tue 11:00', 'opted-out')]).disqualifiedBy).toBe('opted-out');
    expect(factsOf([dispute('tue 11:00'), resolve('tue 12:00', 'upheld')]).disqualifiedBy).toBe('dispute-upheld');
  });

  test('was rejected with notes only if they came with the rejection', () => {
    expect(factsOf([reject('tue 11:00', 'not-icp', 'a school')]).rejectedWithNotesAt).toBe(when('tue 11:00'));
    expect(factsOf([reject('tue 11:00', 'bad-data'), feedback('tue 12:00')]).rejectedWithNotesAt).toBeNull();
  });
});

describe('a cycle', () => {
  test.each([
    { decision: 'accepted', facts: [accept('tue 10:30')], decidedAt: 'tue 10:30' },
    { decision: 'accepted-by-implication', facts: [touch('tue 11:00')], decidedAt: 'tue 11:00' },
    { decision: 'rejected', facts: [reject('tue 11:00', 'bad-data')], decidedAt: 'tue 11:00' },
    {
      decision: 'dispute-upheld',
      facts: [accept('tue 10:30'), dispute('tue 11:00'), resolve('tue 12:00', 'upheld')],
      decidedAt: 'tue 12:00',
    },
  ])('is $decision', ({ decision, facts, decidedAt }) => {
    expect(factsOf(facts).cycles).toMatchObject([{ cycle: 1, decision, decidedAt: when(decidedAt) }]);
  });

  test('begins undecided, and after waking the next one tells where the lead rested', () => {
    const asleep = [touch('tue 11:00'), dispose('tue 12:00', 'bad-timing', { wakeOn: '2027-01-12' })];
    const [first, second] = factsOf(asleep, '2027-01-13 12:00').cycles;
    expect(first).toMatchObject({ outcome: 'recycled', outcomeAt: when('tue 12:00'), reason: 'bad-timing' });
    expect(second).toMatchObject({ cycle: 2, wokenFrom: 'recycled', decision: null, outcome: null, touchedAt: null });
    expect(second!.startedAt).toBe(when('2027-01-12 09:00'));
  });
});

describe('an entry into a stage', () => {
  const flaws = (facts: readonly Fact[]) => factsOf(facts).entries.map(({ stage, flaw }) => [stage, flaw]);

  test('is sound after an acceptance, a contact, and with an amount', () => {
    const open: Fact = { type: 'opportunity', at: 'wed 10:00', body: { status: 'open', amount: '1000 USD' } };
    expect(flaws([...sold, open, opportunity('thu 10:00', 'won')])).toEqual([
      ['sal', null],
      ['sales-qualified', null],
      ['opportunity', null],
      ['customer', null],
    ]);
  });

  test.each([
    { label: 'sal by implication', facts: [touch('tue 11:00')], flaw: ['sal', 'by-implication'] },
    {
      label: 'sales-qualified without a contact',
      facts: [accept('tue 10:30'), demoHeld('tue 11:30'), sellOn('tue 12:00')],
      flaw: ['sales-qualified', 'without-contact'],
    },
    {
      label: 'an opportunity without an amount',
      facts: [...sold, opportunity('wed 10:00', 'open')],
      flaw: ['opportunity', 'without-amount'],
    },
    {
      label: 'a customer that never was an opportunity',
      facts: [...sold, opportunity('wed 10:00', 'won')],
      flaw: ['customer', 'skipped'],
    },
    {
      label: 'an acceptance at the very instant of the hand-off',
      facts: [accept('tue 10:00')],
      flaw: ['sal', 'skipped'],
    },
    {
      label: 'what was reopened later',
      facts: [...sold, { type: 'reopen', at: 'tue 13:00', body: { reason: 'a slip' } } satisfies Fact],
      flaw: ['sales-qualified', 'reopened'],
    },
  ])('is not: $label', ({ facts, flaw }) => {
    expect(flaws(facts).at(-1)).toEqual(flaw);
  });
});

test('a lead below the criteria contributes no cycle and no entry', () => {
  const { lead, clocks } = contributed(aLead({ fields: { employees: 3 } }), [], 'fri 17:00');
  expect(lead).toMatchObject({ isExcluded: true, cycles: [], entries: [], stage: 'inquiry' });
  expect(clocks).toEqual([]);
});
