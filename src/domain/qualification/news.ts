import type { Condition } from '../agreement/index.js';
import type { Signal } from '../lifecycle/events.js';
import { holds, type Subject } from './condition.js';

/**
 * Whether a signal is news for any of the conditions (spec C14): it alone makes one hold and, for a score or a
 * value, that one did not hold before. An action is always news.
 * @param before the lead as known before the signal, at the signal's instant
 */
export const isNews = (signal: Signal, conditions: readonly Condition[], before: Subject): boolean =>
  conditions.some((condition) => isNewsFor(condition, signal, before));

function isNewsFor(condition: Condition, signal: Signal, before: Subject): boolean {
  if ('action' in condition) return signal.action === condition.action && holds(condition, alone(signal, before));
  if ('signal' in condition) {
    return signal.signal === condition.signal && holds(condition, alone(signal, before)) && !holds(condition, before);
  }
  if ('field' in condition) {
    return condition.field === 'score' && signal.score !== undefined && scoreBecomes(condition, signal.score, before);
  }
  return false;
}

const alone = (signal: Signal, before: Subject): Subject => ({ ...before, signals: [signal] });

const scoreBecomes = (condition: Condition, score: number, before: Subject): boolean =>
  holds(condition, { ...before, fields: { ...before.fields, score } }) && !holds(condition, before);
