import { lettersBy, nextTurn, type ReviewEvent } from '../../../src/domain/reviews/index.js';
import { by, DAY_MS, dueAt, openedAt, standing } from './sample-review.js';

const at = openedAt + 3_600_000;
const decisionDueAt = openedAt + 10 * DAY_MS;
const word: ReviewEvent = { type: 'word-given', by, at, text: 'good' };
const closed: ReviewEvent = { type: 'closed', by, at };
const made: ReviewEvent = {
  type: 'decision-made',
  by,
  at,
  n: 1,
  text: 'call sooner',
  owner: 'cro',
  dueDate: '2026-12-09',
  dueAt: decisionDueAt,
};

const told = (review: ReturnType<typeof standing>, now: number): readonly string[] =>
  lettersBy(review, now).map(({ kind, reader, occasion }) => `${kind} ${reader} ${occasion}`);

test('everybody who is asked to a review is invited when it opens', () => {
  expect(told(standing(), openedAt)).toEqual(['invitation manager-east opened', 'invitation marketing-ops opened']);
});

describe('a review that is not closed in its time', () => {
  test.each([
    { label: 'is nobody’s concern just before', now: dueAt - 1, occasion: undefined },
    { label: 'is told at its due instant', now: dueAt, occasion: 'week 0' },
    { label: 'is told no more within the week', now: dueAt + 7 * DAY_MS - 1, occasion: 'week 0' },
    { label: 'is told again a week later', now: dueAt + 7 * DAY_MS, occasion: 'week 1' },
  ])('$label', ({ now, occasion }) => {
    const late = lettersBy(standing(), now).filter(({ kind }) => kind === 'review-overdue-to-close');
    const readers = ['cro', 'manager-east', 'marketing-ops'];
    expect(late.map((letter) => [letter.reader, letter.occasion])).toEqual(
      occasion === undefined ? [] : readers.map((reader) => [reader, occasion]),
    );
  });

  test('is left alone once it is closed', () => {
    expect(told(standing({}, word, closed), dueAt)).toEqual([]);
  });
});

describe('the owner of a decision is reminded', () => {
  const review = standing({}, word, made, closed);

  test.each([
    { label: 'not more than two days before', now: decisionDueAt - 2 * DAY_MS - 1, letters: [] },
    { label: 'two days before', now: decisionDueAt - 2 * DAY_MS, letters: ['decision-reminder cro 1: before'] },
    { label: 'when it is due', now: decisionDueAt, letters: ['decision-reminder cro 1: week 0'] },
    { label: 'a week later', now: decisionDueAt + 7 * DAY_MS, letters: ['decision-reminder cro 1: week 1'] },
  ])('$label', ({ now, letters }) => {
    expect(told(review, now)).toEqual(letters);
  });

  test('not before it is due, where it was made later than that', () => {
    const late: ReviewEvent = { ...made, at: decisionDueAt - DAY_MS };
    expect(told(standing({}, word, late, closed), decisionDueAt - 1)).toEqual([]);
  });

  test('no more once it is done', () => {
    const done: ReviewEvent = { type: 'decision-settled', by, at, n: 1, outcome: 'done', text: 'yes' };
    const over = standing({}, word, made, closed, done);
    expect(told(over, decisionDueAt)).toEqual([]);
    expect(nextTurn(over, at)).toBeUndefined();
  });
});

test('every instant at which somebody is told is a turn, so that a workflow can wait from one to the next', () => {
  const review = standing({}, made);
  const lettersAt = (now: number): string => told(review, now).join();
  let now = openedAt;
  for (
    let turn = nextTurn(review, now);
    turn !== undefined && turn < openedAt + 40 * DAY_MS;
    turn = nextTurn(review, now)
  ) {
    expect(lettersAt(turn - 1)).toBe(lettersAt(now));
    now = turn;
  }
  expect(now).toBeGreaterThan(openedAt + 30 * DAY_MS);
});
