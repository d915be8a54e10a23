// The owner's next step over HTTP: in the lead's state, and in the rep's day within the daily cap.
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { ApiWorld, leadBody } from './api-world.js';

jest.setTimeout(30_000);

let world: ApiWorld;
beforeAll(async () => {
  world = await ApiWorld.open();
}, 60_000);
afterAll(() => world.close());

const handedOff = async () => (await world.http.post('/v1/leads', leadBody())).body;
const nextStepOf = async (leadId: unknown) =>
  (await world.http.get(`/v1/leads/${String(leadId)}`)).body['nextStep'] as Record<string, unknown>;

test("a lead tells its owner's next step, and a touch moves it on", async () => {
  const { leadId, owner } = await handedOff();
  expect(await nextStepOf(leadId)).toMatchObject({ standing: 'offered', number: 1, template: 'first-call', owner });
  const touch = { by: owner, channel: 'phone', outcome: 'no-answer' };
  await world.http.post(`/v1/leads/${String(leadId)}/commands/touch`, touch);
  expect(await nextStepOf(leadId)).toMatchObject({ standing: 'offered', number: 2, template: 'first-mail' });
  await world.http.post(`/v1/leads/${String(leadId)}/commands/touch`, { ...touch, outcome: 'reached' });
  expect(await nextStepOf(leadId)).toEqual({ standing: 'over', because: 'answered' });
});

test("a rep's day keeps within the daily cap, and the lead says the same day", async () => {
  const { directory } = world.world.database;
  const people = await directory.read();
  const capped = people.people.map((person) => (person.id === 'rep-west-2' ? { ...person, dailySteps: 1 } : person));
  await directory.saveDirectory({ ...people, people: capped });
  const leads = [await handedOff(), await handedOff()].map(({ leadId }) => leadId);
  for (const leadId of leads) {
    await world.http.post(`/v1/leads/${String(leadId)}/commands/reassign`, { by: 'admin', to: 'rep-west-2' });
  }
  const steps = await Promise.all(leads.map(nextStepOf));
  expect(new Set(steps.map(({ on }) => on)).size).toBe(2);
  const last = steps.find(({ movedBy }) => movedBy === 'daily-cap')!;
  const day = await world.http.get(`/v1/people/rep-west-2/steps?date=${String(last['on'])}`);
  expect(day).toMatchObject({ status: 200, body: { person: 'rep-west-2', dailySteps: 1, steps: [last] } });
});

test.each([
  { path: '/v1/people/nobody/steps', status: 404, code: 'unknown-person' },
  { path: '/v1/people/rep-east-1/steps?date=2020-01-01', status: 422, code: 'invalid-query' },
  { path: '/v1/people/rep-east-1/steps?date=tomorrow', status: 422, code: 'invalid-query' },
])('$path is answered with $code', async ({ path, status, code }) => {
  expect(await world.http.get(path)).toMatchObject({ status, body: { code } });
});
