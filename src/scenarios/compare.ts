import type { Expectations } from '../documents/index.js';
import type { ClockRecord } from '../domain/lifecycle/record.js';
import { holderOf } from '../domain/lifecycle/state.js';
import { aligned, entryText, isSame, matches, valueText, type Entry } from './entries.js';
import type { ScenarioOutcome } from './outcome.js';

/** One thing that came out otherwise than expected, both as a scenario file would write them. */
export interface Difference {
  /** Where in `expect` it stands. */
  readonly where: string;
  readonly expected: string;
  readonly actual: string;
}

const ABSENT = '(none)';

/**
 * Everything in which an outcome is not what a scenario expects (spec §6): entries are compared in the fields they
 * list, instants and durations by value, and the lists of escalations, warnings and refusals whole and in order.
 */
export function compare(expect: Expectations, outcome: ScenarioOutcome): readonly Difference[] {
  const { clocks, escalations, warnings, refusals, ...facts } = expect;
  const { record } = outcome;
  return [
    ...compareFacts(facts, outcome),
    ...(clocks === undefined ? [] : compareClocks(clocks, record.clocks.map(clockEntry))),
    ...(escalations === undefined ? [] : compareLists('escalations', escalations, escalationEntries(outcome))),
    ...(warnings === undefined ? [] : compareLists('warnings', warnings, warningEntries(outcome))),
    ...(refusals === undefined ? [] : compareLists('refusals', [...refusals].sort(byFact), refusalEntries(outcome))),
  ];
}

function byFact(a: { readonly fact: number }, b: { readonly fact: number }): number {
  return a.fact - b.fact;
}

function compareFacts(expected: Entry, { record }: ScenarioOutcome): Difference[] {
  const { state, clocks } = record;
  const { owner, queue } = holderOf(state);
  const actual: Entry = {
    stage: state.stage,
    owner,
    queue,
    priority: state.priority,
    cycle: state.cycle,
    missingFields: state.missingFields,
    // Nothing was failed by a lead that was taken.
    excluded: state.excluded ?? (Array.isArray(expected['excluded']) ? [] : null),
    agedOut: state.closingCause === 'aged-out',
    clockCount: clocks.length,
  };
  return differencesOf('', expected, actual);
}

/** Clocks are found by name, number and cycle; others may exist, unless the list is empty. */
function compareClocks(expected: readonly Entry[], actual: readonly Entry[]): Difference[] {
  if (expected.length === 0 && actual.length > 0) {
    return [{ where: 'clocks', expected: '[]', actual: actual.map(entryText).join(' ') }];
  }
  return expected.flatMap((entry) => {
    const { clock, n, cycle } = entry;
    const where = `clocks ${String(clock)} ${String(n)}${cycle === 1 ? '' : ` of cycle ${String(cycle)}`}`;
    const found = actual.find((candidate) => matches({ clock, n, cycle }, candidate));
    return found === undefined
      ? [{ where, expected: entryText(entry), actual: ABSENT }]
      : differencesOf(`${where}, `, entry, found);
  });
}

function differencesOf(prefix: string, expected: Entry, actual: Entry): Difference[] {
  return Object.entries(expected)
    .filter(([field, value]) => value !== undefined && !isSame(value, actual[field]))
    .map(([field, value]) => ({
      where: `${prefix}${field}`,
      expected: valueText(field, value),
      actual: valueText(field, actual[field]),
    }));
}

function compareLists(name: string, expected: readonly Entry[], actual: readonly Entry[]): Difference[] {
  return aligned(expected, actual)
    .map(([one, other], index) => ({ one, other, where: `${name} ${index}` }))
    .filter(({ one, other }) => one === undefined || other === undefined || !matches(one, other))
    .map(({ one, other, where }) => ({
      where,
      expected: one === undefined ? ABSENT : entryText(one),
      actual: other === undefined ? ABSENT : entryText(other),
    }));
}

function clockEntry({ clock, n, cycle, startedAt, dueAt, verdict, completedAt, overshootMs, corrected }: ClockRecord) {
  return { clock, n, cycle, startedAt, dueAt, verdict, completedAt, overshoot: overshootMs, corrected };
}

function escalationEntries({ record }: ScenarioOutcome): readonly Entry[] {
  return record.escalations.map(({ at, clock, n, clockCycle, tier, to, skipped, reassigned }) => ({
    at,
    clock,
    n,
    cycle: clockCycle,
    tier,
    to,
    skipped,
    reassigned,
  }));
}

function warningEntries({ record }: ScenarioOutcome): readonly Entry[] {
  return record.warnings.map(({ at, clock, n, clockCycle, point }) => ({ at, clock, n, cycle: clockCycle, point }));
}

function refusalEntries({ refusals }: ScenarioOutcome): readonly Entry[] {
  return refusals.map(({ fact, code }) => ({ fact, code }));
}
