import { readScenario, type Mistake, type Scenario, type ScenarioSources } from '../documents/index.js';
import { compare, type Difference } from './compare.js';
import type { ScenarioOutcome } from './outcome.js';

/** What testing one scenario file gave. */
export type ScenarioResult =
  | { readonly kind: 'passed'; readonly file: string; readonly name: string }
  | {
      readonly kind: 'failed';
      readonly file: string;
      readonly name: string;
      readonly differences: readonly Difference[];
    }
  | { readonly kind: 'unreadable'; readonly file: string; readonly mistakes: readonly Mistake[] };

/** Reads one scenario file, runs it, and compares. What the run throws fails this scenario and no other. */
export function testScenario(
  file: string,
  sources: ScenarioSources,
  run: (scenario: Scenario) => ScenarioOutcome,
): ScenarioResult {
  const { value: scenario, mistakes } = readScenario(file, sources);
  if (scenario === undefined) return { kind: 'unreadable', file, mistakes };
  return resultOf(scenario, differencesOf(scenario, run));
}

/** A scenario has passed if it came out as expected in everything. */
export const resultOf = ({ file, name }: Scenario, differences: readonly Difference[]): ScenarioResult =>
  differences.length === 0 ? { kind: 'passed', file, name } : { kind: 'failed', file, name, differences };

function differencesOf(scenario: Scenario, run: (scenario: Scenario) => ScenarioOutcome): readonly Difference[] {
  try {
    return compare(scenario.expect, run(scenario));
  } catch (error) {
    return [noEnd(error)];
  }
}

/** That the run threw instead of coming to its end. */
export const noEnd = (error: unknown): Difference => ({
  where: 'the run',
  expected: 'an end',
  actual: error instanceof Error ? error.message : String(error),
});
