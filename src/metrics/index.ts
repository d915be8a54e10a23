/**
 * Here lives what operators can measure of a running program: counters, histograms and gauges, and the ports they are
 * taken at. Nothing here decides, delays or remembers anything about a lead; a measured port does what it did before.
 */
export { createApiMetrics } from './api-metrics.js';
export { metricsListener } from './metrics-listener.js';
export type { Metrics } from './metrics.js';
export { createWorkerMetrics } from './worker-metrics.js';
