// Weeks with a word of sales are the same by SQL as by the core, as of before and after each word.
import { tallyWeeklyFeedback } from '../../src/domain/reports/index.js';
import type { ReviewState } from '../../src/domain/reviews/index.js';
import { querySalesWords, queryWeeklyFeedback } from '../../src/reports/feedback-query.js';
import { openFresh, type Opened } from '../db/opened.js';
import { aReview, DAY_MS, openedAt, standing } from '../domain/reviews/sample-review.js';

let opened: Opened;
beforeAll(async () => {
  opened = await openFresh();
});
afterAll(() => opened.close());

const query = async <R>(text: string, values: readonly unknown[]) =>
  (await opened.sql.query(text, [...values])).rows as R[];

async function nowInDatabase(): Promise<number> {
  const rows = await query<{ now: Date }>('SELECT clock_timestamp() AS now FROM pg_sleep(0.005)', []);
  return rows[0]!.now.getTime();
}

const week = (number: number, kind: ReviewState['kind'] = 'weekly') => {
  const at = openedAt + 7 * number * DAY_MS;
  const period = { ...aReview().period, from: at - 7 * DAY_MS, to: at };
  return { id: `${kind}-${number}`, kind, period, openedAt: at, scheduledAt: at };
};

async function giveWord(id: string, at: number): Promise<void> {
  await opened.sql.query(
    `INSERT INTO review_event (workspace, review_id, seq, type, "by", at, detail)
      VALUES ('default', $1, 1, 'word-given', 'manager-east', $2, '{"text": "fewer students, please"}')`,
    [id, new Date(at).toISOString()],
  );
}

test('a week counts by its end, and has a word once one is recorded', async () => {
  const whole = [week(0), week(1), week(2), week(0, 'monthly')];
  for (const one of whole) await opened.database.reviews.open(aReview(one), new Uint8Array([1]));
  const early = await nowInDatabase();
  await giveWord('weekly-1', openedAt + 8 * DAY_MS);
  const late = await nowInDatabase();
  const span = { from: openedAt, to: openedAt + 14 * DAY_MS };
  const known = { workspace: 'default', agreement: 'inbound-saas' };
  const word = {
    type: 'word-given',
    by: 'manager-east',
    at: openedAt + 8 * DAY_MS,
    text: 'fewer students, please',
  } as const;
  const states = whole.map((one) => standing(one, ...(one.id === 'weekly-1' ? [word] : [])));
  const tallied = tallyWeeklyFeedback(states, { agreement: 'inbound-saas', ...span });
  expect(tallied).toEqual({ numerator: 1, denominator: 2, leftOut: {} });
  expect(await queryWeeklyFeedback(query, { ...known, asOf: late }, span)).toEqual(tallied);
  expect(await queryWeeklyFeedback(query, { ...known, asOf: early }, span)).toMatchObject({
    numerator: 0,
    denominator: 2,
  });
  expect(await querySalesWords(query, { ...known, asOf: late }, span)).toEqual([
    { review: 'weekly-1', by: 'manager-east', at: openedAt + 8 * DAY_MS, text: 'fewer students, please' },
  ]);
  expect(await querySalesWords(query, { ...known, asOf: early }, span)).toEqual([]);
});
