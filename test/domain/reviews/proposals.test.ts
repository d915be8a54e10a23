import type { AgreementTerms } from '../../../src/domain/agreement/index.js';
import type { ReportDocument } from '../../../src/domain/reports/index.js';
import { amountToTry, clocksToTry, judgedTargets, monthsBy, proposalFor } from '../../../src/domain/reviews/index.js';
import type { CommitmentComparison, WhatIf } from '../../../src/domain/what-if/comparison.js';

const noTurn = { metToBreached: 0, breachedToMet: 0 };

/** A promise of 90 % on a clock, kept so many times in a hundred. */
const kept = (clock: string, met: number, more: Partial<CommitmentComparison> = {}): CommitmentComparison => ({
  clock,
  party: 'sales',
  goalPpm: 900_000,
  was: null,
  would: { numerator: met, denominator: 100, exclusions: { cancelled: 0, undecided: 0 } },
  warnings: { was: 0, would: 0 },
  turned: noTurn,
  ...more,
});

const answer = (...commitments: readonly CommitmentComparison[]): WhatIf => ({
  agreement: { name: 'inbound-saas', version: null, key: 'k' },
  from: 1,
  to: 2,
  asOf: 3,
  leads: {
    folded: 100,
    imported: 0,
    newlyExcluded: 0,
    undecided: 0,
    changedAgreement: 0,
    excluded: 0,
    newlyQualified: 0,
  },
  commitments,
  tiers: [],
  teams: [],
  refused: [],
  unknowable: [],
});

describe('clocks are tried', () => {
  const triedOf = (...commitments: readonly CommitmentComparison[]) =>
    clocksToTry(answer(...commitments)).map(({ clock, factors }) => `${clock} ${factors[0]! > 1 ? 'more' : 'less'}`);

  test.each([
    { label: 'with more time just below the goal', met: 89, tried: ['one more'] },
    { label: 'with none at the goal', met: 90, tried: [] },
    { label: 'with none while less than half of the slack is left', met: 94, tried: [] },
    { label: 'with less from half of it on', met: 95, tried: ['one less'] },
  ])('$label', ({ met, tried }) => expect(triedOf(kept('one', met))).toEqual(tried));

  test('with fewer than 20 decided ones not at all, nor without a goal', () => {
    const few = { numerator: 0, denominator: 19, exclusions: { cancelled: 0, undecided: 0 } };
    expect(triedOf(kept('few', 0, { would: few }), kept('free', 0, { goalPpm: null }))).toEqual([]);
  });

  test('the nearest to their goals first, and not too many', () => {
    const below = [80, 50, 70, 60, 40, 30, 20, 10, 0].map((met) => kept(`at-${met}`, met));
    const above = [97, 99, 98].map((met) => kept(`at-${met}`, met));
    const more = [80, 70, 60, 50, 40, 30, 20, 10].map((met) => `at-${met} more`);
    expect(triedOf(...below, ...above)).toEqual([...more, 'at-99 less', 'at-98 less']);
  });
});

describe('a proposal for a clock', () => {
  const terms = {} as AgreementTerms;
  const trial = (within: string, met: number) => ({
    change: { lines: { 'clocks.one.within': within }, changes: [`one within ${within}`], terms },
    answer: answer(kept('one', met, { turned: { metToBreached: 0, breachedToMet: met - 70 } })),
  });
  const more = { clock: 'one', factors: [1.25, 1.5, 2] };
  const less = { clock: 'one', factors: [0.75, 0.5] };

  test('is the least more time that reaches the goal, with all that was tried', () => {
    const proposal = proposalFor(more, answer(kept('one', 70)), [trial('5h', 80), trial('6h', 92), trial('8h', 99)], 4);
    expect(proposal).toMatchObject({
      id: 'clocks.one',
      lines: { 'clocks.one.within': '6h' },
      goal: 0.9,
      now: { numerator: 70, denominator: 100 },
      would: { numerator: 92 },
      leads: { from: 1, to: 2, asOf: 3, count: 100, oneIn: 4 },
    });
    expect(
      proposal?.tried.map(({ would, breachedToMet, reachesGoal }) => [would.numerator, breachedToMet, reachesGoal]),
    ).toEqual([
      [80, 10, false],
      [92, 22, true],
      [99, 29, true],
    ]);
  });

  test('is nothing where more time would not have helped', () => {
    expect(proposalFor(more, answer(kept('one', 70)), [trial('5h', 71), trial('8h', 72)], 1)).toBeUndefined();
  });

  test('is the least time that still reaches the goal', () => {
    const trials = [trial('3h', 96), trial('2h', 90)];
    expect(proposalFor(less, answer(kept('one', 99)), trials, 1)?.lines).toEqual({ 'clocks.one.within': '2h' });
    const tight = [trial('3h', 96), trial('2h', 89)];
    expect(proposalFor(less, answer(kept('one', 99)), tight, 1)?.lines).toEqual({ 'clocks.one.within': '3h' });
  });
});

describe('an amount for a target', () => {
  const judged = (goal: number, ...actuals: readonly number[]) => ({
    target: 't',
    months: actuals.map((actual, index) => ({ month: `2026-0${index + 1}`, actual, isMet: actual >= goal })),
  });

  test.each([
    { label: 'missed in half of its months: what half of them reached', actuals: [510, 400, 420, 505], goal: 505 },
    { label: 'missed in all of three: the middle one', actuals: [300, 500 - 1, 400], goal: 400 },
    { label: 'missed in fewer: it stays', actuals: [500, 510, 400], goal: undefined },
    { label: 'exceeded by a tenth in every month: the worst of them', actuals: [550, 700], goal: 550 },
    { label: 'exceeded by less in one: it stays', actuals: [549, 700], goal: undefined },
    { label: 'of one month nothing is said', actuals: [100], goal: undefined },
  ])('$label', ({ actuals, goal }) => expect(amountToTry(judged(500, ...actuals), 'atLeast', 500)).toBe(goal));

  test('at most so much is the other way round', () => {
    const slow = {
      target: 't',
      months: [3, 4, 5].map((actual) => ({ month: `2026-0${actual}`, actual, isMet: false })),
    };
    expect(amountToTry(slow, 'atMost', 2)).toBe(4);
    expect(monthsBy(slow, 'atMost', 4).map(({ wouldBeMet }) => wouldBeMet)).toEqual([true, true, false]);
  });

  test('is read off the months that were judged, from the first in which there was anything', () => {
    const columns = ['target', 'month', 'actual', 'goal', 'status'].map((id) => ({
      id,
      title: id,
      kind: 'text' as const,
    }));
    const rows = [
      ['mql-volume', '2026-05', 0, 500, 'missed'],
      ['mql-volume', '2026-08', 410, 500, 'missed'],
      ['pipeline', '2026-08', { minor: 900, currency: 'USD' }, 500, 'met'],
      ['mql-volume', '2026-09', 300, 500, 'on-track'],
      ['mql-volume', '2026-07', 'no-leads', 500, 'no-leads'],
    ].map((cells) => ({ cells }));
    const document = { sections: [{ id: 'target-months', table: { columns, rows } }] } as unknown as ReportDocument;
    expect(judgedTargets(document)).toEqual([
      { target: 'mql-volume', months: [{ month: '2026-08', actual: 410, isMet: false }] },
      { target: 'pipeline', months: [{ month: '2026-08', actual: 900, isMet: true }] },
    ]);
  });
});
