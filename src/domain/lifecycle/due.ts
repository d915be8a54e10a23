import { fireTier } from '../escalation/fire-tier.js';
import { wake } from '../recycle/waking.js';
import { dueAtOf } from '../sla/clock.js';
import { endPause } from './closing.js';
import type { Draft } from './draft.js';
import { breach, idOf, startClock } from './milestones.js';
import type { DueItem } from './next-due.js';

/** Fires one item that has fallen due; the draft's instant is the item's. */
export function due(draft: Draft, item: DueItem): void {
  switch (item.kind) {
    case 'pause-ends':
      return endPause(draft, 'until-reached');
    case 'number-starts':
      return startPlannedNumber(draft, item.clock, item.plannedAt);
    case 'breach':
      return breach(draft, item.clock, item.plannedAt);
    case 'tier':
      return fireTier(draft, item);
    case 'warning':
      return draft.emit({
        type: 'warning-fired',
        ...idOf(item.clock),
        point: item.point,
        plannedAt: item.plannedAt,
        dueAt: dueAtOf(item.clock) ?? item.plannedAt,
      });
    case 'out-of-reach':
      return draft.emit({
        type: 'touches-out-of-reach',
        ...idOf(item.clock),
        plannedAt: item.plannedAt,
        dueAt: dueAtOf(item.clock) ?? item.plannedAt,
      });
    case 'wake':
      return wake(draft);
    case 'age-out':
      return draft.emit({ type: 'closed', stage: 'disqualified', cause: 'aged-out' });
  }
}

function startPlannedNumber(draft: Draft, name: string, startsAt: number): void {
  const promise = draft.terms.clocks[name];
  if (promise) startClock(draft, name, promise, startsAt);
  else draft.emit({ type: 'number-dropped', clock: name });
}
