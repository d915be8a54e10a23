import { CancellationScope, condition, isCancellation } from '@temporalio/workflow';
import type { DurationMs, Instant } from '../src/domain/business-time/index.js';
import { workflowNow } from './workflow-clock.js';

/** Servers need not keep a timer for longer than a year. */
const SLEEP_MS_MAX: DurationMs = 365 * 86_400_000;

/** Whether it came to hold before `at`; without `at` it is waited for as long as it takes. */
export async function holdsBefore(
  holds: () => boolean,
  at: Instant | undefined,
  clockOffsetMs: DurationMs = 0,
): Promise<boolean> {
  if (at === undefined) {
    await condition(holds);
    return true;
  }
  const leftMs = (): DurationMs => at - workflowNow(clockOffsetMs);
  while (leftMs() > 0) {
    if (await condition(holds, Math.min(leftMs(), SLEEP_MS_MAX))) return true;
  }
  return holds();
}

/** What was waited for; an errand is done meanwhile, and given up if it is not done by then. */
export async function meanwhile<T>(errand: () => Promise<void>, waited: () => Promise<T>): Promise<T> {
  const scope = new CancellationScope();
  const running = scope.run(errand).catch(unlessCancelled);
  const outcome = await waited();
  scope.cancel();
  await running;
  return outcome;
}

function unlessCancelled(error: unknown): void {
  if (!isCancellation(error)) throw error;
}
