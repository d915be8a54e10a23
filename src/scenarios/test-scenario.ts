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
  const { name } = scenario;
  const differences = differencesOf(scenario, run);
  return differences.length === 0 ? { kind: 'passed', file, name } : { kind: 'failed', file, name, differences };
}

function differencesOf(scenario: Scenario, run: (scenario: Scenario) => ScenarioOutcome): readonly Difference[] {
  try {
    return compare(scenario.expect, run(scenario));
  } catch (error) {
    const actual = error instanceof Error ? error.message : String(error);
    return [{ where: 'the run', expected: 'an end', actual }];
  }
}
