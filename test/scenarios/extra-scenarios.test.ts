/**
 * Every scenario of ours, about what goes beyond the specification, comes out as it says; with the specification's own,
 * they show every refusal, and a refused fact leaves nothing behind.
 */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readScenario, type Scenario } from '../../src/documents/index.js';
import { refusalCodes } from '../../src/domain/lifecycle/commands.js';
import { compare } from '../../src/scenarios/index.js';
import { run, sources, specFolder } from './run-file.js';

const ours = join(import.meta.dirname, '../scenarios-extra');
const filesIn = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => ({ name: basename(name), file: join(folder, name) }));

function scenarioOf(file: string): Scenario {
  const { value, mistakes } = readScenario(file, sources);
  if (value === undefined) throw new Error(`${file}: ${JSON.stringify(mistakes)}`);
  return value;
}

const read = ({ name, file }: { name: string; file: string }) => ({ name, scenario: scenarioOf(file) });
const own = filesIn(ours).map(read);
const refusing = [...own, ...filesIn(specFolder).map(read)].filter(
  ({ scenario }) => (scenario.expect.refusals ?? []).length > 0,
);

test.each(own)('$name', ({ scenario }) => {
  expect(compare(scenario.expect, run(scenario))).toEqual([]);
});

/** A scenario has no rollouts: whether one can be taken back is shown in test/domain/rollout. */
const saidByRolloutsAlone = ['acted-on'];

test('every refusal is shown by a scenario', () => {
  const shown = refusing.flatMap(({ scenario }) => scenario.expect.refusals!.map(({ code }) => code));
  expect(new Set([...shown, ...saidByRolloutsAlone])).toEqual(new Set(refusalCodes));
});

test.each(refusing)('a refused fact leaves nothing behind in $name', ({ scenario }) => {
  const { events, refusals } = run(scenario);
  const refused = new Set(refusals.map(({ fact }) => fact));
  expect(events.filter(({ commandId }) => refused.has(Number(commandId?.replace('fact-', ''))))).toEqual([]);
  const without = run({ ...scenario, facts: scenario.facts.filter(({ index }) => !refused.has(index)) });
  expect(without.events).toEqual(events);
});

test('touches are out of reach from the first millisecond on at which they do not fit, said once', () => {
  const { events } = run(scenarioOf(join(ours, '06-out-of-reach.yaml')));
  const at = Date.parse('2026-11-25T11:05:00.001Z');
  expect(events.filter(({ type }) => type === 'touches-out-of-reach')).toEqual([
    expect.objectContaining({ at, plannedAt: at, clock: 'touches', n: 1, dueAt: Date.parse('2026-11-25T15:05:00Z') }),
  ]);
});
