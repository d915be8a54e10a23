import { formatMistake } from '../documents/index.js';
import type { Difference, ScenarioResult } from '../scenarios/index.js';

/** Wider cells would not stand side by side on a screen: then actual goes below expected. */
const CELL_WIDTH_MAX = 100;

/** `ok` or `FAIL`, the file, and what the scenario says. */
export function resultLine({ kind, file, name }: Exclude<ScenarioResult, { kind: 'unreadable' }>): string {
  return `${kind === 'passed' ? 'ok  ' : 'FAIL'}  ${file}  ${name}`;
}

/** Every difference of a failed scenario, expected and actual side by side under a heading. */
export function failureLines(differences: readonly Difference[]): readonly string[] {
  const heading: Difference = { where: '', expected: 'expected', actual: 'actual' };
  const rows = [heading, ...differences];
  const whereWidth = Math.max(...rows.map(({ where }) => where.length));
  const expectedWidth = Math.min(CELL_WIDTH_MAX, Math.max(...rows.map(({ expected }) => expected.length)));
  return rows.flatMap(({ where, expected, actual }) => {
    const start = `      ${where.padEnd(whereWidth)}  `;
    const beside = `${start}${expected.padEnd(expectedWidth)}  ${actual}`;
    return expected.length <= CELL_WIDTH_MAX
      ? [beside]
      : [`${start}${expected}`, `${' '.repeat(start.length)}${actual}`];
  });
}

/** What is wrong with a file that is no scenario: where, what was found, what was expected there. */
export function unreadableLines({ mistakes }: Extract<ScenarioResult, { kind: 'unreadable' }>): readonly string[] {
  return mistakes.map((mistake) => formatMistake(mistake));
}
