/**
 * `npm run search:counterexamples -- [MINUTES] [SEED]`: looks for counterexamples among fresh random cases, round after
 * round, each with a seed of its own, until the time is over or something is found. Then exit code 1, with the command
 * that finds the same again.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [minutes = '10', firstSeed] = process.argv.slice(2);
const endsAt = Date.now() + Number(minutes) * 60_000;
if (!Number.isFinite(endsAt)) throw new Error(`"${minutes}" is no number of minutes`);

/** Every test over random cases takes its chance from there; those with servers of their own are no part of this. */
const chance = 'chance/index.js';
const withCases = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.test.ts') && !path.startsWith('live'))
  .map((path) => join('test', path))
  .filter((path) => readFileSync(path, 'utf8').includes(chance));

function look(seed) {
  const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
  const { status } = spawnSync(
    process.execPath,
    [...jest, '--selectProjects', 'property', 'unit', '--maxWorkers=1', '--runTestsByPath', ...withCases],
    { stdio: 'inherit', env: { ...process.env, HANDOFF_CASES_SEED: String(seed), HANDOFF_CASES_TIMES: '3' } },
  );
  return status === 0;
}

let seed = Number(firstSeed ?? Date.now() % 1_000_000_000);
let roundCount = 0;
let found = false;
do {
  roundCount += 1;
  found = !look(seed);
  if (found) console.log(`\nseed ${seed} found something; again: npm run search:counterexamples -- 0 ${seed}`);
  seed += 1;
} while (!found && Date.now() < endsAt);
if (!found) console.log(`\n${roundCount} rounds, up to seed ${seed - 1}: nothing found`);
process.exitCode = found ? 1 : 0;
