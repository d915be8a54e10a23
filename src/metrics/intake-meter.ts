import { Counter, Histogram } from 'prom-client';
import type { Stores } from '../db/index.js';
import { secondsOf, type MeterDeps } from './metrics.js';

type IntakeStore = Stores['intake'];
type IntakeResult = Awaited<ReturnType<IntakeStore['handOff']>>;

const intakeResults = ['handed-off', 'excluded', 'joined', 'redelivered', 'failed'] as const;
type ResultLabel = (typeof intakeResults)[number];

/** Counts each posted lead by what became of it, and how long its transaction took. */
export function createIntakeMeter({ registry, now }: MeterDeps): (store: IntakeStore) => IntakeStore {
  const count = new Counter({
    name: 'handoff_intakes_total',
    help: 'Posted leads by what became of them',
    labelNames: ['result'],
    registers: [registry],
  });
  const duration = new Histogram({
    name: 'handoff_intake_duration_seconds',
    help: 'From the body being understood to its hand-off being committed',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  for (const result of intakeResults) count.inc({ result }, 0);
  const tell = (result: ResultLabel, startedAt: number): void => {
    count.inc({ result });
    duration.observe(secondsOf(now() - startedAt));
  };
  return (store) => ({ ...store, handOff: (post, decide) => handOff(store, post, decide, now(), tell) });
}

/** What the decision itself throws is a question of the caller's, who then hands in again: it counts only once. */
async function handOff(
  store: IntakeStore,
  post: Parameters<IntakeStore['handOff']>[0],
  decide: Parameters<IntakeStore['handOff']>[1],
  startedAt: number,
  tell: (result: ResultLabel, startedAt: number) => void,
): Promise<IntakeResult> {
  let asked: unknown;
  try {
    const result = await store.handOff(post, (...known) => {
      try {
        return decide(...known);
      } catch (thrown) {
        asked = thrown;
        throw thrown;
      }
    });
    tell(labelOf(result), startedAt);
    return result;
  } catch (error) {
    if (error !== asked) tell('failed', startedAt);
    throw error;
  }
}

function labelOf(result: IntakeResult): ResultLabel {
  if (result.kind === 'redelivered') return 'redelivered';
  const { decision } = result;
  if (decision.kind === 'joined') return 'joined';
  return decision.start === undefined ? 'excluded' : 'handed-off';
}
