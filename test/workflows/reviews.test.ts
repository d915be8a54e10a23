/** Promise: reviews open on their days, breaches climb, and each review ends in what was agreed of it or escalates. */
import type { ReviewState } from '../../src/domain/reviews/index.js';
import { instantOf } from '../../src/zones/index.js';
import { DAY_MS, LeadWorld, until } from './lead-world.js';
import { LiveReviews } from './review-world.js';

let world: LeadWorld;
let reviews: LiveReviews;

const at = (date: string, time: string): number => instantOf('America/New_York', date, time);
const by = 'vp-sales';
const HOUR_MS = 3_600_000;

beforeAll(async () => {
  world = await LeadWorld.open({ set: null });
  for (const [leadId, date] of [
    ['ld-1', '2026-10-06'],
    ['ld-2', '2026-10-13'],
  ] as const) {
    await LiveReviews.neglect(world, leadId, at(date, '10:00'));
  }
  const recordedAt = Date.now();
  await until('reports may speak of what was recorded', () => Date.now() > recordedAt + 11_000);
  reviews = await LiveReviews.begun(world, at('2026-10-02', '12:00'));
}, 90_000);
afterAll(() => world.close());

/** What was mailed about a review, to whom: each line once. */
const mailsAbout = (subject: RegExp): readonly string[] =>
  world.inbox
    .mails()
    .filter((mail) => subject.test(mail.subject))
    .flatMap(({ to }) => to.map((address) => address.split('@')[0]!))
    .sort();

const wordsTo = (person: string): string =>
  world.inbox.mails().find(({ subject, to }) => /2026-W40 is open/.test(subject) && to[0]!.startsWith(person))!.text;

/** What the first such mail brought along. */
const broughtBy = (subject: RegExp): readonly string[] =>
  world.inbox
    .mails()
    .find((mail) => subject.test(mail.subject))!
    .attachments.map(({ mediaType }) => mediaType);

/** Sales gives its word a day later, and the review is closed. */
async function held({ id, scheduledAt }: ReviewState): Promise<void> {
  await reviews.does(id, { type: 'give-word', by, at: scheduledAt + DAY_MS, text: 'Few of them can buy.' });
  await reviews.does(id, { type: 'close', by, at: scheduledAt + DAY_MS + 1 });
  expect(await reviews.handleOf(id).result()).toMatchObject({ status: 'closed', isOver: true });
}

