import type { LeadEvent } from '../lifecycle/events.js';
import type { Workload } from '../routing/directory.js';

/**
 * What a lead's own story says of round robin and capacity: who was given it and when, and that its present owner holds
 * it while it is open. What else people had to do then is not known.
 */
export function ownWorkload(events: readonly LeadEvent[]): Workload {
  const lastGivenAt: Record<string, number> = {};
  let owner: string | null = null;
  let isOpen = false;
  for (const event of events) {
    if (event.type === 'handed-off' || event.type === 'woken' || event.type === 'reopened') isOpen = true;
    if (event.type === 'closed') isOpen = false;
    if (!('holder' in event)) continue;
    owner = event.holder.owner;
    if (owner !== null) lastGivenAt[owner] = event.at;
  }
  return { openLeadCounts: owner !== null && isOpen ? { [owner]: 1 } : {}, lastGivenAt };
}
