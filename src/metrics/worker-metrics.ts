import type { Instant } from '../domain/business-time/index.js';
import { createDuePointMeter } from './due-point-meter.js';
import { createMailMeter } from './mail-meter.js';
import { createRegistry, metricsOf } from './metrics.js';
import { createNoticeMeter } from './notice-meter.js';

/** What a worker tells of itself, and what measures its ports. */
export function createWorkerMetrics({ now }: { readonly now: () => Instant }) {
  const registry = createRegistry();
  const deps = { registry, now };
  const { measureNotices, measureHeld } = createNoticeMeter(deps);
  return {
    metrics: metricsOf(registry),
    measureLedger: createDuePointMeter(deps),
    measureNotices,
    measureHeld,
    measureMailer: createMailMeter(deps),
  };
}