test('a month of reviews: on their days, climbing, escalating, and ending in decisions', async () => {
  // The first weekly review is left alone, and escalates when the next one opens.
  await reviews.seriesAt(at('2026-10-05', '10:00'));
  const first = await reviews.opened('weekly', '2026-10-05');
  expect(first).toMatchObject({ period: { name: '2026-W40' }, shortfalls: [], dueAt: at('2026-10-12', '10:00') });
  expect(first.openedAt - first.scheduledAt).toBeLessThan(HOUR_MS);
  const guests = ['manager-east', 'manager-west', 'marketing-ops'];
  await until('all are invited', () => mailsAbout(/2026-W40 is open/).length === 3);
  expect(mailsAbout(/2026-W40 is open/)).toEqual(guests);
  // Ten in New York is seven where the reps of the west have their hours.
  expect(wordsTo('manager-east')).toContain('is open since Mon 5 Oct 2026, 10:00 EDT');
  expect(wordsTo('manager-west')).toContain('is open since Mon 5 Oct 2026, 07:00 PDT');
  expect(broughtBy(/2026-W40 is open/)).toEqual(expect.arrayContaining(['image/png', 'application/pdf']));
  await reviews.reviewAt(first.id, first.dueAt - 1_000);
  expect(mailsAbout(/2026-W40 was to be closed/)).toEqual([]);
  await reviews.reviewAt(first.id, first.dueAt);
  const leaders = ['cmo', 'cro', 'head-of-marketing', 'head-of-sales'];
  await until('it has escalated', () => mailsAbout(/2026-W40 was to be closed/).length === 7);
  expect(mailsAbout(/2026-W40 was to be closed/)).toEqual([...leaders, ...guests].sort());
  expect(broughtBy(/2026-W40 was to be closed/)).toEqual([]);
  await held(first);
  expect(await reviews.opened('weekly', '2026-10-05')).toMatchObject({ escalatedAt: first.dueAt, status: 'closed' });

  // One week below goal is an item of the weekly review, and no more.
  await reviews.seriesAt(at('2026-10-12', '10:00'));
  const second = await reviews.opened('weekly', '2026-10-12');
  const missed = second.shortfalls.map(({ commitment, weeksBelowGoal }) => `${commitment} ${weeksBelowGoal}`);
  expect(missed).toEqual(expect.arrayContaining(['acceptance 1', 'first-response 1']));
  await held(second);

  // The monthly review: what marketing owes besides leads, and decisions that are seen to.
  await reviews.seriesAt(at('2026-10-13', '14:00'));
  const monthly = await reviews.opened('monthly', '2026-10-13');
  expect(monthly).toMatchObject({ period: { name: '2026-09' }, minutes: 60, decisionsMin: 2 });
  expect(monthly.deliverables).toHaveLength(3);
  await decideMonthly(monthly);

  // Two weeks in a row climb to the executive review, which wants an answer to each.
  await reviews.seriesAt(at('2026-10-19', '10:00'));
  const third = await reviews.opened('weekly', '2026-10-19');
  const executive = await reviews.opened('executive', '2026-W42');
  expect(executive.attendees).toEqual(leaders);
  expect(executive).toMatchObject({ kind: 'on-breach', period: { fromDate: '2026-10-05', toDate: '2026-10-19' } });
  expect(executive.shortfalls).toEqual(
    expect.arrayContaining([expect.objectContaining({ commitment: 'first-response', weeksBelowGoal: 2 })]),
  );
  expect(executive.dueAt - at('2026-10-26', '10:00')).toBeLessThan(HOUR_MS);
  await held(third);
  await answered(executive);

  // A run that has been answered for does not call another review as it goes on.
  await reviews.seriesAt(at('2026-10-26', '10:00'));
  await held(await reviews.opened('weekly', '2026-10-26'));
  const executives = (await reviews.all()).filter(({ name }) => name === 'executive');
  expect(executives.flatMap(({ shortfalls }) => shortfalls.map(({ commitment }) => commitment))).toEqual([
    ...new Set(executives.flatMap(({ shortfalls }) => shortfalls.map(({ commitment }) => commitment))),
  ]);

  await reviews.seriesAt(at('2026-11-02', '10:00'));
  const last = await reviews.opened('weekly', '2026-11-02');
  expect(last.scheduledAt).toBe(at('2026-11-02', '10:00'));
  await held(last);
}, 240_000);

async function decideMonthly({ id, scheduledAt, deliverables }: ReviewState): Promise<void> {
  const now = scheduledAt + HOUR_MS;
  for (const { name } of deliverables) {
    const said = { deliverable: name, isDelivered: true, text: 'in the shared folder' };
    await reviews.does(id, { type: 'confirm-deliverable', by, at: now, ...said });
  }
  const dueAt = at('2026-10-24', '00:00');
  for (const [owner, text] of [
    ['manager-east', 'Call within the hour'],
    ['marketing-ops', 'Ask for the job title'],
  ] as const) {
    await reviews.does(id, { type: 'decide', by, at: now, text, owner, dueDate: '2026-10-23', dueAt });
  }
  await reviews.does(id, { type: 'close', by, at: now });
  await reviews.reviewAt(id, dueAt - 2 * DAY_MS);
  await until('both owners are reminded', () => mailsAbout(/^Soon due: /).length === 2);
  await reviews.does(id, {
    type: 'settle-decision',
    by,
    at: dueAt - DAY_MS,
    n: 1,
    outcome: 'done',
    text: 'since Monday',
  });
  await reviews.reviewAt(id, dueAt);
  await until('who has not done it is reminded', () => mailsAbout(/^Overdue: /).length === 1);
  expect(mailsAbout(/^Overdue: /)).toEqual(['marketing-ops']);
  await reviews.does(id, { type: 'settle-decision', by, at: dueAt, n: 2, outcome: 'dropped', text: 'it costs forms' });
  expect(await reviews.handleOf(id).result()).toMatchObject({ isOver: true, openDecisionCount: 0 });
}

async function answered({ id, openedAt, shortfalls }: ReviewState): Promise<void> {
  for (const { commitment } of shortfalls) {
    await reviews.does(id, { type: 'answer', by: 'cro', at: openedAt + HOUR_MS, commitment, text: 'two hires in May' });
  }
  await reviews.does(id, { type: 'close', by: 'cro', at: openedAt + HOUR_MS });
  await reviews.handleOf(id).result();
}
