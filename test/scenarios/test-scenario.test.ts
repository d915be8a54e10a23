import { join } from 'node:path';
import { testScenario } from '../../src/scenarios/index.js';
import { run, sources, specFolder } from './run-file.js';

const file = join(specFolder, '05-due-at-closing.yaml');

/** The public scenario with one passage written otherwise. */
const spoilt = (passage: string, instead: string) => ({
  ...sources,
  readText: (path: string) => sources.readText(path)!.replace(passage, () => instead),
});

test('a scenario passes when all comes out as it says', () => {
  expect(testScenario(file, sources, run)).toEqual({ kind: 'passed', file, name: expect.any(String) as string });
});

test('a scenario fails with what differs', () => {
  expect(testScenario(file, spoilt('overshoot: 0m', 'overshoot: 1h'), run)).toMatchObject({
    kind: 'failed',
    differences: [{ where: 'clocks first-response 1, overshoot', expected: '1h', actual: '0m' }],
  });
});

test('a file with mistakes is unreadable, with all of them', () => {
  const result = testScenario(file, spoilt('until: 2026-11-21T16:00:00Z', 'untill: 2026-11-21T16:00:00Z'), run);
  expect(result).toMatchObject({ kind: 'unreadable', mistakes: [{ path: 'until' }, { path: 'untill' }] });
});

test('what the run throws fails that scenario, with what was thrown', () => {
  const broken = () => {
    throw new RangeError('a pause was counted twice');
  };
  expect(testScenario(file, sources, broken)).toMatchObject({
    kind: 'failed',
    differences: [{ where: 'the run', actual: 'a pause was counted twice' }],
  });
});
