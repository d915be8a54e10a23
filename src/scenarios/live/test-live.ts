import { readScenario, type Scenario, type ScenarioSources } from '../../documents/index.js';
import type { DurationMs } from '../../domain/business-time/index.js';
import { compare, type Difference } from '../compare.js';
import { runPure } from '../run-pure.js';
import { noEnd, resultOf, type ScenarioResult } from '../test-scenario.js';
import { disagreements } from './agreement-of-runs.js';
import { expectedMails } from './expected-mails.js';
import { lookFor } from './patience.js';
import type { LiveMail, LivePlace, LivePorts } from './ports.js';
import { runLive, type LiveOutcome } from './run-live.js';

/** More would only wait for each other: two cores have enough to do with these. */
const AT_ONCE_COUNT = 8;
const MAILS_WITHIN_MS: DurationMs = 20_000;

export interface LiveTest {
  readonly sources: ScenarioSources;
  readonly ports: LivePorts;
  /** Hears of each result as soon as there is one. */
  readonly tell: (result: ScenarioResult) => void;
}

/** Runs scenario files, several at once, each in a place of its own. @returns the results in the order of the files */
export function testScenariosLive(files: readonly string[], test: LiveTest): Promise<readonly ScenarioResult[]> {
  return severalAtOnce(files, async (file) => {
    const result = await testFileLive(file, test);
    test.tell(result);
    return result;
  });
}

async function testFileLive(file: string, { sources, ports }: LiveTest): Promise<ScenarioResult> {
  const { value: scenario, mistakes } = readScenario(file, sources);
  return scenario === undefined ? { kind: 'unreadable', file, mistakes } : testScenarioLive(scenario, ports);
}

/** The same for scenarios that stand in no file. */
export const playScenariosLive = (
  scenarios: readonly Scenario[],
  ports: LivePorts,
): Promise<readonly ScenarioResult[]> => severalAtOnce(scenarios, (scenario) => testScenarioLive(scenario, ports));

async function severalAtOnce<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  const waiting = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of waiting) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE_COUNT }, worker));
  return results;
}

/** What the run throws fails this scenario and no other. */
async function testScenarioLive(scenario: Scenario, ports: LivePorts): Promise<ScenarioResult> {
  const place = ports.openPlace();
  try {
    return resultOf(scenario, await differencesOf(scenario, place, ports));
  } catch (error) {
    return resultOf(scenario, [noEnd(error)]);
  } finally {
    await place.lead.end();
  }
}

/** With the file's expectations, with the rules alone, and with the inbox. */
async function differencesOf(scenario: Scenario, place: LivePlace, ports: LivePorts): Promise<readonly Difference[]> {
  const outcome = await runLive(scenario, place, ports);
  return [
    ...compare(scenario.expect, outcome),
    ...disagreements(outcome, runPure(scenario, ports, place.id)),
    ...(await mailDifferences(scenario, place, ports, outcome)),
  ];
}

/** Each notice of the lead's story is one mail, and nothing else is. */
async function mailDifferences(
  { directory }: Scenario,
  { lead }: LivePlace,
  { opsEmail }: LivePorts,
  { ledger }: LiveOutcome,
): Promise<readonly Difference[]> {
  const expected = expectedMails(ledger, directory, opsEmail);
  await lookFor(async () => (lead.mails().length >= expected.length ? true : undefined), MAILS_WITHIN_MS);
  const mails = lead.mails();
  return [
    ...listDifference('mails', expected, mails.map(({ to }) => to).sort()),
    ...listDifference('mails that came twice', [], repeated(mails)),
  ];
}

function listDifference(where: string, expected: readonly string[], actual: readonly string[]): readonly Difference[] {
  const [one, other] = [expected.join(', '), actual.join(', ')];
  return one === other ? [] : [{ where, expected: one || '(none)', actual: other || '(none)' }];
}

const repeated = (mails: readonly LiveMail[]): readonly string[] =>
  mails
    .filter(({ messageId }, index) => mails.findIndex((mail) => mail.messageId === messageId) < index)
    .map(({ subject }) => subject);
