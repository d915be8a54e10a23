import type { DurationMs, Instant } from '../src/domain/business-time/index.js';
import type { RolloutBook, TurnOutcome } from '../src/domain/rollout/ports.js';
import { expectedEndAt, leftCountOf, type Rollout } from '../src/domain/rollout/rollout.js';
import { heartbeating } from './heartbeating.js';
import type { RolloutActivities, RolloutPlace, RolloutProgress } from './rollout-contract.js';
import { applyTurns } from './rollouts/apply-turns.js';
import { revertTurns } from './rollouts/revert-turns.js';
import { rememberingTerms } from './rollouts/remembering-terms.js';
import type { RolloutDeps, Turns } from './rollouts/turns.js';

/** So many leads at most are on their way at the same time. */
const BATCH_SIZE_MAX = 200;
/** Leads that gave no answer are asked again so much later. */
const RETRY_AFTER_MS = 5_000;

/** The activity of a rollout. It may end anywhere and run again: a lead takes each command once. */
export const createRollouts = (deps: RolloutDeps): RolloutActivities => ({
  rollOutBatch: heartbeating((place: RolloutPlace) => rollOutBatch(deps, place)),
});

async function rollOutBatch(deps: RolloutDeps, { workspace, rolloutId }: RolloutPlace): Promise<RolloutProgress> {
  const stores = rememberingTerms(deps.storesOf(workspace));
  const at = deps.now();
  const rollout = await stores.rolloutBook.heed(rolloutId, at);
  if (rollout.status !== 'running' && rollout.status !== 'reverting') return progressOf(rollout, at, 0);
  const leads = await stores.rolloutBook.take(rollout, batchSizeOf(rollout));
  const waitMs =
    leads.length === 0
      ? await enrolOrFinish(stores.rolloutBook, rollout, deps.now())
      : await giveTurns(deps, { rollout, leads, stores, calendar: deps.calendar, at });
  return progressOf(await stores.rolloutBook.heed(rolloutId, deps.now()), deps.now(), waitMs);
}

/** What a second takes, so that the rate holds in every second and a pause is heeded soon. */
const batchSizeOf = ({ leadsPerSecond }: Rollout): number => Math.min(leadsPerSecond, BATCH_SIZE_MAX);

/** Leads are looked for at the beginning, and again at the end: some may have been handed off meanwhile. */
async function enrolOrFinish(book: RolloutBook, { id, status }: Rollout, now: Instant): Promise<DurationMs> {
  const enrolledCount = status === 'running' ? await book.enrol(id) : 0;
  return enrolledCount > 0 ? 0 : (await book.finish(id, now)).waitMs;
}

async function giveTurns({ now }: RolloutDeps, turns: Turns): Promise<DurationMs> {
  const { rollout, leads, stores, at } = turns;
  const outcomes = rollout.status === 'reverting' ? await revertTurns(turns) : await applyTurns(turns);
  const tookMs = now() - at;
  const waitMs = Math.max(0, (leads.length * 1_000) / rollout.leadsPerSecond - tookMs, retryWaitMs(rollout, outcomes));
  await stores.rolloutBook.record(rollout.id, outcomes, (tookMs + waitMs) / leads.length);
  return waitMs;
}

/** Whoever gave no answer now gives none in the next moment. */
const retryWaitMs = ({ status }: Rollout, outcomes: readonly TurnOutcome[]): DurationMs => {
  const again = status === 'reverting' ? 'applied' : 'waiting';
  return outcomes.every((outcome) => outcome.status === again) ? RETRY_AFTER_MS : 0;
};

const progressOf = (rollout: Rollout, now: Instant, waitMs: DurationMs): RolloutProgress => ({
  rollout,
  leftCount: leftCountOf(rollout),
  expectedEndAt: expectedEndAt(rollout, now),
  waitMs,
});
