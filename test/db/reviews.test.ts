/** Promise: what a review opened with never changes, and what happens to it is appended, once, with whoever did it. */
import type { Stores } from '../../src/db/index.js';
import { aReview, by, DAY_MS, openedAt } from '../domain/reviews/sample-review.js';
import { openFresh, type Opened } from './opened.js';

let opened: Opened;
let stores: Stores;
let workspaceCount = 0;
beforeAll(async () => {
  opened = await openFresh();
});
afterAll(() => opened.close());
beforeEach(() => {
  workspaceCount += 1;
  stores = opened.database.inWorkspace(`test-${workspaceCount}`);
});

const actor = { by, principal: 'key:k_leader' };
const people = { people: [by] };
const at = openedAt + DAY_MS;
const pack = Buffer.from('{"figures":[]}');
const review = aReview();

test('a review that is opened again stays as it was, pack and all', async () => {
  await stores.reviews.open(review, pack);
  await stores.reviews.act(review.id, { type: 'give-word', by, at, text: 'good' }, actor, people);
  await stores.reviews.open({ ...review, attendees: [], packHash: 'other' }, Buffer.from('other'));
  expect(await stores.reviews.find(review.id)).toMatchObject({ attendees: review.attendees, revision: 2 });
  const kept = await stores.reviews.findPack(review.id);
  expect({ ...kept, bytes: Buffer.from(kept!.bytes).toString() }).toEqual({
    bytes: pack.toString(),
    hash: review.packHash,
  });
});

test('what is refused changes nothing, and what is done stands in the audit with who did it', async () => {
  await stores.reviews.open(review, pack);
  const early = await stores.reviews.act(review.id, { type: 'close', by, at }, actor, people);
  expect(early).toMatchObject({ kind: 'refused', refusal: { code: 'word-missing' } });
  await stores.reviews.act(review.id, { type: 'give-word', by, at, text: 'good' }, actor, people);
  const done = await stores.reviews.act(review.id, { type: 'close', by, at: at + 1 }, actor, people);
  expect(done).toMatchObject({ kind: 'done', review: { status: 'closed', closedAt: at + 1, closedBy: by } });
  const entries = await stores.auditEntries.list({ subject: `review:${review.id}`, limit: 10 });
  expect(entries.map((entry) => [entry.action, entry.by])).toEqual([
    ['review-closed', by],
    ['review-word-given', by],
    ['review-opened', 'system'],
  ]);
});

test('of two who close it at once, one is refused', async () => {
  await stores.reviews.open(review, pack);
  await stores.reviews.act(review.id, { type: 'give-word', by, at, text: 'good' }, actor, people);
  const both = await Promise.all(
    [1, 2].map((ms) => stores.reviews.act(review.id, { type: 'close', by, at: at + ms }, actor, people)),
  );
  expect(both.map(({ kind }) => kind).sort()).toEqual(['done', 'refused']);
});

test('reviews are listed newest first, page by page, by agreement and by status', async () => {
  const later = aReview({ id: 'inbound-saas.weekly.2026-12-07', openedAt: openedAt + 7 * DAY_MS });
  const other = aReview({ id: 'partners.weekly.2026-11-30', agreement: { name: 'partners', version: 1 } });
  for (const one of [review, later, other]) await stores.reviews.open(one, pack);
  const ids = async (filter: object) => (await stores.reviews.list({ limit: 9, ...filter })).map(({ id }) => id);
  expect(await ids({ agreement: 'inbound-saas' })).toEqual([later.id, review.id]);
  expect(await ids({ agreement: 'inbound-saas', before: later.id })).toEqual([review.id]);
  expect(await ids({ status: 'closed' })).toEqual([]);
  expect(await stores.reviews.lastScheduled('inbound-saas')).toEqual({ weekly: review.scheduledAt });
});

test('a series begins once, whoever asks', async () => {
  expect(await stores.reviews.beginSeries('inbound-saas', at)).toBe(at);
  expect(await stores.reviews.beginSeries('inbound-saas', at + DAY_MS)).toBe(at);
});

test('a review whose workflow has not heard of its last change is listed until it has', async () => {
  await stores.reviews.open(review, pack);
  expect(await stores.reviews.listUntold(0, 10)).toEqual([review.id]);
  await stores.reviews.markTold(review.id, 1);
  expect(await stores.reviews.listUntold(0, 10)).toEqual([]);
  await stores.reviews.act(review.id, { type: 'note-lesson', by, at, text: 'ask first' }, actor, people);
  expect(await stores.reviews.listUntold(60_000, 10)).toEqual([]);
  expect(await stores.reviews.listUntold(0, 10)).toEqual([review.id]);
});

test.each([
  'UPDATE review_event SET at = now()',
  'DELETE FROM review_event',
  'TRUNCATE review_event',
  `UPDATE review SET pack = ''`,
  `UPDATE review SET opening = '{}'`,
  'DELETE FROM review',
  'TRUNCATE review CASCADE',
])('what a review opened with and what happened to it stays: %s is refused', async (statement) => {
  await stores.reviews.open(review, pack);
  await expect(opened.sql.query(statement)).rejects.toThrow(/append-only/);
});
