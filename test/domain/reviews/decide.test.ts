import {
  acceptedIn,
  decideReview,
  isLate,
  type ReviewAct,
  type ReviewEvent,
  type ReviewState,
} from '../../../src/domain/reviews/index.js';
import { aReview, by, DAY_MS, delivery, dueAt, openedAt, proposal, shortfall, standing } from './sample-review.js';

const at = openedAt + DAY_MS;
const people = ['manager-east', 'marketing-ops', 'cro'];

/** What follows: the types of the events, or the code of the refusal. */
function follows(review: ReviewState, act: ReviewAct): readonly string[] | string {
  const decision = decideReview(review, act, { people });
  return decision.kind === 'refused' ? decision.refusal.code : decision.events.map(({ type }) => type);
}

const close: ReviewAct = { type: 'close', by, at };
const word: ReviewEvent = { type: 'word-given', by, at, text: 'Fewer students, please.' };
const made = (n: number): ReviewEvent => ({
  type: 'decision-made',
  by,
  at,
  n,
  text: 'Call within the hour',
  owner: 'cro',
  dueDate: '2026-12-10',
  dueAt: at + 9 * DAY_MS,
});
const decide = (changes: Partial<Extract<ReviewAct, { type: 'decide' }>> = {}): ReviewAct => ({
  type: 'decide',
  by,
  at,
  text: 'Call within the hour',
  owner: 'cro',
  dueDate: '2026-12-10',
  dueAt: at + 9 * DAY_MS,
  ...changes,
});

describe('a review closes', () => {
  const monthly = { kind: 'monthly', decisionsMin: 2, decisionsMax: 3, deliverables: [delivery('stories')] } as const;
  const confirmed: ReviewEvent = {
    type: 'deliverable-confirmed',
    by,
    at,
    deliverable: 'stories',
    isDelivered: false,
    text: 'next week',
  };
  const quarterly = { kind: 'quarterly', shortfalls: [shortfall('touches')] } as const;
  const answered: ReviewEvent = { type: 'commitment-answered', by, at, commitment: 'touches', text: 'two hires' };

  test.each([
    { label: 'weekly: not without a word on lead quality', review: standing(), what: 'word-missing' },
    { label: 'weekly: with one', review: standing({}, word), what: ['closed'] },
    {
      label: 'weekly: shortfalls need no answer yet',
      review: standing({ shortfalls: [shortfall('touches')] }, word),
      what: ['closed'],
    },
    {
      label: 'monthly: not with a deliverable that nobody confirmed',
      review: standing(monthly, made(1), made(2)),
      what: 'deliverables-unconfirmed',
    },
    {
      label: 'monthly: not with one decision of two',
      review: standing(monthly, confirmed, made(1)),
      what: 'decisions-missing',
    },
    { label: 'monthly: with both', review: standing(monthly, confirmed, made(1), made(2)), what: ['closed'] },
    { label: 'quarterly: not with a commitment unanswered', review: standing(quarterly), what: 'answers-missing' },
    { label: 'quarterly: with every answer', review: standing(quarterly, answered), what: ['closed'] },
    {
      label: 'executive: not with a commitment unanswered',
      review: standing({ ...quarterly, kind: 'on-breach' }),
      what: 'answers-missing',
    },
    { label: 'only once', review: standing({}, word, { type: 'closed', by, at }), what: 'review-closed' },
  ])('$label', ({ review, what }) => {
    expect(follows(review, close)).toEqual(what);
  });
});

describe('a decision', () => {
  test.each([
    { label: 'has an owner of the directory', act: decide({ owner: 'somebody' }), what: 'owner-unknown' },
    { label: 'is due after it was made', act: decide({ dueAt: at }), what: 'due-in-past' },
    { label: 'due a moment later is made', act: decide({ dueAt: at + 1 }), what: ['decision-made'] },
  ])('$label', ({ act, what }) => {
    expect(follows(standing(), act)).toEqual(what);
  });

  test('is one too many above the agreed number', () => {
    const monthly = standing({ kind: 'monthly', decisionsMax: 3 }, made(1), made(2), made(3));
    expect(follows(monthly, decide())).toBe('too-many-decisions');
  });

  test('is done or dropped once, also after its review has closed', () => {
    const closed = standing({}, word, made(1), { type: 'closed', by, at });
    const done: ReviewAct = { type: 'settle-decision', by, at, n: 1, outcome: 'done', text: 'since Tuesday' };
    expect(follows(closed, done)).toEqual(['decision-settled']);
    const settled = standing({}, word, made(1), { ...done, type: 'decision-settled' });
    expect(follows(settled, done)).toBe('decision-settled');
    expect(follows(standing(), done)).toBe('no-decision');
  });
});

