import { Histogram } from 'prom-client';
import type { ReportDesk } from '../domain/reports/index.js';
import { secondsOf, type MeterDeps } from './metrics.js';

const reportResults = ['made', 'refused', 'failed'] as const;
type ResultLabel = (typeof reportResults)[number];

/** Counts reports and how long each took, by name and result. */
export function createReportMeter({ registry, now }: MeterDeps): (desk: ReportDesk) => ReportDesk {
  const duration = new Histogram({
    name: 'handoff_report_duration_seconds',
    help: 'How long a report took, by name and result',
    labelNames: ['report', 'result'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  });
  return (desk) => ({
    ...desk,
    make: async (request) => {
      const startedAt = now();
      let result: ResultLabel = 'failed';
      try {
        const made = await desk.make(request);
        result = typeof made === 'string' ? 'refused' : 'made';
        return made;
      } finally {
        duration.observe({ report: request.report, result }, secondsOf(now() - startedAt));
      }
    },
  });
}
