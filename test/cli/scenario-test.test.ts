import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { asItIs, folderWith, handoff } from './command-line.js';

const folder = folderWith({
  '03-late-answer-stops-the-ladder.yaml': asItIs,
  '05-due-at-closing.yaml': (text) => text.replace('overshoot: 0m', 'overshoot: 1h').replace('tier: 1', 'tier: 2'),
  '06-thanksgiving.yaml': (text) => text.replace('facts: []', 'facts: [{ at: 2026-11-20T00:00:00Z, do: acept }]'),
});
const scenario = (name: string) => join(folder, 'scenarios', name);
const sound = scenario('03-late-answer-stops-the-ladder.yaml');
const failing = scenario('05-due-at-closing.yaml');
const unreadable = scenario('06-thanksgiving.yaml');

afterAll(() => rmSync(folder, { recursive: true }));

test('a scenario that passes is one line, and all is well', async () => {
  expect(await handoff('scenario', 'test', sound)).toEqual({
    exitCode: 0,
    lines: [`ok    ${sound}  A late answer stops the ladder after tier 1; the breach stays`, '1 passed, 0 failed'],
    errors: [],
    last: '1 passed, 0 failed',
  });
});

test('a failure ends with 1 and shows expected and actual side by side', async () => {
  const { exitCode, lines, last } = await handoff('scenario', 'test', sound, failing);
  expect(exitCode).toBe(1);
  expect(last).toBe('1 passed, 1 failed');
  expect(lines.find((line) => line.startsWith('FAIL'))).toContain(failing);
  expect(lines).toContainEqual(expect.stringMatching(/^ +expected +actual$/));
  expect(lines).toContainEqual(expect.stringMatching(/^ +clocks first-response 1, overshoot +1h +0m$/));
  expect(lines).toContainEqual(expect.stringMatching(/escalations 0 .*tier: 2.* {2}\{ at: .*tier: 1/));
});

test('columns line up', async () => {
  const { lines } = await handoff('scenario', 'test', failing);
  const heading = lines.find((line) => line.trim().startsWith('expected'))!;
  const overshoot = lines.find((line) => line.includes('overshoot'))!;
  expect(overshoot.indexOf('1h')).toBe(heading.indexOf('expected'));
  expect(overshoot.indexOf('0m')).toBe(heading.indexOf('actual'));
});

test('a file that cannot be read ends with 2: file, line, what was expected there; the others are run', async () => {
  const { exitCode, errors, last } = await handoff('scenario', 'test', unreadable, sound);
  expect(exitCode).toBe(2);
  expect(last).toBe('1 passed, 0 failed');
  expect(errors).toHaveLength(2);
  expect(errors[0]).toMatch(/06-thanksgiving.yaml:\d+:\d+ facts\.0\.at: 2026-11-20.* lies before the hand-off/);
  expect(errors[1]).toMatch(/facts\.0\.do: found "acept"; expected accept, reject.*Did you mean "accept"/);
});

test('a path that there is not, and a folder without scenarios, end with 2', async () => {
  const missing = await handoff('scenario', 'test', join(folder, 'nowhere.yaml'));
  expect(missing).toMatchObject({ exitCode: 2, last: '0 passed, 0 failed' });
  expect(missing.errors[0]).toMatch(/nowhere.yaml:1:1 .*expected a scenario file/);
  expect((await handoff('scenario', 'test', folder)).exitCode).toBe(2);
});

test('a folder stands for its *.yaml, in the order of their names', async () => {
  const { lines, errors } = await handoff('scenario', 'test', join(folder, 'scenarios'));
  expect(
    [...lines, ...errors].filter((line) => /^(ok|FAIL)/.test(line)).map((line) => line.split('  ').at(-2)),
  ).toEqual([sound, failing]);
  expect(errors[0]).toContain(unreadable);
});

test('--json prints one document with the result of each file', async () => {
  const { exitCode, lines, errors } = await handoff('scenario', 'test', '--json', sound, failing, unreadable);
  expect([exitCode, lines.length, errors]).toEqual([2, 1, []]);
  expect(JSON.parse(lines[0]!)).toMatchObject({
    passed: 1,
    failed: 1,
    unreadable: 1,
    scenarios: [
      { kind: 'passed', file: sound },
      {
        kind: 'failed',
        differences: [{ where: 'clocks first-response 1, overshoot', expected: '1h', actual: '0m' }, {}],
      },
      { kind: 'unreadable', mistakes: [{ path: 'facts.0.at', line: expect.any(Number) as number }, {}] },
    ],
  });
});

test.each([
  { label: 'no path', words: ['scenario', 'test'], says: /missing required argument/ },
  { label: 'an unknown option', words: ['scenario', 'test', '--jsn', 'x'], says: /unknown option '--jsn'/ },
  { label: 'an unknown command', words: ['scenaro'], says: /unknown command 'scenaro'/ },
])('$label ends with 2 and says so', async ({ words, says }) => {
  const { exitCode, errors } = await handoff(...words);
  expect(exitCode).toBe(2);
  expect(errors.join('\n')).toMatch(says);
});

test('help is no mistake', async () => {
  expect(await handoff('--help')).toMatchObject({ exitCode: 0, last: expect.stringMatching(/scenario/) as string });
});

test('the installed command does the same, from any folder', () => {
  const script = join(import.meta.dirname, '../../scripts/handoff.mjs');
  const { status, stdout } = spawnSync(process.execPath, [script, 'scenario', 'test', sound, failing], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect([status, stdout.trimEnd().split('\n').at(-1)]).toEqual([1, '1 passed, 1 failed']);
}, 60_000);

test('without servers to run them on, live scenarios are not run, and the reason is told', async () => {
  const { exitCode, lines, errors } = await handoff('scenario', 'test', '--live', sound);
  expect({ exitCode, lines }).toEqual({ exitCode: 2, lines: [] });
  expect(errors).toEqual(['The scenarios could not be run live: no server is started by these tests']);
});
