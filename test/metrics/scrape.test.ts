/** Promise: a scrape is answered whatever is away, asks the database once, and is all that its port gives. */
import { listen, type HttpServer } from '../../src/api/http-server.js';
import type { Backlog } from '../../src/db/index.js';
import { createApiMetrics, metricsListener } from '../../src/metrics/index.js';
import { samplesIn, valueOf } from './prometheus-text.js';

const backlog: Backlog = {
  leadsByStage: new Map([['mql', { count: 3, oldestAgeMs: 90_000 }]]),
  openClocks: [{ party: 'sales', verdict: 'breached', count: 2, oldestAgeMs: 60_000 }],
  waiting: [{ what: 'held-notice', count: 0, oldestAgeMs: null }],
};

const metricsOver = (read: () => Promise<Backlog>) => createApiMetrics({ backlog: { read }, now: () => 0 }).metrics;

describe('the gauges', () => {
  test('tell how many there are and how old the oldest is, 0 where there is none', async () => {
    const text = await metricsOver(() => Promise.resolve(backlog)).scrape();
    expect(valueOf(text, 'handoff_database_up')).toBe(1);
    expect(valueOf(text, 'handoff_leads', { stage: 'mql' })).toBe(3);
    expect(valueOf(text, 'handoff_leads_oldest_age_seconds', { stage: 'mql' })).toBe(90);
    expect(valueOf(text, 'handoff_leads', { stage: 'customer' })).toBe(0);
    expect(valueOf(text, 'handoff_open_clocks', { party: 'sales', verdict: 'breached' })).toBe(2);
    expect(valueOf(text, 'handoff_waiting_oldest_age_seconds', { what: 'held-notice' })).toBe(0);
  });

  test('are gone while the database is away, the rest is there, and they come back with it', async () => {
    let isAway = false;
    const metrics = metricsOver(() => (isAway ? Promise.reject(new Error('away')) : Promise.resolve(backlog)));
    await metrics.scrape();
    isAway = true;
    const text = await metrics.scrape();
    expect(valueOf(text, 'handoff_database_up')).toBe(0);
    expect(valueOf(text, 'handoff_intakes_total', { result: 'handed-off' })).toBe(0);
    expect(samplesIn(text).filter(({ name }) => /^handoff_(leads|open_clocks|waiting)/.test(name))).toEqual([]);
    isAway = false;
    expect(valueOf(await metrics.scrape(), 'handoff_leads', { stage: 'mql' })).toBe(3);
  });

  test('are read once for all who ask at the same time', async () => {
    let readCount = 0;
    const metrics = metricsOver(() => {
      readCount += 1;
      return Promise.resolve(backlog);
    });
    await Promise.all([metrics.scrape(), metrics.scrape(), metrics.scrape()]);
    expect(readCount).toBe(1);
  });
});

describe('the port', () => {
  let server: HttpServer;
  beforeAll(async () => {
    server = await listen(metricsListener(metricsOver(() => Promise.resolve(backlog))), 0, '127.0.0.1');
  });
  afterAll(() => server.stop(0));

  const ask = (path: string, method = 'GET') => fetch(`http://127.0.0.1:${server.port}${path}`, { method });

  test('answers GET /metrics in the form that Prometheus reads', async () => {
    const response = await ask('/metrics');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(await response.text()).toContain('# TYPE handoff_leads gauge\n');
  });

  test.each([
    { method: 'GET', path: '/', status: 404 },
    { method: 'GET', path: '/v1/leads', status: 404 },
    { method: 'POST', path: '/metrics', status: 405 },
  ])('answers $method $path with $status and what there is', async ({ method, path, status }) => {
    const response = await ask(path, method);
    expect(response.status).toBe(status);
    expect(await response.text()).toContain('GET /metrics');
  });
});
