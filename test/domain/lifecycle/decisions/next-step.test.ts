import {
  accept,
  aLead,
  applyAgreement,
  dispose,
  given,
  lateTouch,
  pause,
  resume,
  status,
  touch,
  type Fact,
} from '../../../builders/index.js';

const plan = (at: string, nextStepAt: string): Fact => touch(at, 'no-answer', 'phone', { nextStepAt });
const numbers = (until: string, ...facts: readonly Fact[]) => {
  const outcome = given(aLead(), ...facts).then(until);
  expect(outcome.refusals).toEqual([]);
  return [1, 2, 3].map((n) => outcome.clock('status-update', n));
};

describe('a next step', () => {
  test('starts the next number when it comes, also number 1 when the touch implies acceptance', () => {
    expect(numbers('thu 12:00', plan('tue 11:00', 'thu 10:00'))).toMatchObject([
      { startedAt: 'thu 10:00', dueAt: '+1 mon 10:00', verdict: 'pending' },
    ]);
    expect(numbers('thu 12:00', accept('tue 11:00'), plan('tue 12:00', 'thu 10:00'))).toMatchObject([
      { startedAt: 'tue 11:00', completedAt: 'tue 12:00' },
      { startedAt: 'thu 10:00', completedAt: null },
    ]);
  });

  test('starts it just before the facts of its instant', () => {
    expect(numbers('thu 12:00', plan('tue 11:00', 'thu 10:00'), touch('thu 10:00'))).toMatchObject([
      { startedAt: 'thu 10:00', verdict: 'met', completedAt: 'thu 10:00' },
      { startedAt: 'thu 10:00', completedAt: null },
    ]);
  });

  test.each([
    { label: 'a touch', fact: touch('wed 10:00') },
    { label: 'a status', fact: status('wed 10:00') },
    { label: 'a touch logged late', fact: lateTouch('wed 15:00', 'wed 10:00') },
  ])('gives way to $label before it: the number starts at once', ({ fact }) => {
    const [first, second] = numbers('+1 tue 12:00', plan('tue 11:00', 'thu 10:00'), fact);
    expect(first).toMatchObject({ startedAt: 'wed 10:00', completedAt: null });
    expect(second).toBeUndefined();
  });

  test.each([
    { label: 'a touch', fact: plan('wed 10:00', 'fri 10:00') },
    { label: 'a status', fact: status('wed 10:00', 'fri 10:00') },
    {
      label: 'a late touch of before the plan',
      fact: lateTouch('wed 10:00', 'tue 10:30', { nextStepAt: 'fri 10:00' }),
    },
  ])('is planned anew by $label that brings another', ({ fact }) => {
    expect(numbers('fri 12:00', plan('tue 11:00', 'thu 10:00'), fact)).toMatchObject([{ startedAt: 'fri 10:00' }]);
  });

  test('stands though a touch of before the plan is logged after it', () => {
    const facts = [plan('tue 11:00', 'thu 10:00'), lateTouch('tue 12:00', 'tue 10:30')];
    expect(numbers('thu 12:00', ...facts)).toMatchObject([{ startedAt: 'thu 10:00' }]);
  });

  test.each([
    touch('wed 10:00', 'bounced', 'email'),
    touch('wed 10:00', 'sent', 'email', { origin: 'sequence', nextStepAt: 'wed 11:00' }),
  ])('does not mind what is no human touch', (fact) => {
    expect(numbers('thu 12:00', plan('tue 11:00', 'thu 10:00'), fact)).toMatchObject([{ startedAt: 'thu 10:00' }]);
  });

  test('is dropped when the lead closes', () => {
    const outcome = given(aLead(), plan('tue 11:00', 'thu 10:00'), dispose('wed 10:00', 'no-budget')).then('fri 12:00');
    expect(outcome.clock('status-update')).toBeUndefined();
  });

  test('during a pause starts a number that rests', () => {
    const facts = [plan('tue 11:00', 'wed 10:00'), pause('wed 09:00'), resume('wed 12:00')];
    expect(numbers('wed 12:00', ...facts)).toMatchObject([{ startedAt: 'wed 10:00', dueAt: 'fri 12:00' }]);
  });

  test('follows the agreement in force when the number starts, and is dropped with its clock', () => {
    const changed = (set: object) =>
      given(aLead(), plan('tue 11:00', 'thu 10:00'), applyAgreement('wed 10:00', { ...set }))
        .then('thu 12:00')
        .clock('status-update');
    expect(changed({ 'clocks.status-update.within': '1h' })?.dueAt).toBe('thu 11:00');
    expect(changed({ 'clocks.status-update': null })).toBeUndefined();
  });

  test.each([
    { label: 'now', nextStepAt: 'tue 11:00', taken: false },
    { label: 'a millisecond ahead', nextStepAt: 'tue 11:00:00.001', taken: true },
    { label: 'ten days ahead', nextStepAt: '+1 fri 11:00', taken: true },
    { label: 'a millisecond further', nextStepAt: '+1 fri 11:00:00.001', taken: false },
  ])('may lie $label or not', ({ nextStepAt, taken }) => {
    for (const fact of [plan('tue 11:00', nextStepAt), status('tue 11:00', nextStepAt)]) {
      const story = given(aLead(), accept('tue 10:30'));
      if (taken) expect(story.when(fact).then('tue 11:00').refusals).toEqual([]);
      else story.when(fact).refuses('next-step-out-of-range');
    }
  });

  test('may lie as far ahead as the agreement in force says', () => {
    const story = given(aLead({ set: { 'nextStep.furthest': '1h' } }));
    story.when(plan('tue 11:00', 'tue 12:00:00.001')).refuses('next-step-out-of-range');
    expect(story.when(plan('tue 11:00', 'tue 12:00')).then('tue 11:00').refusals).toEqual([]);
  });
});
