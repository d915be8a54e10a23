import { join } from 'node:path';
import type { ScenarioResult } from '../scenarios/index.js';
import type { CliPorts, ExitCode } from './ports.js';
import { failureLines, resultLine, unreadableLines } from './scenario-report.js';

interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly unreadable: number;
}

/**
 * `handoff scenario test`: one line per scenario, for a failure expected and actual side by side, and at the end
 * `N passed, N failed`. Ends with 1 if a scenario failed, with 2 if a file could not be read.
 */
export function testScenarioFiles(
  paths: readonly string[],
  { json }: { readonly json: boolean },
  ports: CliPorts,
): ExitCode {
  const results: ScenarioResult[] = [];
  for (const file of paths.flatMap((path) => filesAt(path, ports))) {
    const result = ports.testScenario(file);
    results.push(result);
    if (!json) print(result, ports);
  }
  const tally = tallyOf(results);
  if (json) ports.output.line(JSON.stringify({ ...tally, scenarios: results }, null, 2));
  else ports.output.line(`${tally.passed} passed, ${tally.failed} failed`);
  return tally.unreadable > 0 ? 2 : tally.failed > 0 ? 1 : 0;
}

/** A folder stands for its `*.yaml`; one without any is left as it is, to be told as unreadable. */
function filesAt(path: string, { listFolder }: CliPorts): readonly string[] {
  const names = (listFolder(path) ?? []).filter((name) => name.endsWith('.yaml'));
  return names.length === 0 ? [path] : [...names].sort().map((name) => join(path, name));
}

function print(result: ScenarioResult, { output }: CliPorts): void {
  if (result.kind === 'unreadable') {
    for (const line of unreadableLines(result)) output.error(line);
    return;
  }
  output.line(resultLine(result));
  if (result.kind === 'failed') for (const line of failureLines(result.differences)) output.line(line);
}

function tallyOf(results: readonly ScenarioResult[]): Tally {
  const countOf = (kind: ScenarioResult['kind']) => results.filter((result) => result.kind === kind).length;
  return { passed: countOf('passed'), failed: countOf('failed'), unreadable: countOf('unreadable') };
}
