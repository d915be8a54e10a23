import { createApiCaller } from '../../src/bin/handoff/call-api.js';
import { ADMIN_KEY, ApiWorld, leadBody } from '../api/api-world.js';
import { handoffWith } from './command-line.js';

/** `handoff explain` through a real API. */
let world: ApiWorld;
let leadId: string;
beforeAll(async () => {
  world = await ApiWorld.open();
  leadId = String((await world.http.post('/v1/leads', leadBody())).body.leadId);
}, 60_000);
afterAll(() => world.close());

const explain = (words: readonly string[], key = ADMIN_KEY) =>
  handoffWith({ callApi: createApiCaller({ HANDOFF_URL: world.http.url, HANDOFF_API_KEY: key }) }, 'explain', ...words);

test('a lead is explained in the words of the API', async () => {
  const { exitCode, lines, errors } = await explain([leadId]);
  expect([exitCode, errors]).toEqual([0, []]);
  expect(lines.join('\n')).toMatch(/First response, number 1 of cycle 1: pending\n {2}The promise: sales will/);
});

test('a lead is explained as JSON for machines', async () => {
  const { exitCode, lines } = await explain([leadId, '--json']);
  expect(exitCode).toBe(0);
  expect(JSON.parse(lines.join('\n'))).toMatchObject({ leadId, clocks: expect.any(Array) });
});

test.each([
  { label: 'a lead that is not there', words: ['nobody'], exitCode: 1, said: /^unknown-lead: / },
  {
    label: 'an instant to come',
    words: ['LEAD', '--as-of', '2090-01-01T00:00:00Z'],
    exitCode: 1,
    said: /^invalid-query: /,
  },
  { label: 'a strange key', words: ['LEAD'], key: 'nobody-knows-it', exitCode: 2, said: /^key-unknown: / },
])('$label is refused with advice', async ({ words, key, exitCode, said }) => {
  const answer = await explain(
    words.map((word) => (word === 'LEAD' ? leadId : word)),
    key,
  );
  expect(answer.exitCode).toBe(exitCode);
  expect(answer.lines).toEqual([]);
  expect(answer.errors[0]).toMatch(said);
});
