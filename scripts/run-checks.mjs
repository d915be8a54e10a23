/**
 * Runs checks, says of each in one line how it went, and counts. Here lives how checks are run and
 * counted (run-checks.d.mts has the contract); which checks there are is said in test.mjs. Nothing but Node's own
 * modules, for it runs on a bare clone.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const withinMsDefault = 10 * 60_000;

/** @type {typeof import('./run-checks.mjs').runChecks} */
export async function runChecks(checks, say) {
  const [tests, others] = [checks.filter(isOfTests), checks.filter((check) => !isOfTests(check))];
  const tallies = [...(await inLanes(2, others, say)), ...(await inLanes(1, tests, say))];
  return tallies.reduce(add, { passedCount: 0, failedCount: 0 });
}

/** Jest has workers of its own, and shows its failures as they come. */
const isOfTests = ({ counts }) => counts === 'jest';

async function inLanes(laneCount, checks, say) {
  const [waiting, tallies] = [checks.values(), []];
  const lane = async () => {
    for (const check of waiting) tallies.push(await runCheck(check, say));
  };
  await Promise.all(Array.from({ length: laneCount }, lane));
  return tallies;
}

export const tallyLine = ({ passedCount, failedCount }) => `${passedCount} passed, ${failedCount} failed`;

export const isGreen = ({ passedCount, failedCount }) => failedCount === 0 && passedCount > 0;

const add = (sum, tally) => ({
  passedCount: sum.passedCount + tally.passedCount,
  failedCount: sum.failedCount + tally.failedCount,
});

async function runCheck(check, say) {
  const startedAt = performance.now();
  const { succeeded, lines, tally } = check.counts === 'jest' ? await runJest(check, say) : await runPlain(check);
  const took = `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
  if (succeeded) say(`✓ ${check.name.padEnd(32)} ${took.padStart(8)}${detailOf(check, tally)}`);
  else sayFailure(check, took, lines, say);
  return tally;
}

const detailOf = (check, tally) => (check.counts === 'jest' ? `  ${tally.passedCount} tests` : '');

function sayFailure(check, took, lines, say) {
  say(`✗ ${check.name.padEnd(32)} ${took.padStart(8)}  failed; to mend or to see it alone: ${check.fix}`);
  for (const line of lines.filter((text) => !isNoise(text))) say(`  ${line}`);
}

const isNoise = (line) => /^\s*✓|^PASS |^npm warn Unknown user config/.test(line);

async function runPlain(check) {
  const { succeeded, lines } = await runCommand(check, check.command);
  return { succeeded, lines, tally: succeeded ? passed(1) : failed(1) };
}

/** Jest's own report is the count; a run that broke outside of any test (no test found, set-up failed) is one failure. */
async function runJest(check, say) {
  const folder = mkdtempSync(join(tmpdir(), 'handoff-test-'));
  const report = join(folder, 'report.json');
  const onLine = (line) => line.startsWith('FAIL ') && say(`  ${line}`);
  const { succeeded, lines } = await runCommand(check, [...check.command, '--json', `--outputFile=${report}`], onLine);
  const counted = countTests(report);
  rmSync(folder, { recursive: true });
  const saysNothing = counted.failedCount === 0 && (!succeeded || counted.passedCount === 0);
  const tally = saysNothing ? add(counted, failed(1)) : counted;
  return { succeeded: succeeded && isGreen(tally), lines, tally };
}

function countTests(report) {
  try {
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
    return { passedCount: numPassedTests, failedCount: numFailedTests + numRuntimeErrorTestSuites };
  } catch {
    return failed(1); // no report was written, so jest never came to run a test
  }
}

const passed = (count) => ({ passedCount: count, failedCount: 0 });
const failed = (count) => ({ passedCount: 0, failedCount: count });

/** In a process group of its own, so that a check that hangs or is interrupted takes its children with it. */
async function runCommand({ env, withinMs = withinMsDefault }, [program, ...args], onLine = () => {}) {
  const child = spawn(program, args, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  const endGroup = () => killGroup(child.pid);
  process.once('exit', endGroup);
  const lines = [];
  const heard = (line) => (lines.push(line), onLine(line));
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', heard);
  const timer = setTimeout(() => (heard(`stopped after ${withinMs / 1000} s without an end`), endGroup()), withinMs);
  const succeeded = await new Promise((resolve) => {
    child.on('error', (error) => (heard(`${program}: ${error.message}`), resolve(false)));
    child.on('close', (code) => resolve(code === 0));
  });
  clearTimeout(timer);
  process.off('exit', endGroup);
  return { succeeded, lines };
}

function killGroup(pid) {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // The group has ended already, which is what we want.
  }
}
