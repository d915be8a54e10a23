// A rep's days: the order of steps, and what the daily cap moves to the next day with room.
import { nextStepInBook, planDays, type RepBook } from '../../../src/domain/cadence/index.js';
import type { LeadState } from '../../../src/domain/lifecycle/state.js';
import { mondayTen, terms } from '../notices/sample-lead.js';
import { aState, aTouch, local, utc } from './sample-book.js';

const lead = (leadId: string, facts: Partial<LeadState> = {}) => ({ state: aState({ leadId, ...facts }), terms });
const book = (leads: RepBook['leads'], dailySteps?: number, at = mondayTen): RepBook => ({
  rep: { id: 'rep-east-1', ...(dailySteps === undefined ? {} : { dailySteps }) },
  leads,
  absences: [],
  local,
  at,
});
const days = (asked: RepBook) => planDays(asked).map(({ repDate, state }) => `${repDate.slice(5)} ${state.leadId}`);

const since = (text: string) => ({ cycleStartedAt: utc(text) });
const five = ['a', 'b', 'c', 'd', 'e'].map((id) => lead(id));

test.each([
  {
    label: 'without a cap all fall on their day',
    dailySteps: undefined,
    are: ['11-23 a', '11-23 b', '11-23 c', '11-23 d', '11-23 e'],
  },
  { label: 'a cap of two spreads them', dailySteps: 2, are: ['11-23 a', '11-23 b', '11-24 c', '11-24 d', '11-25 e'] },
  {
    label: 'a cap of one leaves out the holiday and the weekend',
    dailySteps: 1,
    are: ['11-23 a', '11-24 b', '11-25 c', '11-27 d', '11-30 e'],
  },
])('$label', ({ dailySteps, are }) => expect(days(book(five, dailySteps))).toEqual(are));

test('high priority comes first, then what was planned longest ago', () => {
  const leads = [lead('young'), lead('old', since('2026-11-20T15:00Z')), lead('hot', { priority: 'high' })];
  expect(days(book(leads, 1))).toEqual(['11-23 hot', '11-24 old', '11-25 young']);
});

test('touches made today use up the cap, those of others do not', () => {
  const worked = lead('worked', { touches: [aTouch(), aTouch({ seq: 101, by: 'rep-east-2' })] });
  expect(days(book([worked, lead('a'), lead('b')], 2))).toEqual(['11-23 a', '11-24 b', '11-25 worked']);
});

test('a step moved by the cap says so, and has the hours of its new day', () => {
  const [, second] = planDays(book(five, 1));
  expect(second?.offered).toMatchObject({
    plannedOn: '2026-11-23',
    on: '2026-11-24',
    from: utc('2026-11-24T14:00Z'),
    movedBy: 'daily-cap',
  });
});

test('the step of a lead is that of the book', () => {
  expect(nextStepInBook(book(five, 1), five[1]!)).toMatchObject({ kind: 'offered', on: '2026-11-24' });
  expect(nextStepInBook(book(five), five[1]!)).toMatchObject({ kind: 'offered', on: '2026-11-23' });
});

test('the order of the leads in the book changes nothing', () => {
  expect(days(book(five.toReversed(), 2))).toEqual(days(book(five, 2)));
});

test('leads without a step ask for no day', () => {
  expect(days(book([lead('gone', { stage: 'recycled' }), lead('a')], 1))).toEqual(['11-23 a']);
});
