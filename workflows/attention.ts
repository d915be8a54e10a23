import { defineSignal, setHandler } from '@temporalio/workflow';
import type { DurationMs, Instant } from '../src/domain/business-time/index.js';
import { heedNextRun } from './builds.js';
import { nudgeSignal } from './messages.js';
import { holdsBefore, meanwhile } from './waiting.js';

/** Whether somebody has called a workflow whose story stands in the database to look again. */
export interface Attention {
  isCalled: boolean;
  /** Somebody asked for the next run. */
  isRunToEnd: boolean;
}

/** From the first instant on calls are heard; one that comes while something is done is looked at afterwards. */
export function openAttention(): Attention {
  const attention: Attention = { isCalled: false, isRunToEnd: false };
  setHandler(defineSignal(nudgeSignal), () => void (attention.isCalled = true));
  heedNextRun(() => void (attention.isRunToEnd = true));
  return attention;
}

/**
 * Returns at `at`, or as soon as somebody calls; without `at` it waits for that as long as it takes. An errand that is not
 * done by then is given up, for whoever looks again begins it anew.
 */
export async function untilTurn(
  attention: Attention,
  at: Instant | undefined,
  clockOffsetMs: DurationMs = 0,
  errand?: () => Promise<void>,
): Promise<void> {
  await meanwhile(
    async () => errand?.(),
    () => holdsBefore(() => attention.isCalled || attention.isRunToEnd, at, clockOffsetMs),
  );
}
