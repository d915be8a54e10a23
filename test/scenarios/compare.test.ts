import { join } from 'node:path';
import { readScenario, type Expectations } from '../../src/documents/index.js';
import { compare } from '../../src/scenarios/index.js';
import { run, sources, specFolder } from './run-file.js';

const at = (text: string): number => Date.parse(text);
const HOUR_MS = 3_600_000;

const scenarioOf = (name: string) => {
  const { value, mistakes } = readScenario(join(specFolder, name), sources);
  if (value === undefined) throw new Error(JSON.stringify(mistakes));
  return value;
};

// Both tiers of first-response fire, the lead changes hands, three points warn, one clock waits.
const climbed = scenarioOf('02-nobody-answers.yaml');
const outcome = run(climbed);
const different = (expect: Partial<Expectations>) => compare({ agedOut: false, ...expect }, outcome);
const clock = (fields: object) => ({
  clocks: [{ clock: 'first-response', n: 1, cycle: 1, corrected: false, ...fields }],
});

test('nothing differs from what the scenario expects', () => {
  expect(compare(climbed.expect, outcome)).toEqual([]);
});

test('a section that is left out is not compared', () => {
  expect(different({})).toEqual([]);
});

describe('what the lead has become', () => {
  test.each([
    { label: 'stage', expect: { stage: 'mql' as const }, actual: 'sal' },
    { label: 'owner', expect: { owner: null }, actual: 'rep-east-2' },
    { label: 'queue', expect: { queue: 'sdr-east' }, actual: 'null' },
    { label: 'priority', expect: { priority: 'high' as const }, actual: 'normal' },
    { label: 'cycle', expect: { cycle: 2 }, actual: '1' },
    { label: 'missingFields', expect: { missingFields: ['email'] }, actual: '[]' },
    { label: 'excluded', expect: { excluded: ['engagement'] }, actual: '[]' },
    { label: 'agedOut', expect: { agedOut: true }, actual: 'false' },
    { label: 'clockCount', expect: { clockCount: 1 }, actual: '9' },
  ])('$label', ({ label, expect: wanted, actual }) => {
    expect(different(wanted)).toEqual([{ where: label, expected: expect.any(String) as string, actual }]);
  });

  test('a lead that was taken failed no criteria, said as an empty list or as null', () => {
    expect(different({ excluded: [] })).toEqual([]);
    expect(different({ excluded: null })).toEqual([]);
  });
});

describe('a clock is compared in the fields that are listed', () => {
  test.each([
    { label: 'its start', fields: { startedAt: at('2026-11-23T15:00:01Z') }, actual: '2026-11-23T15:00:00Z' },
    { label: 'its due instant', fields: { dueAt: null }, actual: '2026-11-23T19:00:00Z' },
    { label: 'its verdict', fields: { verdict: 'met' as const }, actual: 'breached' },
    { label: 'its completion', fields: { completedAt: null }, actual: '2026-11-24T15:10:00Z' },
    { label: 'its overshoot', fields: { overshoot: 4 * HOUR_MS }, actual: '4h10m' },
    { label: 'its correction', fields: { corrected: true }, actual: 'false' },
  ])('$label', ({ fields, actual }) => {
    expect(different(clock(fields))).toEqual([expect.objectContaining({ actual })]);
  });

  test('a clock that there is not', () => {
    expect(different(clock({ n: 2 }))).toEqual([expect.objectContaining({ actual: '(none)' })]);
    expect(different(clock({ cycle: 2 }))).toEqual([
      expect.objectContaining({ where: 'clocks first-response 1 of cycle 2' }),
    ]);
  });

  test('an empty list says that there are none', () => {
    expect(different({ clocks: [] })).toHaveLength(1);
  });

  test('a completion that is not awaited any more is null until it comes', () => {
    const waiting = clock({ clock: 'status-update', completedAt: null, overshoot: null, verdict: 'pending' as const });
    expect(different(waiting)).toEqual([]);
  });
});

describe('escalations, warnings and refusals are whole lists in order', () => {
  const escalations = climbed.expect.escalations!;
  const warnings = climbed.expect.warnings!;

  test('an entry too few', () => {
    expect(different({ escalations: escalations.slice(1) })).toEqual([
      {
        where: 'escalations 0',
        expected: '(none)',
        actual: '{ at: 2026-11-23T19:00:00Z, clock: first-response, n: 1, tier: 1, to: [manager-east] }',
      },
    ]);
  });

  test('an entry too many stands where it was expected, and parts no others', () => {
    const [first, ...others] = escalations;
    expect(different({ escalations: [first!, { ...first!, tier: 7 }, ...others] })).toEqual([
      expect.objectContaining({ where: 'escalations 1', actual: '(none)' }),
    ]);
  });

  test('another order', () => {
    expect(different({ warnings: [...warnings].reverse() }).length).toBeGreaterThan(0);
  });

  test.each([
    { label: 'an instant', entry: { at: at('2026-11-23T19:00:00.001Z') } },
    { label: 'a tier', entry: { tier: 2 } },
    { label: 'recipients in another order', entry: { to: ['vp-sales', 'manager-east'] } },
    { label: 'a skipped tier', entry: { skipped: true } },
    { label: 'a reassignment that was not asked for', entry: { reassigned: false } },
    { label: 'another cycle', entry: { cycle: 2 } },
  ])('$label in an entry', ({ entry }) => {
    const [first, ...others] = escalations;
    expect(different({ escalations: [{ ...first!, ...entry }, ...others] })).toHaveLength(1);
  });

  test('a field that is not listed is not compared', () => {
    expect(different({ warnings: warnings.map(({ clock: name, n, cycle }) => ({ clock: name, n, cycle })) })).toEqual(
      [],
    );
  });

  test('an empty list says that there are none', () => {
    expect(different({ refusals: [] })).toEqual([]);
    expect(different({ warnings: [] })).toHaveLength(3);
  });

  test('a refusal that did not come', () => {
    expect(different({ refusals: [{ fact: 0, code: 'lead-closed' }] })).toEqual([
      { where: 'refusals 0', expected: '{ fact: 0, code: lead-closed }', actual: '(none)' },
    ]);
  });
});
