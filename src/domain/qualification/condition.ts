/**
 * Conditions of the agreement and whether they hold for a lead: fields, actions, signals, priority, segment.
 * Who is an MQL, how urgent a lead is and what is news are read from the same predicate.
 */
import type {
  ActionCondition,
  Condition,
  Fields,
  FieldValue,
  Priority,
  SignalCondition,
  ValueTest,
} from '../agreement/index.js';
import type { Instant } from '../business-time/index.js';
import type { Signal } from '../lifecycle/events.js';

/** What is known of a lead at an instant. */
export interface Subject {
  readonly at: Instant;
  readonly fields: Fields;
  readonly signals: readonly Signal[];
  readonly segment: string | null;
  readonly priority: Priority | null;
}

/** The part of the e-mail address after `@` in lower case; null without one. */
export function emailDomainOf(fields: Fields): string | null {
  const { email } = fields;
  if (typeof email !== 'string' || !email.includes('@')) return null;
  return email.slice(email.lastIndexOf('@') + 1).toLowerCase() || null;
}

/** A field's value; `emailDomain` is computed. Absent fields are null. */
export const fieldOf = (fields: Fields, name: string): FieldValue =>
  name === 'emailDomain' ? emailDomainOf(fields) : (fields[name] ?? null);

/** Absent, null and empty are the same: not there. */
export const isFilled = (value: FieldValue): boolean => value !== null && value !== '';

/** Whether the condition holds; one on a missing field does not, save `exists: false` (spec C2). */
export function holds(condition: Condition, subject: Subject): boolean {
  if ('field' in condition) return passes(condition, fieldOf(subject.fields, condition.field));
  if ('action' in condition) return actionHolds(condition, subject);
  if ('signal' in condition) return signalHolds(condition, subject);
  if ('priority' in condition) return condition.priority === subject.priority;
  return condition.segment === subject.segment;
}

/** Whether all hold: how a `when` list and `fit` are read. */
export const allHold = (conditions: readonly Condition[], subject: Subject): boolean =>
  conditions.every((condition) => holds(condition, subject));

/** Whether any holds: how `engagement` and `highPriority` are read. */
export const anyHolds = (conditions: readonly Condition[], subject: Subject): boolean =>
  conditions.some((condition) => holds(condition, subject));

function passes(test: ValueTest, value: FieldValue): boolean {
  if (!isFilled(value)) return test.exists === false;
  if (test.exists === false) return false;
  if (test.in && !test.in.includes(value)) return false;
  return test.gte === undefined || (typeof value === 'number' && value >= test.gte);
}

function actionHolds(condition: ActionCondition, subject: Subject): boolean {
  const seen = recent(subject, condition.withinMs).filter((signal) => signal.action === condition.action);
  return seen.length >= (condition.count ?? 1);
}

function signalHolds(condition: SignalCondition, subject: Subject): boolean {
  const named = recent(subject, condition.withinMs).filter((signal) => signal.signal === condition.signal);
  if (condition.exists === false) return named.length === 0;
  const passing = named.filter((signal) => condition.exists === true || signal.value !== undefined);
  return passing.filter((signal) => valuePasses(condition, signal.value)).length >= (condition.count ?? 1);
}

const valuePasses = (test: ValueTest, value: number | undefined): boolean =>
  (test.in === undefined || (value !== undefined && test.in.includes(value))) &&
  (test.gte === undefined || (value !== undefined && value >= test.gte));

/** Signals up to the instant, looking back `withinMs`, both ends included. */
const recent = (subject: Subject, withinMs: number | undefined): readonly Signal[] =>
  subject.signals.filter(({ at }) => at <= subject.at && (withinMs === undefined || at >= subject.at - withinMs));
