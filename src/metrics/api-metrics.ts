import type { BacklogReader } from '../db/index.js';
import type { Instant } from '../domain/business-time/index.js';
import { createBacklogGauges } from './backlog-gauges.js';
import { createCommandMeter } from './command-meter.js';
import { createIntakeMeter } from './intake-meter.js';
import { createRegistry, metricsOf } from './metrics.js';
import { createReportMeter } from './report-meter.js';

/** What the API tells of itself, and what measures its ports. */
export function createApiMetrics({ backlog, now }: { readonly backlog: BacklogReader; readonly now: () => Instant }) {
  const registry = createRegistry();
  const deps = { registry, now };
  return {
    metrics: metricsOf(registry, createBacklogGauges(deps, backlog)),
    measureIntake: createIntakeMeter(deps),
    measureCommands: createCommandMeter(deps),
    measureReports: createReportMeter(deps),
  };
}
