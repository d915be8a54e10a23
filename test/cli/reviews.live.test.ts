/** Promise: leaders bring a review to its end on the command line, and read what it lacks until it does. */
import { createApiCaller } from '../../src/bin/handoff/call-api.js';
import { calendarKeys } from '../../src/bin/calendar-ports.js';
import { canonicalJson, parseAgreement } from '../../src/documents/index.js';
import type { Review } from '../../src/domain/reviews/index.js';
import { RunningApi } from '../api/api-world.js';
import { aKey } from '../api/keys.js';
import { agreement, agreementText, directory } from '../db/journeys.js';
import { openFresh, type Opened } from '../db/opened.js';
import { aReview, delivery, proposal, shortfall } from '../domain/reviews/sample-review.js';
import { handoffWith } from './command-line.js';

let opened: Opened;
let api: RunningApi;
let leader: string;
beforeAll(async () => {
  opened = await openFresh();
  const { database } = opened;
  await database.directory.saveDirectory(directory);
  const canonical = canonicalJson(parseAgreement(agreementText, 'a.yaml', calendarKeys, { at: 0 }).document);
  await database.agreements.saveAgreement({ terms: agreement, text: agreementText, canonical });
  leader = await aKey(database, { role: 'leader', person: 'vp-sales' });
  const unused = {} as Parameters<typeof RunningApi.start>[1];
  api = await RunningApi.start(database, unused, { reviewWorkflows: { nudgeReview: async () => undefined } });
}, 60_000);
afterAll(async () => {
  await api.stop();
  await opened.close();
});

const reviews = (...words: string[]) => {
  const callApi = createApiCaller({ HANDOFF_URL: api.url, HANDOFF_API_KEY: leader });
  return handoffWith({ callApi }, 'reviews', ...words);
};
const said = async (...words: string[]): Promise<string> => {
  const { exitCode, lines, errors } = await reviews(...words);
  expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: [] });
  return lines.join('\n');
};

const stored = async (id: string, changes: Partial<Review>): Promise<string> => {
  await opened.database.reviews.open(aReview({ id, ...changes }), Buffer.from(`{"pack":"${id}"}`));
  return id;
};

test('where there are no reviews, the list says so', async () => {
  expect(await said('list', '--status', 'closed')).toMatch(/^there are none; a review opens on the day/);
});

test('a weekly review is closed with the word of sales, and a lesson is left', async () => {
  const id = await stored('inbound-saas.weekly.2026-11-30', {});
  expect(await said('show', id)).toContain('it lacks:\n  the word of sales on the quality of the leads');
  expect(await reviews('close', id)).toMatchObject({ exitCode: 1, errors: [expect.stringMatching(/^word-missing: /)] });
  expect(await said('word', id, 'Fewer students.')).toContain('word of sales:\n  Fewer students. (vp-sales)');
  expect(await said('lesson', id, 'Ask for the budget first.')).toContain('Ask for the budget first. (vp-sales)');
  expect(await said('close', id)).toMatch(/^inbound-saas\.weekly\.2026-11-30, over 2026-W48: closed/);
  expect(await said('list', '--status', 'closed', '--agreement', 'inbound-saas')).toMatch(/2026-W48 +closed/);
  expect(await said('pack', id)).toContain(`"pack": "${id}"`);
});

test('a monthly review is closed with deliverables and decisions, which are done or dropped afterwards', async () => {
  const monthly = {
    kind: 'monthly',
    deliverables: [delivery('stories'), delivery('report')],
    decisionsMin: 2,
  } as const;
  const id = await stored('inbound-saas.monthly.2026-12-08', monthly);
  expect(await said('deliverable', id, 'stories', 'in the shared folder')).toContain(
    'yes, stories: in the shared folder',
  );
  expect(await said('deliverable', id, 'report', 'next week', '--missing')).toContain('no, report: next week');
  const by = ['--owner', 'marketing-ops', '--due-date', '2099-01-15'];
  await said('decide', id, 'Ask for the job title', ...by);
  const decided = await said('decide', id, 'Call within the hour', ...by);
  expect(decided).toContain('1. Ask for the job title (marketing-ops, by 2099-01-15, open)');
  await said('close', id);
  await said('done', id, '1', 'since Monday');
  expect(await said('drop', id, '2', 'it costs forms')).toContain(
    '2. Call within the hour (marketing-ops, by 2099-01-15, dropped)',
  );
});

test('a quarterly review is closed with answers, and opens the next version with what it accepted', async () => {
  const proposals = [proposal('enriched', '90%'), proposal('volume-worked', '93%')];
  const quarterly = { kind: 'quarterly', proposals } as const;
  const missed = { ...shortfall('touches'), inWords: { value: '50.0 %', goal: '90.0 %' } };
  const id = await stored('inbound-saas.quarterly.2026-12-09', { ...quarterly, shortfalls: [missed] });
  expect(await said('show', id)).toContain('touches (sales): 50.0 %, agreed 90.0 %, 2 weeks in a row');
  expect(await said('show', id)).toContain(
    'targets.enriched (not answered)\n    enriched: at least 90%\n    met in 0 of 1 months, would have been in 1 of 1 months',
  );
  await said('accept', id, 'targets.enriched', 'as the months were');
  await said('decline', id, 'targets.volume-worked', 'sales can do it');
  expect(await reviews('close', id, '--open-draft')).toMatchObject({
    exitCode: 1,
    errors: [expect.stringMatching(/^answers-missing: /)],
  });
  await said('answer', id, 'touches', 'two hires in May');
  expect(await said('close', id, '--open-draft')).toContain('its draft is version 2');
  expect(await opened.database.versions.findVersion('inbound-saas', 2)).toMatchObject({ status: 'draft' });
});

test('what is not there is said to be not there', async () => {
  expect(await reviews('show', 'nothing')).toMatchObject({
    exitCode: 1,
    errors: [expect.stringMatching(/^unknown-review: /)],
  });
});
