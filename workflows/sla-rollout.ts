import {
  condition,
  defineQuery,
  defineSignal,
  proxyActivities,
  setCurrentDetails,
  setHandler,
} from '@temporalio/workflow';
import type { RolloutActivities, RolloutProgress } from '../activities/rollout-contract.js';
import type { RolloutStatus } from '../src/domain/rollout/rollout.js';
import { hasOutgrownRun, heedNextRun, onCurrentBuild } from './builds.js';
import { nudgeSignal, progressQuery, type RolloutInput } from './messages.js';
import { rolloutDetails } from './rollout-details.js';

/** A batch takes seconds; a worker that is silent for so long is dead, and another takes the batch over. */
const { rollOutBatch } = proxyActivities<RolloutActivities>({
  startToCloseTimeout: 5 * 60_000,
  heartbeatTimeout: 10_000,
  retry: { initialInterval: 500, backoffCoefficient: 2, maximumInterval: 10_000 },
});

/** What one run knows of its rollout; all that lasts stands in the database. */
interface RolloutRun {
  progress: RolloutProgress | null;
  /** Somebody has ordered something since the last batch began. */
  isNudged: boolean;
  batchCount: number;
}

/**
 * A new version of an agreement on its way to the leads that run: batch after batch, no faster than agreed, until none
 * is left, and back again if somebody says so. People order it through its row in the database, and nudge it to look.
 */
export async function slaRollout(input: RolloutInput): Promise<RolloutProgress> {
  const run = openRollout();
  for (;;) {
    run.isNudged = false;
    const progress = await rollOutBatch({ workspace: input.workspace, rolloutId: input.rolloutId });
    run.batchCount += 1;
    show(run, progress);
    if (hasEnded(run, progress)) return progress;
    await untilTimeForNextBatch(run, progress);
    if (isTimeForNextRun(run, input)) await onCurrentBuild<typeof slaRollout>(input); // does not return
  }
}

function openRollout(): RolloutRun {
  const run: RolloutRun = { progress: null, isNudged: false, batchCount: 0 };
  const nudge = (): void => void (run.isNudged = true);
  setHandler(defineSignal(nudgeSignal), nudge);
  heedNextRun(nudge);
  setHandler(defineQuery(progressQuery), () => run.progress);
  return run;
}

/** A nudge needs no carrying over: every run begins by looking at its rollout. */
const isTimeForNextRun = ({ batchCount }: RolloutRun, { batchesPerRun = Infinity }: RolloutInput): boolean =>
  batchCount >= batchesPerRun || hasOutgrownRun();

const endings: readonly RolloutStatus[] = ['aborted', 'done', 'reverted'];

/** An order that came during the last batch is looked at first. */
const hasEnded = ({ isNudged }: RolloutRun, { rollout }: RolloutProgress): boolean =>
  !isNudged && endings.includes(rollout.status);

/** At the agreed pace; a paused rollout waits until somebody speaks. */
async function untilTimeForNextBatch(run: RolloutRun, { rollout, waitMs }: RolloutProgress): Promise<void> {
  const isNudged = () => run.isNudged;
  if (rollout.status === 'paused') await condition(isNudged);
  else if (waitMs >= 1) await condition(isNudged, Math.ceil(waitMs));
}

function show(run: RolloutRun, progress: RolloutProgress): void {
  run.progress = progress;
  setCurrentDetails(rolloutDetails(progress));
}
