import type { AgreementTerms, Condition, Fields, Priority, Qualification } from '../agreement/index.js';
import { allHold, anyHolds, fieldOf, holds, isFilled, type Subject } from './condition.js';

/** What the hand-off finds out about a lead (spec §5, Stages). */
export interface Judgement {
  /** Criteria not met, in the order of the document; empty: the lead is an MQL. */
  readonly excluded: readonly string[];
  readonly segment: string | null;
  readonly priority: Priority;
  readonly missingFields: readonly string[];
}

/** Judges a lead by the agreement's MQL definition; pure, for the instant in `subject.at`. */
export function judge(
  { segments, qualification }: AgreementTerms,
  { at, fields, signals }: Omit<Subject, 'segment' | 'priority'>,
): Judgement {
  const asking: Subject = { at, fields, signals, segment: null, priority: null };
  const segment = segments.find(({ when }) => allHold(when, asking))?.name ?? null;
  const placed: Subject = { at, fields, signals, segment, priority: null };
  return {
    excluded: criteriaNotMet(qualification, placed),
    segment,
    priority: anyHolds(qualification.highPriority, placed) ? 'high' : 'normal',
    missingFields: missingOf(qualification.requiredFields, fields),
  };
}

function criteriaNotMet({ fit, engagement, exclude }: Qualification, subject: Subject): string[] {
  const unfit = fit.filter((condition) => !holds(condition, subject)).map((condition) => `fit.${subjectOf(condition)}`);
  const unengaged = engagement.length > 0 && !anyHolds(engagement, subject) ? ['engagement'] : [];
  const barred = exclude.filter((condition) => holds(condition, subject));
  return [...new Set([...unfit, ...unengaged, ...barred.map((condition) => `exclude.${subjectOf(condition)}`)])];
}

function subjectOf(condition: Condition): string {
  if ('field' in condition) return condition.field;
  if ('action' in condition) return condition.action;
  if ('signal' in condition) return condition.signal;
  return 'priority' in condition ? 'priority' : 'segment';
}

/** The fields that are absent, null or empty, in the order asked for. */
export const missingOf = (names: readonly string[], fields: Fields): string[] =>
  names.filter((name) => !isFilled(fieldOf(fields, name)));
