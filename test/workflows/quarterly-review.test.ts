/** Promise: a quarterly review proposes what the next version could say, each with what it would have meant for the quarter's leads. */
import { randomUUID } from 'node:crypto';
import type { ReviewPack } from '../../src/domain/reviews/index.js';
import { instantOf } from '../../src/zones/index.js';
import { handedOff, passUntil, say } from '../db/journeys.js';
import { DAY_MS, HOUR_MS, LeadWorld, until } from './lead-world.js';
import { LiveReviews } from './review-world.js';

let world: LeadWorld;
let reviews: LiveReviews;

const at = (date: string, time: string): number => instantOf('America/New_York', date, time);
const holder = { owner: 'rep-east-1', queue: null, team: 'sdr-east', calendar: 'sales-us-east' };
/** Two working weeks of August; every lead comes at ten in the morning, and four open hours end at two. */
const mornings = [3, 4, 5, 6, 7, 10, 11, 12, 13, 14].map((day) =>
  at(`2026-08-${String(day).padStart(2, '0')}`, '10:00'),
);

/** Three a day: one answered after two hours, one after five and a half, one after seven. */
async function tellQuarter(): Promise<void> {
  for (const morning of mornings) {
    for (const [index, hours] of [2, 5.5, 7].entries()) {
      const leadId = `ld-${morning}-${index}`;
      const run = handedOff({ leadId, at: morning, agreement: world.terms, externalId: leadId, holder });
      const accepted = say(passUntil(run, morning + HOUR_MS), morning + HOUR_MS, { type: 'accept' });
      const touch = { type: 'touch', channel: 'phone', outcome: 'reached' } as const;
      const touched = say(passUntil(accepted, morning + hours * HOUR_MS), morning + hours * HOUR_MS, touch);
      await world.database.ledger.append(leadId, passUntil(touched, morning + 10 * DAY_MS).events);
    }
  }
}

beforeAll(async () => {
  // The agreement bears the name of all examples: its series must not meet another test's.
  world = await LeadWorld.open({ set: null, namespace: `quarterly-${randomUUID()}`, queue: 'quarterly' });
  await world.startWorker();
  await tellQuarter();
  const recordedAt = Date.now();
  await until('reports may speak of what was recorded', () => Date.now() > recordedAt + 11_000);
  reviews = await LiveReviews.begun(world, at('2026-09-09', '14:00'));
}, 90_000);
afterAll(() => world.close());

test('more time for the first response is proposed, with what each time that was tried would have meant', async () => {
  await reviews.seriesAt(at('2026-09-09', '15:00'));
  const review = await reviews.opened('quarterly', '2026-09-09');
  expect(review).toMatchObject({ kind: 'quarterly', period: { name: '2026-Q3' } });
  const proposal = review.proposals?.find(({ id }) => id === 'clocks.first-response');
  expect(proposal).toMatchObject({
    kind: 'clock',
    lines: { 'clocks.first-response.within': '8h' },
    goal: 0.9,
    now: { numerator: 10, denominator: 30 },
    would: { numerator: 30, denominator: 30 },
    tried: [
      { lines: { 'clocks.first-response.within': '5h' }, would: { numerator: 10 }, breachedToMet: 0 },
      { lines: { 'clocks.first-response.within': '6h' }, would: { numerator: 20 }, breachedToMet: 10 },
      { lines: { 'clocks.first-response.within': '8h' }, would: { numerator: 30 }, breachedToMet: 20 },
    ],
    leads: { count: 30, oneIn: 1 },
  });
  expect(proposal?.changes.join('; ')).toMatch(/first.response.*4 ?h.*8 ?h/i);
}, 120_000);

test('the pack has what was proposed as it was, and whoever is invited reads it', async () => {
  const review = await reviews.opened('quarterly', '2026-09-09');
  const pack = await world.database.reviews.findPack(review.id);
  const { review: frozen } = JSON.parse(new TextDecoder().decode(pack!.bytes)) as ReviewPack;
  expect(frozen.proposals).toEqual(JSON.parse(JSON.stringify(review.proposals)));
  const mail = await until('the heads are invited', () =>
    world.inbox.mails().find(({ subject }) => /2026-Q3 is open/.test(subject)),
  );
  expect(mail.text).toContain('Proposed for the next version');
  expect(mail.text).toContain('kept 33.3 %, would have been kept 100 %, agreed 90 %');
}, 60_000);
