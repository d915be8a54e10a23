/** Promise: `npm test` tries everything, counts what it tried, and is green only if something ran and nothing failed. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Check, isGreen, runChecks, tallyLine } from '../../scripts/run-checks.mjs';

const folder = mkdtempSync(join(tmpdir(), 'handoff-checks-'));
afterAll(() => rmSync(folder, { recursive: true }));

const node = (script: string): string[] => [process.execPath, '-e', script];
const passing = { name: 'a rule that holds', command: node(''), fix: 'nothing' };
const failing = { name: 'a broken rule', command: node('console.log("line 7"); process.exit(1)'), fix: 'npm run mend' };

/** Stands for jest: writes the report that jest would write and exits as jest would. */
function jestReporting(report: object | undefined, exitCode: number): Check {
  const file = join(mkdtempSync(join(folder, 'jest-')), 'jest.mjs');
  const write = report === undefined ? '' : `writeFileSync(path, ${JSON.stringify(JSON.stringify(report))});`;
  writeFileSync(
    file,
    `import { writeFileSync } from 'node:fs';
     const path = process.argv.at(-1).replace('--outputFile=', '');
     ${write}
     process.exit(${exitCode});`,
  );
  return { name: 'tests', command: [process.execPath, file], fix: 'npm run test:unit', counts: 'jest' };
}

const report = (numPassedTests: number, numFailedTests: number, numRuntimeErrorTestSuites = 0) => ({
  numPassedTests,
  numFailedTests,
  numRuntimeErrorTestSuites,
});

async function run(
  ...checks: readonly Check[]
): Promise<{ readonly line: string; readonly green: boolean; said: string[] }> {
  const said: string[] = [];
  const tally = await runChecks(checks, (line) => said.push(line));
  return { line: tallyLine(tally), green: isGreen(tally), said };
}

test('a check that fails does not keep the next from running', async () => {
  expect(await run(failing, passing)).toMatchObject({ line: '1 passed, 1 failed', green: false });
});

test('checks run two at a time: each of these ends only when the other has begun', async () => {
  const begun = (name: string) => JSON.stringify(join(folder, name));
  const meeting = (own: string, other: string): Check => ({
    name: own,
    command: node(`const fs = require('node:fs');
      fs.writeFileSync(${begun(own)}, '');
      setInterval(() => fs.existsSync(${begun(other)}) && process.exit(0), 5);`),
    fix: 'nothing',
    withinMs: 20_000,
  });
  expect(await run(meeting('first', 'second'), meeting('second', 'first'))).toMatchObject({
    line: '2 passed, 0 failed',
  });
});

test('tests run in turn, after all checks', async () => {
  const tests = { ...jestReporting(report(3, 0), 0), name: 'tests' };
  const { said } = await run(tests, passing, { ...tests, name: 'more tests' }, failing);
  expect(said.filter((line) => /^[✓✗]/.test(line)).map((line) => line.slice(2, 20).trim())).toEqual([
    expect.stringMatching(/a rule that holds|a broken rule/),
    expect.stringMatching(/a rule that holds|a broken rule/),
    'tests',
    'more tests',
  ]);
});

test('a failure shows what was printed and the command that mends it', async () => {
  const { said } = await run(failing);
  expect(said[0]).toContain('a broken rule');
  expect(said[0]).toContain('npm run mend');
  expect(said[1]).toContain('line 7');
});

test('a command that does not exist is a failure that names it', async () => {
  const { line, said } = await run({ name: 'a rule', command: ['no-such-program'], fix: 'npm ci' });
  expect(line).toBe('0 passed, 1 failed');
  expect(said.join('\n')).toContain('no-such-program');
});

test('a check that hangs is stopped and has failed', async () => {
  const hanging = { name: 'a rule', command: node('setInterval(() => {}, 1000)'), fix: 'nothing', withinMs: 50 };
  expect(await run(hanging)).toMatchObject({ line: '0 passed, 1 failed' });
});

test('running nothing is not green', async () => {
  expect(await run()).toMatchObject({ line: '0 passed, 0 failed', green: false });
});

test.each([
  {
    label: 'tests are counted one by one',
    check: jestReporting(report(12, 0), 0),
    line: '12 passed, 0 failed',
    green: true,
  },
  {
    label: 'failed tests are counted',
    check: jestReporting(report(10, 2), 1),
    line: '10 passed, 2 failed',
    green: false,
  },
  {
    label: 'a test file that cannot run fails once',
    check: jestReporting(report(10, 0, 1), 1),
    line: '10 passed, 1 failed',
    green: false,
  },
  {
    label: 'an exit code without a failed test fails once',
    check: jestReporting(report(10, 0), 1),
    line: '10 passed, 1 failed',
    green: false,
  },
  {
    label: 'a run without a report fails',
    check: jestReporting(undefined, 0),
    line: '0 passed, 1 failed',
    green: false,
  },
  {
    label: 'a run in which no test ran fails',
    check: jestReporting(report(0, 0), 0),
    line: '0 passed, 1 failed',
    green: false,
  },
])('$label', async ({ check, line, green }) => {
  expect(await run(check)).toMatchObject({ line, green });
});
