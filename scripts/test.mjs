/** `npm test`: sets up as `npm start` does, then runs every check of the house and all tests, and ends with the count. */
import { isGreen, runChecks, tallyLine } from './run-checks.mjs';
import { setUp } from './setup.mjs';

/** Ends in what goes to the script itself: without `--`, npm would keep later options for itself. */
const npmRun = (script, ...args) => ['npm', 'run', '--silent', script, '--', ...args];

/** Rules must not depend on where the machine stands; these two zones are far apart and neither is a whole hour off. */
const otherZones = ['Pacific/Chatham', 'America/St_Johns'];

/** @type {readonly import('./run-checks.mjs').Check[]} */
const checks = [
  { name: 'format', command: npmRun('check:format'), fix: 'npm run format' },
  { name: 'lint', command: npmRun('lint'), fix: 'npm run lint -- --fix' },
  { name: 'types', command: npmRun('check:types'), fix: 'npm run check:types' },
  { name: 'layer law', command: npmRun('check:layers'), fix: 'npm run check:layers' },
  { name: 'unused code', command: npmRun('check:unused'), fix: 'npm run check:unused' },
  { name: 'unit tests', command: npmRun('test:unit'), fix: 'npm run test:unit', counts: 'jest' },
  { name: 'scenarios of the spec', command: npmRun('test:spec'), fix: 'npm run test:spec', counts: 'jest' },
  { name: 'pages, papers and commands', command: npmRun('test:surface'), fix: 'npm run test:surface', counts: 'jest' },
  { name: 'rules of the house', command: npmRun('test:house'), fix: 'npm run test:house', counts: 'jest' },
  { name: 'property tests', command: npmRun('test:property'), fix: 'npm run test:property', counts: 'jest' },
  ...otherZones.map((zone) => ({
    name: `unit tests, TZ=${zone}`,
    command: npmRun('test:unit', 'test/domain', 'test/documents'),
    fix: `TZ=${zone} npm run test:unit -- test/domain test/documents`,
    counts: 'jest',
    env: { TZ: zone },
  })),
  { name: 'replay of histories', command: npmRun('test:replay'), fix: 'npm run test:replay', counts: 'jest' },
  {
    name: 'integration tests',
    command: npmRun('test:integration'),
    fix: 'npm run test:integration',
    counts: 'jest',
    withinMs: 30 * 60_000,
  },
];

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));

const tally = await setUp({ quiet: false }).then(
  () => runChecks(checks, console.log),
  (error) => {
    console.log(`✗ set-up failed: ${error.message}`);
    return { passedCount: 0, failedCount: 1 };
  },
);
console.log(tallyLine(tally));
process.exitCode = isGreen(tally) ? 0 : 1;
