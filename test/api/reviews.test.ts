/** Promise: leaders bring a review to its end through the API, ops read along, and every refusal tells what is lacking. */
import { aReview, delivery, openedAt, proposal, shortfall } from '../domain/reviews/sample-review.js';
import { calendarKeys } from '../../src/bin/calendar-ports.js';
import { canonicalJson, parseAgreement } from '../../src/documents/index.js';
import { agreement, agreementText } from '../db/journeys.js';
import { openFresh, type Opened } from '../db/opened.js';
import { RunningApi } from './api-world.js';
import { aKey } from './keys.js';

let opened: Opened;
let api: RunningApi;
let leader: string;
let ops: string;
const nudged: string[] = [];
let isTemporalAway = false;
const workflows = {
  nudgeReview: async (id: string): Promise<void> => {
    if (isTemporalAway) throw new Error('away');
    nudged.push(id);
  },
};

beforeAll(async () => {
  opened = await openFresh();
  const { database } = opened;
  const people = ['vp-sales', 'marketing-ops', 'sales-ops'].map((id) => ({ id, email: `${id}@sales.example` }));
  await database.directory.saveDirectory(
    { people, teams: [], roles: {}, absences: [] },
    { by: 'admin', principal: 'admin' },
  );
  leader = await aKey(database, { role: 'leader', person: 'vp-sales' });
  ops = await aKey(database, { role: 'ops', person: 'sales-ops' });
  const unused = {} as Parameters<typeof RunningApi.start>[1];
  api = await RunningApi.start(database, unused, { reviewWorkflows: workflows });
}, 60_000);
afterAll(async () => {
  await api.stop();
  await opened.close();
});

const text = 'said in the review';
let reviewCount = 0;

async function aStoredReview(changes: Parameters<typeof aReview>[0] = {}): Promise<string> {
  reviewCount += 1;
  const id = `inbound-saas.weekly.${reviewCount}`;
  await opened.database.reviews.open(
    aReview({ id, openedAt: openedAt + reviewCount, ...changes }),
    Buffer.from('{"figures":1}'),
  );
  return id;
}

const does = (id: string, what: string, body?: unknown, key = leader) =>
  api.post(`/v1/reviews/${id}/${what}`, body, { key });

test('a weekly review closes with the word of sales, and its workflow hears of both', async () => {
  const id = await aStoredReview();
  expect(await does(id, 'close')).toMatchObject({ status: 409, body: { code: 'word-missing' } });
  const said = await does(id, 'word', { text });
  expect(said).toMatchObject({ status: 200, body: { words: [{ by: 'vp-sales', text }], lacks: { word: false } } });
  expect(await does(id, 'close')).toMatchObject({
    status: 200,
    body: { status: 'closed', closedBy: 'vp-sales', lacks: null },
  });
  expect(nudged.filter((one) => one === id)).toHaveLength(2);
});

test('a monthly review closes with every deliverable confirmed and the decisions that were agreed', async () => {
  const monthly = { kind: 'monthly', deliverables: [delivery('stories')], decisionsMin: 1, decisionsMax: 1 } as const;
  const id = await aStoredReview(monthly);
  const lacks = { deliverables: ['stories'], decisionCount: 1 };
  expect((await api.get(`/v1/reviews/${id}`, { key: ops })).body).toMatchObject({ lacks });
  await does(id, 'deliverables', { deliverable: 'stories', isDelivered: false, text });
  const decision = { text, owner: 'marketing-ops', dueDate: '2099-01-15' };
  expect(await does(id, 'decisions', { ...decision, owner: 'nobody' })).toMatchObject({
    body: { code: 'owner-unknown' },
  });
  expect(await does(id, 'decisions', { ...decision, dueDate: '2020-01-15' })).toMatchObject({
    body: { code: 'due-in-past' },
  });
  expect(await does(id, 'decisions', decision)).toMatchObject({
    body: { decisions: [{ n: 1, owner: 'marketing-ops', dueDate: '2099-01-15', status: 'open' }] },
  });
  expect(await does(id, 'decisions', decision)).toMatchObject({ status: 409, body: { code: 'too-many-decisions' } });
  expect(await does(id, 'close')).toMatchObject({ status: 200 });
  expect(await does(id, 'decisions/1/done', { text })).toMatchObject({
    body: { decisions: [{ status: 'done', settled: { by: 'vp-sales', text } }] },
  });
  expect(await does(id, 'decisions/1/dropped', { text })).toMatchObject({ body: { code: 'decision-settled' } });
  expect(await does(id, 'decisions/x/done', { text })).toMatchObject({ status: 409, body: { code: 'no-decision' } });
});

test('an executive review closes with an answer to each commitment that was not kept', async () => {
  const id = await aStoredReview({ kind: 'on-breach', shortfalls: [shortfall('touches')] });
  expect(await does(id, 'close')).toMatchObject({
    body: { code: 'answers-missing', facts: { commitments: ['touches'] } },
  });
  expect(await does(id, 'answers', { commitment: 'disposition', text })).toMatchObject({
    body: { code: 'no-shortfall' },
  });
  expect(await does(id, 'answers', { commitment: 'touches', text })).toMatchObject({ status: 200 });
  expect(await does(id, 'close')).toMatchObject({ status: 200 });
});

