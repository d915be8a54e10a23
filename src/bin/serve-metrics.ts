import { listen } from '../api/http-server.js';
import { metricsListener, type Metrics } from '../metrics/index.js';
import type { MetricsPlace } from './configuration.js';

/** Lets operators scrape this program, on a port of its own; without a place, nobody listens. */
export async function serveMetrics(metrics: Metrics, place: MetricsPlace | undefined) {
  if (place === undefined) return { stop: () => Promise.resolve() };
  const server = await listen(metricsListener(metrics), place.port, place.host);
  return { stop: () => server.stop(0) };
}
