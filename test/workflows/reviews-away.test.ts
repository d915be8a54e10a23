/** Promise: whatever is away when a review is due, it opens once all the same; and a new version changes the days. */
import { alsoTelling } from '../../src/bin/api/tell-series.js';
import { calendarKeys } from '../../src/bin/calendar-ports.js';
import { canonicalJson, changeAgreement, changedText, type AgreementDocument } from '../../src/documents/index.js';
import { standingOf } from '../../src/domain/agreement/life/index.js';
import { createReviewWorkflows } from '../../src/temporal/index.js';
import { dateOf, instantOf } from '../../src/zones/index.js';
import { DAY_MS, LeadWorld, until } from './lead-world.js';
import { LiveReviews } from './review-world.js';

const zone = 'America/New_York';
const at = (date: string, time: string): number => instantOf(zone, date, time);

let world: LeadWorld;
beforeAll(async () => {
  world = await LeadWorld.open({ set: null });
}, 60_000);
afterAll(() => world.close());

const opened = async (agreement: string) => world.database.reviews.list({ agreement, limit: 50 });

/** An agreement like the world's, and its reviews from `at` on. */
async function reviewsOf(name: string, from: number): Promise<LiveReviews> {
  const { terms, text, canonical } = (await world.database.versions.findVersion(world.terms.name, 1))!;
  await world.database.agreements.saveAgreement({ terms: { ...terms, name, key: `key-of-${name}` }, text, canonical });
  return LiveReviews.begun(world, from, name);
}

test('with the database and the mail server away it opens when the database is back, and is told of when mail is', async () => {
  const reviews = await reviewsOf('away-1', at('2026-10-02', '12:00'));
  await until('the series has begun', async () => (await reviews.series.describe()).historyLength > 10);
  world.ways.database.shut();
  world.ways.mail.shut();
  await reviews.seriesAt(at('2026-10-05', '10:00'));
  expect(await opened('away-1')).toEqual([]);
  await world.ways.database.open();
  const review = await reviews.opened('weekly', '2026-10-05');
  expect(review.openedAt - review.scheduledAt).toBeLessThan(60_000);
  expect(await opened('away-1')).toHaveLength(1);
  const invitations = () => world.inbox.mails().filter(({ subject }) => subject.includes('away-1, 2026-W40 is open'));
  expect(invitations()).toEqual([]);
  await world.ways.mail.open();
  await until('all three are invited', () => invitations().length === 3, 90_000);
}, 180_000);

test('with everything gone for ten days, days that passed are made up for once, and say that they are late', async () => {
  const before = await reviewsOf('away-2', at('2026-10-02', '12:00'));
  await until('the series has begun', async () => (await before.series.describe()).historyLength > 10);
  await before.series.terminate('the server was lost');
  await world.stopWorker();
  const after = await LiveReviews.begun(world, at('2026-10-14', '12:00'), 'away-2');
  await world.startWorker();
  await after.opened('monthly', '2026-10-13');
  const late = await opened('away-2');
  expect(late.map(({ id }) => id).toSorted()).toEqual([
    'away-2.monthly.2026-10-13',
    'away-2.weekly.2026-10-05',
    'away-2.weekly.2026-10-12',
  ]);
  for (const { openedAt, dueAt } of late) {
    expect(openedAt).toBeGreaterThanOrEqual(at('2026-10-14', '12:00'));
    expect(dueAt).toBeGreaterThan(openedAt);
  }
}, 120_000);

const detailsOf = async ({ series }: LiveReviews): Promise<string> =>
  (await series.query<{ readonly currentDetails: string }>('__temporal_workflow_metadata')).currentDetails;

test('a version that comes into force changes the days at once', async () => {
  const name = 'other-days';
  const reviews = await reviewsOf(name, Date.now());
  await until('the series has begun', async () => (await reviews.series.describe()).historyLength > 10);
  const day = dateOf(zone, Date.now() + 2 * DAY_MS);
  const weekday = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'][new Date(`${day}T12:00:00Z`).getUTCDay()]!;
  const { canonical, text } = (await world.database.versions.findVersion(name, 1))!;
  const set = { name, 'reviews.weekly.on': `${weekday} 09:30` };
  const changed = changeAgreement(JSON.parse(canonical) as AgreementDocument, set, calendarKeys, { at: Date.now() });
  const written = { text: changedText(text, set), canonical: canonicalJson(changed.document) };
  await world.database.agreements.saveAgreement({ terms: changed.terms!, ...written });
  const { client, versionWorkflows, taskQueue } = world;
  const nudging = createReviewWorkflows({ client, workspace: 'default', now: Date.now, taskQueue });
  const active = (await world.database.versions.listVersions(name)).find(({ status }) => status === 'active')!;
  await alsoTelling(versionWorkflows, nudging).tell(standingOf('default', active));
  const opensAt = new Date(at(day, '09:30')).toISOString();
  await until('the series knows of the new day', async () => (await detailsOf(reviews)).includes(opensAt));
  await reviews.seriesAt(at(day, '09:30'));
  const review = await reviews.opened('weekly', day);
  expect(review).toMatchObject({ scheduledAt: at(day, '09:30'), agreement: { name, version: 2 } });
}, 120_000);
