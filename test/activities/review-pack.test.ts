/** Promise: a pack has all that its review is to look at, each part as it was when the review opened. */
import { createHash } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import type { SeriesStanding } from '../../activities/review-contract.js';
import { createReviewActivities } from '../../activities/reviews.js';
import { calendarKeys } from '../../src/bin/calendar-ports.js';
import { reviewPorts } from '../../src/bin/review-ports.js';
import { canonicalJson, changeAgreement, parseAgreement } from '../../src/documents/index.js';
import { packReports, type ReviewAct, type ReviewPack } from '../../src/domain/reviews/index.js';
import { instantOf } from '../../src/zones/index.js';
import { agreement, agreementText, directory, handedOff, HOUR_MS, passUntil, say } from '../db/journeys.js';
import { openFresh, type Opened } from '../db/opened.js';

const at = (date: string, time: string): number => instantOf('America/New_York', date, time);
const place = { workspace: 'default', agreement: 'inbound-saas' };
const by = 'vp-sales';
const nobody = async (): Promise<never> => Promise.reject(new Error('opening a review writes to nobody'));

let opened: Opened;
beforeAll(async () => {
  opened = await openFresh();
  const { database } = opened;
  const { document } = parseAgreement(agreementText, 'a.yaml', calendarKeys, { at: 0 });
  await database.directory.saveDirectory(directory);
  await database.agreements.saveAgreement({
    terms: agreement,
    text: agreementText,
    canonical: canonicalJson(document),
  });
  const next = changeAgreement(document!, { 'clocks.first-response.within': '3h' }, calendarKeys, { at: Date.now() });
  const draft = { terms: next.terms!, text: agreementText, canonical: canonicalJson(next.document) };
  await database.versions.createDraft(draft, { by: 'olga', principal: 'admin' }, Date.now());
  await tellTwoLeads();
}, 60_000);
afterAll(() => opened.close());

/** Neither is answered in time: one after six open hours, with friction noted at its end, the other never. */
async function tellTwoLeads(): Promise<void> {
  const { ledger } = opened.database;
  const holder = { owner: 'rep-east-1', queue: null, team: 'sdr-east', calendar: 'sales-us-east' };
  const morning = at('2026-10-06', '10:00');
  const handOver = (leadId: string) =>
    handedOff({ leadId, at: morning, externalId: leadId, source: 'webinar', holder });
  const touch = { type: 'touch', channel: 'phone', outcome: 'reached' } as const;
  const noted = { friction: 'the price comes too early', contentGap: 'a page about security' };
  const late = say(passUntil(handOver('ld-late'), morning + 6 * HOUR_MS), morning + 6 * HOUR_MS, touch);
  const disposed = say(late, morning + 7 * HOUR_MS, {
    type: 'dispose',
    reason: 'no-budget',
    notes: 'next year',
    ...noted,
  });
  await ledger.append('ld-late', disposed.events);
  await ledger.append('ld-silent', passUntil(handOver('ld-silent'), morning + 100 * HOUR_MS).events);
}

/** Nobody records anything meanwhile, so what is known ten seconds from now is known already. */
function openReviews(reviewsAt: number): Promise<SeriesStanding> {
  const { openReviews: run } = createReviewActivities({
    ...reviewPorts(opened.database.inWorkspace, () => nobody),
    now: () => Date.now() + 11_000,
    mailer: { send: nobody },
    mailFrom: 'handoff@sales.example',
    opsEmail: 'ops@sales.example',
    publicUrl: 'http://127.0.0.1',
  });
  return new MockActivityEnvironment().run(run, place, reviewsAt);
}

async function packOf(reviewId: string): Promise<ReviewPack> {
  const { bytes, hash } = (await opened.database.reviews.findPack(reviewId))!;
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(hash);
  return JSON.parse(new TextDecoder().decode(bytes)) as ReviewPack;
}

const does = (reviewId: string, act: ReviewAct) =>
  opened.database.reviews.act(reviewId, act, { by, principal: 'key:k' }, { people: ['marketing-ops'] });

