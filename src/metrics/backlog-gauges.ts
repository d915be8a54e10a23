import { Gauge } from 'prom-client';
import type { Backlog, BacklogReader, Queue } from '../db/index.js';
import { stages } from '../domain/lifecycle/stage.js';
import { secondsOf, type MeterDeps } from './metrics.js';

/**
 * Gauges of what stands in the database; the result brings them up to date. A database that is away leaves none of
 * them, for an old figure would say that all is well; only `handoff_database_up` tells.
 */
export function createBacklogGauges({ registry }: Pick<MeterDeps, 'registry'>, reader: BacklogReader) {
  const gaugeOf = (name: string, help: string, labelNames: string[]) =>
    new Gauge({ name: `handoff_${name}`, help, labelNames, registers: [registry] });
  const pairOf = (name: string, what: string, since: string, labelNames: string[]): GaugePair => ({
    count: gaugeOf(name, what, labelNames),
    oldest: gaugeOf(`${name}_oldest_age_seconds`, `${since}; 0: there is none`, labelNames),
  });
  const up = gaugeOf('database_up', '1: the gauges of this scrape were read from the database; 0: it is away', []);
  const pairs = {
    leads: pairOf('leads', 'Leads by stage', 'Since the cycle of the oldest lead in that stage began', ['stage']),
    openClocks: pairOf(
      'open_clocks',
      'Clocks that still wait for their milestone, by party and verdict',
      'Since the oldest of these clocks started',
      ['party', 'verdict'],
    ),
    waiting: pairOf('waiting', 'What waits to go on, by what it is', 'Since when the oldest of them waits', ['what']),
  };
  return onceAtATime(async () => {
    for (const { count, oldest } of Object.values(pairs)) [count, oldest].forEach((gauge) => gauge.reset());
    const backlog = await reader.read().catch(() => undefined);
    up.set(backlog === undefined ? 0 : 1);
    if (backlog !== undefined) show(pairs, backlog);
  });
}

interface GaugePair {
  readonly count: Gauge;
  readonly oldest: Gauge;
}

function show(
  { leads, openClocks, waiting }: Readonly<Record<'leads' | 'openClocks' | 'waiting', GaugePair>>,
  backlog: Backlog,
): void {
  for (const stage of stages) set(leads, { stage }, backlog.leadsByStage.get(stage) ?? none);
  for (const { party, verdict, ...queue } of backlog.openClocks) set(openClocks, { party, verdict }, queue);
  for (const { what, ...queue } of backlog.waiting) set(waiting, { what }, queue);
}

const none: Queue = { count: 0, oldestAgeMs: null };

function set({ count, oldest }: GaugePair, labels: Readonly<Record<string, string>>, queue: Queue): void {
  count.set(labels, queue.count);
  oldest.set(labels, secondsOf(queue.oldestAgeMs ?? 0));
}

/** Whoever asks while it is under way waits for that one: many scrapers ask the database no more than one. */
function onceAtATime(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => {
    running ??= work().finally(() => {
      running = undefined;
    });
    return running;
  };
}
