import { Histogram } from 'prom-client';
import type { LeadEvent } from '../domain/lifecycle/events.js';
import type { LeadLedger } from '../domain/ports.js';
import { secondsOf, type MeterDeps } from './metrics.js';

const duePoints = ['warning', 'breach', 'out-of-reach', 'tier', 'wake', 'age-out', 'pause-end'] as const;
type DuePoint = (typeof duePoints)[number];

/**
 * Measures how long after its instant each due point is recorded. That instant is the planned one, or, where a fact or
 * a rollout made the point due in the past, that fact's: what a program could not have known is no lag of its.
 */
export function createDuePointMeter({ registry, now }: MeterDeps): (ledger: LeadLedger) => LeadLedger {
  const lag = new Histogram({
    name: 'handoff_due_point_lag_seconds',
    help: 'From the instant at which a point was due to its recording, by kind of point',
    labelNames: ['point'],
    buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 1_800, 3_600, 21_600, 86_400],
    registers: [registry],
  });
  for (const point of duePoints) lag.zero({ point });
  return (ledger) => ({
    ...ledger,
    append: async (leadId, events) => {
      await ledger.append(leadId, events);
      for (const event of events) {
        const point = duePointOf(event);
        if (point !== undefined) lag.observe({ point }, secondsOf(Math.max(0, now() - event.at)));
      }
    },
  });
}

function duePointOf(event: LeadEvent): DuePoint | undefined {
  switch (event.type) {
    case 'warning-fired':
      return 'warning';
    case 'clock-breached':
      return 'breach';
    case 'touches-out-of-reach':
      return 'out-of-reach';
    case 'tier-fired':
      return 'tier';
    case 'woken':
      return event.by === undefined ? 'wake' : undefined;
    case 'closed':
      return event.cause === 'aged-out' ? 'age-out' : undefined;
    case 'pause-ended':
      return event.cause === 'until-reached' ? 'pause-end' : undefined;
    default:
      return undefined;
  }
}