test('a weekly pack has its reports with their hashes, the worst breaches with their explanations, and what is coming', async () => {
  await openReviews(at('2026-10-09', '12:00'));
  const standing = await openReviews(at('2026-10-12', '10:00'));
  expect(standing).toEqual({ unbegun: ['inbound-saas.weekly.2026-10-12'], nextAt: at('2026-10-13', '14:00') });
  const pack = await packOf('inbound-saas.weekly.2026-10-12');
  expect(pack.isLate).toBe(false);
  expect(pack.reports.map(({ document }) => document.report)).toEqual(packReports.weekly);
  for (const { document, sha256 } of pack.reports) {
    expect(createHash('sha256').update(canonicalJson(document)).digest('hex')).toBe(sha256);
    expect(document.period.name).toBe('2026-W41');
  }
  const breaches = pack.worstBreaches.map(({ leadId, clock, explain }) => ({ leadId, clock, explain }));
  expect(breaches).toContainEqual({
    leadId: 'ld-silent',
    clock: 'first-response',
    explain: '/v1/leads/ld-silent/explain',
  });
  const made = pack.worstBreaches.find(({ leadId, clock }) => leadId === 'ld-late' && clock === 'first-response');
  expect(made?.overshootMs).toBe(2 * HOUR_MS);
  expect(pack.upcomingChanges).toEqual([
    { version: 2, status: 'draft', effectiveAt: null, changes: ['first response: 4 h → 3 h'] },
  ]);
  expect({ lessons: pack.lessons, openDecisions: pack.openDecisions }).toEqual({ lessons: [], openDecisions: [] });
  expect(pack.review.agenda).toContain('lead-quality-feedback');
  const missed = pack.review.shortfalls.find(({ commitment }) => commitment === 'first-response');
  expect(missed).toMatchObject({ value: 0, goal: 0.9, inWords: { value: '0.0 %', goal: '90.0 %' }, weeksBelowGoal: 1 });
});

test('opening again changes nothing', async () => {
  const before = await opened.database.reviews.findPack('inbound-saas.weekly.2026-10-12');
  await openReviews(at('2026-10-12', '10:05'));
  expect(await opened.database.reviews.findPack('inbound-saas.weekly.2026-10-12')).toEqual(before);
});

test('a later pack has what earlier reviews left: lessons, and decisions that nobody has carried out', async () => {
  const earlier = 'inbound-saas.weekly.2026-10-12';
  const saidAt = at('2026-10-12', '11:00');
  await does(earlier, { type: 'note-lesson', by, at: saidAt, text: 'Ask for the budget first.' });
  for (const [text, dueDate] of [
    ['Ask for the job title', '2026-10-13'],
    ['Call within the hour', '2026-10-30'],
    ['Send fewer students', '2026-10-30'],
  ] as const) {
    const dueAt = at(dueDate, '24:00');
    await does(earlier, { type: 'decide', by, at: saidAt, text, owner: 'marketing-ops', dueDate, dueAt });
  }
  await does(earlier, { type: 'settle-decision', by, at: saidAt, n: 3, outcome: 'done', text: 'since today' });
  await openReviews(at('2026-10-19', '10:00'));
  const pack = await packOf('inbound-saas.weekly.2026-10-19');
  expect(pack.lessons).toEqual([{ by, at: saidAt, text: 'Ask for the budget first.', review: earlier }]);
  const owed = pack.openDecisions.map(({ review, n, text, isOverdue }) => ({ review, n, text, isOverdue }));
  expect(owed).toEqual([
    { review: earlier, n: 1, text: 'Ask for the job title', isOverdue: true },
    { review: earlier, n: 2, text: 'Call within the hour', isOverdue: false },
  ]);
});

test('the monthly pack has what reps stumbled over, by reason and source, with the leads behind', async () => {
  await openReviews(at('2026-11-10', '14:00'));
  const pack = await packOf('inbound-saas.monthly.2026-11-10');
  expect(pack.reports.map(({ document }) => document.report)).toEqual(packReports.monthly);
  const volume = pack.review.shortfalls.find(({ commitment }) => commitment === 'MQL volume (net), mid-market');
  expect(volume?.inWords).toEqual({ value: '2', goal: '150' });
  const { sections } = pack.reports.find(({ document }) => document.report === 'friction')!.document;
  const [byReason, bySource, words] = sections;
  const [counted] = byReason!.table.rows;
  expect(counted!.cells).toEqual(['no-budget', 1, 1, 1, 1, 1]);
  expect(counted!.leads?.['friction']).toContain('/v1/reports/friction/leads?figure=friction&part=friction');
  expect(bySource!.table.rows.map(({ cells }) => cells.slice(0, 3))).toEqual([['webinar', 'no-budget', 1]]);
  expect(words!.table.rows[0]!.cells.slice(1, 7)).toEqual([
    'ld-late',
    'no-budget',
    'webinar',
    'rep-east-1',
    'the price comes too early',
    'a page about security',
  ]);
});

test('a review whose day passed while nothing could run opens once, and says that it is late', async () => {
  await openReviews(at('2026-12-02', '12:00'));
  const all = await opened.database.reviews.list({ agreement: 'inbound-saas', limit: 100 });
  const weekly = all.filter(({ name }) => name === 'weekly').map(({ scheduledAt }) => scheduledAt);
  expect(weekly).toEqual(
    [
      '2026-11-30',
      '2026-11-23',
      '2026-11-16',
      '2026-11-09',
      '2026-11-02',
      '2026-10-26',
      '2026-10-19',
      '2026-10-12',
    ].map((date) => at(date, '10:00')),
  );
  expect((await packOf('inbound-saas.weekly.2026-11-23')).isLate).toBe(true);
});
