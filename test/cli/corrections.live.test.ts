/** Promise: a forgotten holiday is drafted, looked at and approved on the command line, each by whom it behoves. */
import { createApiCaller } from '../../src/bin/handoff/call-api.js';
import type { CliPorts } from '../../src/cli/index.js';
import { ApiWorld } from '../api/api-world.js';
import { aKey } from '../api/keys.js';
import { DAY_MS, until } from '../workflows/lead-world.js';
import { handoffWith } from './command-line.js';

let api: ApiWorld;
const keys = new Map<string, string>();
beforeAll(async () => {
  api = await ApiWorld.open({}, { now: () => Date.now() + 30 * DAY_MS });
  const { database } = api.world;
  keys.set('ops', await aKey(database, { role: 'ops', person: 'marketing-ops', expiresAt: null }));
  keys.set('leader', await aKey(database, { role: 'leader', person: 'vp-sales', expiresAt: null }));
  await (await api.world.handOff()).untilRecorded('notified');
}, 90_000);
afterAll(() => api.close());

const portsOf = (who: string): Pick<CliPorts, 'callApi'> => ({
  callApi: createApiCaller({ HANDOFF_URL: api.http.url, HANDOFF_API_KEY: keys.get(who)! }),
});
const handoff = (who: string, ...words: string[]) => handoffWith(portsOf(who), ...words);

const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
const [today, tomorrow] = [dateOf(Date.now()), dateOf(Date.now() + DAY_MS)];
const wrong = ['inbound-saas@1', '--calendar', 'sales-us-east', '--reason', 'a forgotten holiday'];

const untilShown = (id: string, status: string): Promise<string> =>
  until(`it is ${status}`, async () => {
    const text = (await handoff('ops', 'corrections', 'show', id)).lines.join('\n');
    return text.includes(`  ${status}: `) ? text : undefined;
  });

test('ops draft it and see what would change; a leader approves', async () => {
  const drafted = await handoff(
    'ops',
    'corrections',
    'draft',
    ...wrong,
    '--closed',
    today,
    '--open',
    `${tomorrow}=12:00-13:00`,
  );
  expect(drafted).toMatchObject({ exitCode: 0, errors: [] });
  const id = /^(co_\w+): sales-us-east of inbound-saas@1, written by marketing-ops$/.exec(drafted.lines[0]!)![1]!;
  const shown = await untilShown(id, 'draft');
  expect(shown).toMatch(new RegExp(`${today} +closed\n +${tomorrow} +12:00-13:00`));
  expect(shown).toMatch(/draft: 1 listed; takes approve, withdraw/);
  expect(shown).toMatch(/first-response +sdr-east +1 +0 +0 +1/);
  const listed = await handoff('ops', 'corrections', 'verdicts', id);
  expect(listed.lines[0]).toMatch(/lead +clock +team +was +due +is +due/);
  expect(listed.lines.some((line) => /first-response #1 +sdr-east +pending/.test(line))).toBe(true);
  expect(await handoff('ops', 'corrections', 'approve', id)).toMatchObject({ exitCode: 1 });
  expect((await handoff('leader', 'corrections', 'approve', id)).lines[0]).toContain('approved by vp-sales');
  await untilShown(id, 'done');
  const done = await handoff('leader', 'corrections', 'verdicts', id, '--listing', 'rejudged');
  expect(done.lines).toEqual(listed.lines);
  expect((await handoff('ops', 'corrections', 'list')).lines[0]).toContain(id);
}, 60_000);

test.each([
  { label: 'no version', words: ['inbound-saas', ...wrong.slice(1), '--closed', today], code: 2, error: /NAME@N/ },
  { label: 'no day', words: wrong, code: 1, error: /days/ },
  { label: 'a day to come', words: [...wrong, '--closed', '2099-01-01'], code: 1, error: /publish a version/ },
])('$label is told in words', async ({ words, code, error }) => {
  const { exitCode, errors } = await handoff('ops', 'corrections', 'draft', ...words);
  expect({ exitCode, told: errors.join('\n') }).toEqual({
    exitCode: code,
    told: expect.stringMatching(error) as string,
  });
});
