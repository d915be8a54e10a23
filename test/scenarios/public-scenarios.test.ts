/**
 * Every scenario of the specification, and of the folder named by HANDOFF_SCENARIOS, comes out of the pure core as it
 * says.
 */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { testScenario } from '../../src/scenarios/index.js';
import { run, sources, specFolder } from './run-file.js';

const folders = [specFolder, process.env['HANDOFF_SCENARIOS'] ?? ''].filter((folder) => folder !== '');
const files = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(folder, name)),
);

test('there are scenarios to test', () => expect(files.length).toBeGreaterThanOrEqual(35));

test.each(files.map((file) => ({ file, name: basename(file) })))('$name', ({ file }) => {
  expect(testScenario(file, sources, run)).toMatchObject({ kind: 'passed' });
});