describe('what is said of something', () => {
  test.each([
    {
      label: 'a commitment at goal needs no answer',
      act: { type: 'answer', commitment: 'touches' },
      what: 'no-shortfall',
    },
    {
      label: 'nothing but what is due is confirmed',
      act: { type: 'confirm-deliverable', deliverable: 'stories', isDelivered: true },
      what: 'nothing-to-deliver',
    },
  ] as const)('$label', ({ act, what }) => {
    expect(follows(standing(), { ...act, by, at, text: 'so it is' })).toBe(what);
  });

  test('is refused once the review is closed', () => {
    const closed = standing({}, word, { type: 'closed', by, at });
    expect(follows(closed, { type: 'give-word', by, at, text: 'more' })).toBe('review-closed');
    expect(follows(closed, { type: 'note-lesson', by, at, text: 'more' })).toBe('review-closed');
  });
});

describe('a review that is not closed in its time escalates', () => {
  const escalate = (when: number): ReviewAct => ({ type: 'escalate', by: 'system', at: when });

  test.each([
    { label: 'not just before', when: dueAt - 1, what: [] },
    { label: 'at its due instant', when: dueAt, what: ['escalated'] },
    { label: 'however late a program wakes up', when: dueAt + DAY_MS, what: ['escalated'] },
  ])('$label', ({ when, what }) => {
    expect(follows(standing(), escalate(when))).toEqual(what);
  });

  test('once, stamped with its due instant, and not once it is closed', () => {
    const decision = decideReview(standing(), escalate(dueAt + DAY_MS), { people });
    expect(decision).toMatchObject({ events: [{ at: dueAt }] });
    expect(follows(standing({}, { type: 'escalated', by, at: dueAt }), escalate(dueAt + DAY_MS))).toEqual([]);
    expect(follows(standing({}, word, { type: 'closed', by, at }), escalate(dueAt))).toEqual([]);
  });
});

test('a review that opens an hour after its time says that it is late', () => {
  expect(isLate(aReview({ openedAt: openedAt + 3_600_000 }))).toBe(false);
  expect(isLate(aReview({ openedAt: openedAt + 3_600_001 }))).toBe(true);
});

describe('proposals for the next version', () => {
  const proposals = [proposal('enriched', '90%'), proposal('volume-worked', '93%')];
  const quarterly = { kind: 'quarterly', proposals } as const;
  const said = (one: string, isAccepted: boolean): ReviewEvent => ({
    type: 'proposal-answered',
    by,
    at,
    proposal: `targets.${one}`,
    isAccepted,
    text: 'as the months were',
  });
  const closed: ReviewEvent = { type: 'closed', by, at };
  const openDraft: ReviewAct = { type: 'open-draft', by, at, version: 2 };
  const opened: ReviewEvent = { type: 'draft-opened', by, at, version: 2, proposals: ['targets.enriched'] };

  test('are accepted and declined one by one while the review is open, and it closes without any answer', () => {
    const act = {
      type: 'answer-proposal',
      by,
      at,
      proposal: 'targets.enriched',
      isAccepted: true,
      text: 'yes',
    } as const;
    expect(follows(standing(quarterly), act)).toEqual(['proposal-answered']);
    expect(follows(standing(quarterly), { ...act, proposal: 'targets.nothing' })).toBe('no-proposal');
    expect(follows(standing(quarterly, closed), act)).toBe('review-closed');
    expect(follows(standing(quarterly), close)).toEqual(['closed']);
  });

  test.each([
    { label: 'of what a closed review accepted', events: [said('enriched', true), closed], what: ['draft-opened'] },
    { label: 'not while it is open', events: [said('enriched', true)], what: 'review-open' },
    { label: 'not of nothing', events: [closed], what: 'nothing-accepted' },
    { label: 'not of what was declined', events: [said('enriched', false), closed], what: 'nothing-accepted' },
    {
      label: 'the last word counts',
      events: [said('enriched', true), said('enriched', false), closed],
      what: 'nothing-accepted',
    },
    { label: 'once: the same again is nothing new', events: [said('enriched', true), closed, opened], what: [] },
  ])('make a draft $label', ({ events, what }) => {
    expect(follows(standing(quarterly, ...events), openDraft)).toEqual(what);
  });

  test('make one draft and no second', () => {
    const review = standing(quarterly, said('enriched', true), said('volume-worked', false), closed, opened);
    expect(follows(review, { ...openDraft, version: 3 })).toBe('draft-opened');
    expect(review.draft).toMatchObject({ version: 2, proposals: ['targets.enriched'] });
    expect(acceptedIn(review).map(({ id }) => id)).toEqual(['targets.enriched']);
  });
});
