/** Promise: sales ops look at a version, bring it to running leads, watch, and take it back, all on the command line. */
import { createApiCaller } from '../../src/bin/handoff/call-api.js';
import type { CliPorts } from '../../src/cli/index.js';
import { ADMIN_KEY, ApiWorld } from '../api/api-world.js';
import type { LiveLead } from '../workflows/lead-world.js';
import { nextVersion, untilASecondOld } from '../workflows/rollout-world.js';
import { handoffWith } from './command-line.js';

let api: ApiWorld;
let leads: LiveLead[];
let version: string;
beforeAll(async () => {
  api = await ApiWorld.open();
  leads = [await api.world.handOff(), await api.world.handOff()];
  for (const lead of leads) await lead.untilRecorded('notified');
  await leads[1]!.say('touch', { channel: 'phone', outcome: 'no-answer' });
  await untilASecondOld(leads[0]!);
  const lines = { 'clocks.first-response.within': '1s', 'clocks.first-response.overrides': [] };
  version = `inbound-saas@${(await nextVersion(api.world, { ...lines, 'clocks.disposition.within': '200h' })).version}`;
}, 90_000);
afterAll(() => api.close());

const ports = (): Pick<CliPorts, 'callApi'> => ({
  callApi: createApiCaller({ HANDOFF_URL: api.http.url, HANDOFF_API_KEY: ADMIN_KEY }),
});
const handoff = (...words: string[]) => handoffWith(ports(), ...words);

test('a preview tells of totals and of each lead, before and after', async () => {
  const { exitCode, lines } = await handoff('agreement', 'preview', version, '--mode', 'recompute');
  expect(exitCode).toBe(0);
  expect(lines[0]).toMatch(/^inbound-saas@\d+, recompute, as of .*: 2 of 2 running leads would change$/);
  const text = lines.join('\n');
  expect(text).toMatch(/team +leads +change +breach at once/);
  expect(text).toMatch(/sdr-east +2 +2 +1 /);
  expect(text).toMatch(/first-response #1 +pending, due .* → breached, due .*, at once/);
});

let id: string;

test('a rollout is watched line by line, and ends with 0 when every lead has the version', async () => {
  const rolled = await handoff('agreement', 'rollout', version, '--mode', 'recompute', '--leads-per-second', '1');
  expect(rolled).toMatchObject({ exitCode: 0, errors: [] });
  id = /^rollout (ro_\w+) has begun/.exec(rolled.lines[0]!)![1]!;
  expect(rolled.lines.some((line) => /^running: \d of \d leads left/.test(line))).toBe(true);
  expect(rolled.lines.join('\n')).toMatch(/done: 0 of 2 leads left\n +applied +2\n +takes revert$/);
}, 60_000);

test('on a terminal it is a bar', async () => {
  const drawn: string[] = [];
  const lines: string[] = [];
  const output = {
    line: (text: string) => void lines.push(text),
    error: () => undefined,
    redraw: (text: string) => void drawn.push(text),
  };
  const { exitCode } = await handoffWith({ ...ports(), output }, 'rollout', 'revert', id);
  expect(exitCode).toBe(1); // one lead was acted on
  expect(drawn.some((text) => /^\[[#-]{30}\] \d+ %, reverting: \d of 2 leads left/.test(text))).toBe(true);
  expect(drawn.at(-1)).toBe('');
  expect(lines.join('\n')).toMatch(/reverted: 0 of 2 leads left, 1 acted-on/);
}, 60_000);

test('the leads that keep the new terms are named with what came of it', async () => {
  const { lines } = await handoff('rollout', 'leads', id, '--status', 'acted-on');
  expect(lines).toEqual([expect.stringMatching(new RegExp(`^ +${leads[0]!.id} +acted-on .*acted-on +clock-breached`))]);
  expect((await handoff('rollout', 'list')).lines[0]).toContain(id);
  const none = await handoff('rollout', 'list', '--agreement', 'outbound');
  expect(none.lines).toEqual([expect.stringMatching(/^there are none; handoff agreement rollout/)]);
});

test.each([
  { label: 'no version', words: ['agreement', 'preview', 'inbound-saas', '--mode', 'keep'], code: 2, error: /NAME@N/ },
  {
    label: 'a version that there is not',
    words: ['agreement', 'rollout', 'inbound-saas@99', '--mode', 'keep'],
    code: 1,
    error: /unknown-version/,
  },
  {
    label: 'a mode that there is not',
    words: ['agreement', 'preview', 'inbound-saas@1', '--mode', 'now'],
    code: 2,
    error: /keep, recompute/,
  },
  { label: 'a rollout that there is not', words: ['rollout', 'pause', 'ro_none'], code: 1, error: /unknown-rollout/ },
])('$label is refused in words', async ({ words, code, error }) => {
  const { exitCode, errors } = await handoff(...words);
  expect(exitCode).toBe(code);
  expect(errors.join('\n')).toMatch(error);
});
