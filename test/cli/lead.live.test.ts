/** Promise: sales ops see and mend a lead from the command line, in plain words, and learn why not where it says no. */
import { createApiCaller } from '../../src/bin/handoff/call-api.js';
import { ADMIN_KEY, ApiWorld, leadBody } from '../api/api-world.js';
import { handoffWith } from './command-line.js';

let api: ApiWorld;
beforeAll(async () => {
  api = await ApiWorld.open({ set: null });
}, 60_000);
afterAll(() => api.close());

const lead = (...words: string[]) => {
  const callApi = createApiCaller({ HANDOFF_URL: api.http.url, HANDOFF_API_KEY: ADMIN_KEY });
  return handoffWith({ callApi }, 'lead', ...words);
};

async function takeLead(): Promise<string> {
  const { body } = await api.http.post('/v1/leads', leadBody());
  return body['leadId'] as string;
}

test('a touch is recorded and the lead told as it stands by it', async () => {
  const id = await takeLead();
  const touched = await lead('touch', id, '--channel', 'phone', '--outcome', 'no-answer', '--by', 'rep-east-1');
  expect(touched).toMatchObject({ exitCode: 0, errors: [] });
  expect(touched.lines).toEqual([
    expect.stringMatching(/^touch is recorded, up to entry \d+$/),
    expect.stringMatching(new RegExp(`^${id}: sal, cycle 1, held by rep-`)),
  ]);
  const shown = await lead('show', id);
  expect(shown.lines.join('\n')).toMatch(
    /clocks\n[\s\S]* first-response #1 +met[\s\S]*touches\n {2}.* phone +no-answer/,
  );
  const timeline = await lead('timeline', id);
  expect(timeline.last).toMatch(/^ {2}\d+ +\d{4}-/);
  expect(timeline.lines.join('\n')).toMatch(/Touched by phone at .*: no answer\. \(rep-east-1\)/);
});

test('a touch that was logged by mistake is taken back by the number that the timeline gives it', async () => {
  const id = await takeLead();
  await lead('touch', id, '--channel', 'email', '--outcome', 'sent');
  const { lines } = await lead('timeline', id);
  const entry = /^\s*(\d+) .*Touched by email/m.exec(lines.join('\n'))?.[1];
  expect(await lead('retract', id, '--touch', entry!, '--reason', 'wrong lead')).toMatchObject({ exitCode: 0 });
});

test('a lead is closed and taken back', async () => {
  const id = await takeLead();
  await lead('accept', id);
  expect(await lead('pause', id, '--reason', 'fair')).toMatchObject({ exitCode: 0 });
  expect(await lead('resume', id)).toMatchObject({ exitCode: 0 });
  expect(await lead('reassign', id, '--to', 'rep-west-1')).toMatchObject({ exitCode: 0 });
  expect((await lead('show', id)).lines.join('\n')).toContain('held by rep-west-1');
});

test('what a rep stumbled over is noted with the disposition, and told in the timeline', async () => {
  const id = await takeLead();
  await lead('accept', id);
  const noted = ['--friction', 'the price comes too early', '--content-gap', 'a page about security'];
  const disposed = await lead('dispose', id, '--reason', 'no-budget', '--notes', 'next year', ...noted);
  expect(disposed).toMatchObject({ exitCode: 0, errors: [] });
  expect((await lead('timeline', id)).lines.join('\n').replaceAll(/\s+/g, ' ')).toContain(
    'Friction: “the price comes too early”. Content gap: “a page about security”.',
  );
});

test.each([
  {
    label: 'a second acceptance is refused with what helps',
    words: ['accept'],
    first: ['accept'],
    error: /^already-decided: .*dispose/,
    exitCode: 1,
  },
  {
    label: 'an unknown person is refused',
    words: ['reassign', '--to', 'nobody-known'],
    error: /^unknown-person: /,
    exitCode: 1,
  },
  {
    label: 'a mistake in an instant names the option',
    words: ['pause', '--reason', 'fair', '--until', 'tomorrow'],
    error: /--until: /,
    exitCode: 1,
  },
  {
    label: 'a channel that there is not is told by its name',
    words: ['touch', '--channel', 'fax'],
    error: /fax/,
    exitCode: 2,
  },
])('$label', async ({ words, first, error, exitCode }) => {
  const id = await takeLead();
  if (first) await lead(first[0]!, id);
  const refused = await lead(words[0]!, id, ...words.slice(1));
  expect(refused.exitCode).toBe(exitCode);
  expect(refused.errors.join('\n')).toMatch(error);
});

test('an unknown lead, a wrong key and a missing API are told apart', async () => {
  expect((await lead('show', 'ld-nobody')).errors[0]).toMatch(/^unknown-lead: /);
  const withoutKey = createApiCaller({ HANDOFF_URL: api.http.url, HANDOFF_API_KEY: 'wrong' });
  expect(await handoffWith({ callApi: withoutKey }, 'lead', 'stuck')).toMatchObject({
    exitCode: 2,
    errors: [expect.stringMatching(/^key-unknown: /)],
  });
  const nowhere = createApiCaller({ HANDOFF_URL: 'http://127.0.0.1:9', HANDOFF_API_KEY: 'any' });
  expect(await handoffWith({ callApi: nowhere }, 'lead', 'stuck')).toMatchObject({
    exitCode: 2,
    errors: [expect.stringMatching(/^no API answers at .*HANDOFF_URL/)],
  });
});

test('leads that go nowhere are listed, each with why and the command that helps', async () => {
  const id = await takeLead();
  const { lines } = await lead('show', id);
  const owner = /held by (rep-[a-z]+-\d)/.exec(lines.join('\n'))![1]!;
  const directory = await api.world.database.directory.read();
  const absence = { person: owner, from: Date.now() - 1_000, until: Date.now() + 3_600_000 };
  await api.world.database.directory.saveDirectory({ ...directory, absences: [absence] });
  const stuck = await lead('stuck');
  expect(stuck.exitCode).toBe(1);
  expect(stuck.lines.join('\n')).toMatch(
    new RegExp(`${id} .*\\n  ${owner}, who owns it, is absent, since .*\\n    handoff lead reassign ${id} --to PERSON`),
  );
  await api.world.database.directory.saveDirectory(directory);
});
