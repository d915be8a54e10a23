import { join } from 'node:path';
import type { ScenarioResult } from '../scenarios/index.js';
import type { CliPorts, ExitCode } from './ports.js';
import { failureLines, resultLine, unreadableLines } from './scenario-report.js';

interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly unreadable: number;
}

export interface ScenarioTestOptions {
  /** One document for machines instead of lines for people. */
  readonly json: boolean;
  /** Through the running product instead of the rules alone. */
  readonly live: boolean;
}

/**
 * `handoff scenario test`: one line per scenario, for a failure expected and actual side by side, and at the end
 * `N passed, N failed`. Ends with 1 if a scenario failed, with 2 if a file could not be read or no server started.
 */
export async function testScenarioFiles(
  paths: readonly string[],
  { json, live }: ScenarioTestOptions,
  ports: CliPorts,
): Promise<ExitCode> {
  const startedAt = ports.now();
  const files = paths.flatMap((path) => filesAt(path, ports));
  const tell = json ? () => undefined : (result: ScenarioResult) => print(result, ports);
  const results = live ? await resultsLive(files, tell, ports) : resultsOfRules(files, tell, ports);
  if (results === undefined) return 2;
  const elapsedMs = ports.now() - startedAt;
  const tally = tallyOf(results);
  if (json) ports.output.line(documentOf(results, tally, live ? { elapsedMs } : {}));
  if (!json && live) ports.output.line(`live in ${(elapsedMs / 1_000).toFixed(1)} s, servers included`);
  if (!json) ports.output.line(`${tally.passed} passed, ${tally.failed} failed`);
  return tally.unreadable > 0 ? 2 : tally.failed > 0 ? 1 : 0;
}

type Tell = (result: ScenarioResult) => void;

const resultsOfRules = (files: readonly string[], tell: Tell, ports: CliPorts): readonly ScenarioResult[] =>
  files.map((file) => {
    const result = ports.testScenario(file);
    tell(result);
    return result;
  });

/** Undefined, with the reason printed, where there is nothing to run scenarios on. */
async function resultsLive(
  files: readonly string[],
  tell: Tell,
  { testScenariosLive, output }: CliPorts,
): Promise<readonly ScenarioResult[] | undefined> {
  try {
    return await testScenariosLive(files, tell);
  } catch (error) {
    output.error(`The scenarios could not be run live: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

const documentOf = (scenarios: readonly ScenarioResult[], tally: Tally, more: object): string =>
  JSON.stringify({ ...tally, ...more, scenarios }, null, 2);

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