test('a quarterly review opens the next version in draft with what it accepted, once, by whoever closes it', async () => {
  const { database } = opened;
  const canonical = canonicalJson(parseAgreement(agreementText, 'a.yaml', calendarKeys, { at: 0 }).document);
  await database.agreements.saveAgreement({ terms: agreement, text: agreementText, canonical });
  const proposals = [proposal('enriched', '90%'), proposal('volume-worked', '93%')];
  const id = await aStoredReview({ kind: 'quarterly', proposals, shortfalls: [shortfall('touches')] });
  expect(await does(id, 'draft')).toMatchObject({ status: 409, body: { code: 'nothing-accepted' } });
  const accepted = await does(id, 'proposals', { proposal: 'targets.enriched', isAccepted: true, text });
  expect(accepted.body).toMatchObject({
    proposals: [{ id: 'targets.enriched', answer: { isAccepted: true, by: 'vp-sales' } }, { answer: null }],
  });
  await does(id, 'proposals', { proposal: 'targets.volume-worked', isAccepted: false, text });
  expect(await does(id, 'draft')).toMatchObject({ status: 409, body: { code: 'answers-missing' } });
  await does(id, 'answers', { commitment: 'touches', text });
  const done = await does(id, 'draft');
  expect(done).toMatchObject({ status: 200, body: { status: 'closed', draft: { by: 'vp-sales', version: 2 } } });
  const draft = await database.versions.findVersion('inbound-saas', 2);
  expect(draft).toMatchObject({ status: 'draft', createdBy: 'vp-sales' });
  const { targets } = JSON.parse(draft!.canonical) as { targets: Record<string, { atLeast: string }> };
  expect([targets['enriched']!.atLeast, targets['volume-worked']!.atLeast]).toEqual(['90%', '95%']);
  expect(draft!.text).toContain('# over a month; reports compare actual with target');
  expect(await does(id, 'draft')).toMatchObject({ status: 409, body: { code: 'draft-opened' } });
  expect(await database.versions.listVersions('inbound-saas')).toHaveLength(2);
  const entries = await database.auditEntries.list({ subject: 'agreement:inbound-saas@2', limit: 5 });
  expect(entries.map(({ action, by }) => [action, by])).toEqual([['version-drafted', 'vp-sales']]);
});

test('two who open the draft at once open one', async () => {
  const id = await aStoredReview({ kind: 'quarterly', proposals: [proposal('volume-worked', '91%')] });
  await does(id, 'proposals', { proposal: 'targets.volume-worked', isAccepted: true, text });
  const before = (await opened.database.versions.listVersions('inbound-saas')).length;
  const both = await Promise.all([does(id, 'draft'), does(id, 'draft')]);
  expect(both.map(({ status }) => status)).toContain(200);
  expect(await opened.database.versions.listVersions('inbound-saas')).toHaveLength(before + 1);
});

test('the pack is sent byte for byte, with its hash', async () => {
  const id = await aStoredReview();
  const answer = await api.get(`/v1/reviews/${id}/pack`, { key: ops });
  expect(answer.text).toBe('{"figures":1}');
  expect(answer.headers.get('etag')).toBe(`"${'ab'.repeat(32)}"`);
});

test('reviews are listed page by page', async () => {
  await aStoredReview();
  const page = await api.get('/v1/reviews?limit=2&agreement=inbound-saas', { key: ops });
  const { reviews, next } = page.body as { reviews: { reviewId: string }[]; next: string };
  expect(reviews).toHaveLength(2);
  const rest = await api.get(`/v1/reviews?limit=100&cursor=${next}`, { key: ops });
  const ids = (rest.body as { reviews: { reviewId: string }[] }).reviews.map(({ reviewId }) => reviewId);
  expect(ids).not.toContain(reviews[0]!.reviewId);
  expect(ids).toHaveLength(reviewCount - 2);
});

test('ops read along and say nothing; what is not there is said to be not there', async () => {
  const id = await aStoredReview();
  expect(await does(id, 'word', { text }, ops)).toMatchObject({ status: 403, body: { code: 'role-missing' } });
  expect(await does('none', 'word', { text })).toMatchObject({ status: 404, body: { code: 'unknown-review' } });
  expect(await api.get('/v1/reviews/none/pack', { key: ops })).toMatchObject({ status: 404 });
  expect(await does(id, 'word', { text: ' ' })).toMatchObject({ status: 422, body: { code: 'invalid-body' } });
});

test('with Temporal away what is said stands all the same, and the workflow hears of it later', async () => {
  const id = await aStoredReview();
  isTemporalAway = true;
  expect(await does(id, 'lessons', { text })).toMatchObject({ status: 200, body: { lessons: [{ text }] } });
  isTemporalAway = false;
  expect(await opened.database.reviews.listUntold(0, 100)).toContain(id);
});
