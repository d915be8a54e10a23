import type { DurationMs, Instant } from '../business-time/index.js';
import { isOpenClock } from '../sla/clock.js';
import { isClosed, type LeadState } from './state.js';

/**
 * When the lead's workflow may end if nothing comes: it is closed, neither resting nor with sales, and no clock waits
 * for a milestone. Undefined while it has something to wait for.
 */
export function settlesAt(state: LeadState, settleAfterMs: DurationMs): Instant | undefined {
  const isWithSales = state.stage === 'sales-qualified' || state.stage === 'opportunity';
  if (!isClosed(state) || isWithSales || state.rest !== null || state.clocks.some(isOpenClock)) return undefined;
  return state.appliedAt + settleAfterMs;
}
