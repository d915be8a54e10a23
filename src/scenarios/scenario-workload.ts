import type { LeadEvent } from '../domain/lifecycle/events.js';
import { holderOf, isClosed, type LeadState } from '../domain/lifecycle/state.js';
import type { Workload } from '../domain/routing/directory.js';

/**
 * What round robin and capacity know in a scenario, in which there is one lead: who was given it and when, and that
 * its present owner holds it while it is open (spec O2).
 */
export function scenarioWorkload(state: LeadState | undefined, events: readonly LeadEvent[]): Workload {
  const lastGivenAt: Record<string, number> = {};
  for (const event of events) {
    if (!('holder' in event) || event.holder.owner === null) continue;
    lastGivenAt[event.holder.owner] = event.at;
  }
  const owner = state === undefined || isClosed(state) ? null : holderOf(state).owner;
  return { openLeadCounts: owner === null ? {} : { [owner]: 1 }, lastGivenAt };
}
