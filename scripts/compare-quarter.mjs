/**
 * `npm run test:quarter -- [COUNT]`: compares every figure of reports three ways (by SQL, by the core, by its plain
 * definition) on a made-up quarter of 20,000 leads, or of so many; `npm test` does so on fewer.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [leadCount = '20000'] = process.argv.slice(2);
if (!/^[1-9]\d*$/.test(leadCount)) throw new Error(`"${leadCount}" is no number of leads`);

/** Tests that look at something else ask for a number of leads of their own. */
const comparesAll = 'recordQuarter()';
const comparing = readdirSync('test/reports')
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => join('test/reports', name))
  .filter((path) => readFileSync(path, 'utf8').includes(comparesAll));

const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
const { status } = spawnSync(
  process.execPath,
  // Jest gives back little of what a file of tests has held: a worker begins anew after each.
  [
    ...jest,
    '--selectProjects',
    'integration',
    '--maxWorkers=2',
    '--workerIdleMemoryLimit=500MB',
    '--runTestsByPath',
    ...comparing,
  ],
  { stdio: 'inherit', env: { ...process.env, HANDOFF_REPORT_LEADS: leadCount } },
);
process.exitCode = status ?? 1;
