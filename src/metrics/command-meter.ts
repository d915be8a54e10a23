import { Counter, Histogram } from 'prom-client';
import type { Stores } from '../db/index.js';
import { refusalCodes } from '../domain/lifecycle/commands.js';
import { secondsOf, type MeterDeps } from './metrics.js';

type CommandStore = Stores['commands'];

/** Counts each command once, when its outcome is kept, however often it was given or delivered. */
export function createCommandMeter({ registry, now }: MeterDeps): (store: CommandStore) => CommandStore {
  const count = new Counter({
    name: 'handoff_commands_total',
    help: 'Commands that have their outcome, by type and outcome',
    labelNames: ['type', 'outcome'],
    registers: [registry],
  });
  const refusals = new Counter({
    name: 'handoff_command_refusals_total',
    help: 'Refused commands by the code of the refusal',
    labelNames: ['code'],
    registers: [registry],
  });
  const duration = new Histogram({
    name: 'handoff_command_duration_seconds',
    help: 'From the receipt of a command to its outcome',
    buckets: [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 30, 300, 3_600],
    registers: [registry],
  });
  for (const code of refusalCodes) refusals.inc({ code }, 0);
  return (store) => ({
    ...store,
    complete: async (id, outcome) => {
      const completed = await store.complete(id, outcome);
      if (completed === undefined) return completed;
      count.inc({ type: completed.type, outcome: outcome.kind });
      if (outcome.kind === 'refused') refusals.inc({ code: outcome.refusal.code });
      duration.observe(secondsOf(now() - completed.receivedAt));
      return completed;
    },
  });
}
