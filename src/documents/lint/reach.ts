import { priorities, type Condition, type Reason } from '../../domain/agreement/index.js';
import { allImplied, areContrary } from '../../domain/qualification/index.js';
import type { Flaw } from '../mistake.js';
import type { LintRule, LintSubject } from './rule.js';

export const unreachableSegment: LintRule = {
  id: 'unreachable-segment',
  severity: 'error',
  finds: 'A segment that no lead can get, because an earlier one takes every lead that it would.',
  advice: 'put it before that one, or make their conditions differ',
  look: ({ terms: { segments } }) =>
    segments.flatMap(({ name, when }, index) => {
      const earlier = segments.slice(0, index).find((other) => allImplied(when, other.when));
      if (earlier === undefined) return [];
      return [{ path: ['segments', index], message: `no lead is ever "${name}": "${earlier.name}" takes it first` }];
    }),
};

export const unreachableOverride: LintRule = {
  id: 'unreachable-override',
  severity: 'error',
  finds: 'An override that never decides: an earlier one always holds when it does, or it cannot hold at all.',
  advice: 'put it before that one, mend its conditions, or take it out',
  look: (subject) =>
    Object.entries(subject.terms.clocks).flatMap(([clock, { overrides }]) =>
      overrides.flatMap(({ when }, index) => {
        const why = whyNever(subject, when) ?? whyTooLate(subject, overrides.slice(0, index), when);
        const path = ['clocks', clock, 'overrides', index];
        return why === undefined ? [] : [{ path, message: `this override never decides: ${why}` }];
      }),
    ),
};

/** Why conditions cannot all hold, for any lead. */
function whyNever(subject: LintSubject, when: readonly Condition[]): string | undefined {
  const hasContrary = when.some((one, index) => when.slice(index + 1).some((other) => areContrary(one, other)));
  if (hasContrary) return 'two of its conditions exclude each other';
  const { highPriority } = subject.terms.qualification;
  const asksHigh = when.some((condition) => 'priority' in condition && condition.priority === 'high');
  if (asksHigh && highPriority.length === 0) return 'no lead has high priority, as highPriority names no condition';
  const segment = when.flatMap((condition) => ('segment' in condition ? [condition.segment] : []))[0];
  const isEmpty = segment !== undefined && reachableSegments(subject).every((name) => name !== segment);
  return isEmpty ? `no lead is ever "${segment}"` : undefined;
}

interface Override {
  readonly when: readonly Condition[];
}

function whyTooLate(subject: LintSubject, earlier: readonly Override[], when: readonly Condition[]) {
  const index = earlier.findIndex((other) => allImplied(when, other.when));
  if (index >= 0) return `the one at ${index} holds whenever it does`;
  return isCovered(subject, earlier, when) ? 'those before it leave no priority and segment for it' : undefined;
}

/** Whether for each priority and segment an earlier override holds, so that nothing is left. */
function isCovered(subject: LintSubject, earlier: readonly Override[], when: readonly Condition[]): boolean {
  const cases = priorities.flatMap((priority) =>
    [...reachableSegments(subject), undefined].map((segment): readonly Condition[] => [
      { priority },
      ...(segment === undefined ? [] : [{ segment }]),
    ]),
  );
  const possible = cases.filter(
    (facts) => !facts.some((fact) => when.some((condition) => areContrary(fact, condition))),
  );
  return possible.every((facts) => earlier.some((other) => allImplied([...facts, ...when], other.when)));
}

function reachableSegments({ terms: { segments } }: LintSubject): readonly string[] {
  return segments
    .filter(({ when }, index) => !segments.slice(0, index).some((other) => allImplied(when, other.when)))
    .map(({ name }) => name);
}

export const unreachableReason: LintRule = {
  id: 'unreachable-reason',
  severity: 'error',
  finds: 'A reason for rejection or disposition that nobody can ever give, because what it asks for cannot be.',
  advice: 'change what it asks for, or take it out',
  look: ({ terms }) => [
    ...terms.reasons.rejection.flatMap((reason, index) =>
      flawsOf(['reasons', 'rejection', index], reason, whyNotOfRejection(reason)),
    ),
    ...terms.reasons.disposition.flatMap((reason, index) =>
      flawsOf(['reasons', 'disposition', index], reason, whyNotOfDisposition(reason, terms.recycle.maxCycles)),
    ),
  ],
};

function flawsOf(path: Flaw['path'], { id }: Reason, why: string | undefined): Flaw[] {
  return why === undefined ? [] : [{ path, message: `reason "${id}" can never be given: ${why}` }];
}

function whyNotOfRejection({ needs, wakeOnRequired }: Reason): string | undefined {
  if (needs !== undefined) {
    return `it asks for ${needs === 'contact' ? 'a contact' : 'touches'}, but the first touch accepts the lead`;
  }
  return wakeOnRequired ? 'it asks for a date to come back, and a rejection carries none' : undefined;
}

function whyNotOfDisposition({ route }: Reason, maxCycles: number): string | undefined {
  const isPastLimit = route === 'recycle' && maxCycles <= 1;
  return isPastLimit ? `it recycles the lead, and recycle.maxCycles is ${maxCycles}` : undefined;
}
