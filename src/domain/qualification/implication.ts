/**
 * What conditions say about each other, whatever the lead: which one holds whenever another does, and which two never
 * hold together. Both say no where it cannot be told from the conditions alone.
 */
import type { Condition, FieldValue, ValueTest } from '../agreement/index.js';

/** Whether `consequence` holds for every lead for which `condition` holds. */
export function implies(condition: Condition, consequence: Condition): boolean {
  if ('field' in condition && 'field' in consequence) {
    return condition.field === consequence.field && testImplies(condition, consequence);
  }
  if ('signal' in condition && 'signal' in consequence) {
    const isSame = condition.signal === consequence.signal && testImplies(condition, consequence);
    return isSame && isNarrower(condition, consequence);
  }
  if ('action' in condition && 'action' in consequence) {
    return condition.action === consequence.action && isNarrower(condition, consequence);
  }
  if ('segment' in condition && 'segment' in consequence) return condition.segment === consequence.segment;
  return 'priority' in condition && 'priority' in consequence && condition.priority === consequence.priority;
}

/** Whether every condition of `consequences` follows from one of `conditions`; no conditions follow from any. */
export const allImplied = (conditions: readonly Condition[], consequences: readonly Condition[]): boolean =>
  consequences.every((consequence) => conditions.some((condition) => implies(condition, consequence)));

/** Whether no lead meets both. */
export function areContrary(one: Condition, other: Condition): boolean {
  if ('field' in one && 'field' in other) return one.field === other.field && testsAreContrary(one, other);
  if ('segment' in one && 'segment' in other) return one.segment !== other.segment;
  return 'priority' in one && 'priority' in other && one.priority !== other.priority;
}

/** More often, and in a shorter time. */
function isNarrower(
  { count = 1, withinMs = Infinity }: { readonly count?: number; readonly withinMs?: number },
  other: { readonly count?: number; readonly withinMs?: number },
): boolean {
  return count >= (other.count ?? 1) && withinMs <= (other.withinMs ?? Infinity);
}

function testImplies(test: ValueTest, consequence: ValueTest): boolean {
  if (test.exists === false || consequence.exists === false) return test.exists === consequence.exists;
  if (test.in !== undefined) return test.in.every((value) => meets(value, consequence));
  return consequence.in === undefined && (consequence.gte === undefined || (test.gte ?? -Infinity) >= consequence.gte);
}

function testsAreContrary(one: ValueTest, other: ValueTest): boolean {
  if (one.exists === false || other.exists === false) return one.exists !== other.exists;
  if (one.in !== undefined) return !one.in.some((value) => meets(value, one) && meets(value, other));
  return other.in !== undefined && !other.in.some((value) => meets(value, one));
}

const meets = (value: FieldValue, test: ValueTest): boolean =>
  value !== null &&
  value !== '' &&
  (test.in === undefined || test.in.includes(value)) &&
  (test.gte === undefined || (typeof value === 'number' && value >= test.gte));
