import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Instant } from '../domain/business-time/index.js';

/** All that one program tells of itself, as Prometheus reads it. */
export interface Metrics {
  readonly contentType: string;
  /** Every metric as it stands now. */
  readonly scrape: () => Promise<string>;
  readonly names: () => readonly string[];
}

/** What every meter is made of. */
export interface MeterDeps {
  readonly registry: Registry;
  readonly now: () => Instant;
}

/** A registry of its own for each program, with what Node tells of any process. */
export function createRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

/** @param refresh brings up to date what is not counted as it happens */
export const metricsOf = (registry: Registry, refresh: () => Promise<void> = () => Promise.resolve()): Metrics => ({
  contentType: registry.contentType,
  scrape: async () => {
    await refresh();
    return registry.metrics();
  },
  names: () => registry.getMetricsAsArray().map(({ name }) => name),
});

/** Prometheus counts time in seconds. */
export const secondsOf = (ms: number): number => ms / 1_000;
