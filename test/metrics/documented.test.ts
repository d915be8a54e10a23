/** Promise: what the programs expose, what the operations page explains and what the dashboard shows are the same. */
import { readFileSync } from 'node:fs';
import { createApiMetrics, createWorkerMetrics } from '../../src/metrics/index.js';
import { codesIn, tableBelow } from '../docs/page-tables.js';
import { kindsIn } from './prometheus-text.js';

const textOf = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

const now = () => 0;
const backlog = { read: () => Promise.reject(new Error('no database here')) };
const programs = {
  API: createApiMetrics({ backlog, now }).metrics,
  worker: createWorkerMetrics({ now }).metrics,
};

const ofNode = /^(process|nodejs)_/;
const operations = textOf('docs/operations.md');
const listed = tableBelow(operations, 'Metrics').map(([name, of, kind]) => [codesIn(name!)[0]!, of, kind]);

test('the operations page lists every metric of each program with its kind, and no other', async () => {
  const exposed = await Promise.all(
    Object.entries(programs).map(async ([program, metrics]) =>
      [...kindsIn(await metrics.scrape())].map(([name, kind]) => [name, program, kind]),
    ),
  );
  const ours = exposed.flat().filter(([name]) => !ofNode.test(name!));
  expect(listed).toHaveLength(ours.length);
  expect(new Set(listed)).toEqual(new Set(ours));
});

interface Panel {
  readonly title: string;
  readonly targets?: readonly { readonly expr: string }[];
}

const dashboard = JSON.parse(textOf('docs/grafana/handoff.json')) as { readonly panels: readonly Panel[] };
const queries = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));

/** As the metric is called whose series it is: a histogram has three kinds of them. */
const metricOf = (series: string): string => series.replace(/_(bucket|sum|count)$/, '');
const seriesIn = (query: string): readonly string[] => query.match(/\b(handoff|process|nodejs)_\w+/g) ?? [];

const alerts = tableBelow(operations, 'Worth an alert').map(([when]) => codesIn(when!)[0]!);

test('the dashboard and the alerts ask only for metrics that are exposed', () => {
  const exposed = new Set(Object.values(programs).flatMap((metrics) => metrics.names()));
  const asked = [...queries, ...alerts].flatMap(seriesIn);
  expect([...queries, ...alerts].filter((query) => seriesIn(query).length === 0)).toEqual([]);
  expect(asked.filter((series) => !exposed.has(series) && !exposed.has(metricOf(series)))).toEqual([]);
});

test('the dashboard shows every metric that is documented', () => {
  const shown = new Set(queries.flatMap(seriesIn).map(metricOf));
  expect(listed.map(([name]) => name).filter((name) => !shown.has(name!))).toEqual([]);
});

test('no two panels of the dashboard have one id or lie upon each other', () => {
  const { panels } = dashboard as unknown as { panels: readonly PlacedPanel[] };
  const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`),
  );
  expect(new Set(cells).size).toBe(cells.length);
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
});

interface PlacedPanel {
  readonly id: number;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
}
