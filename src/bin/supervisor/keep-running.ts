import { setTimeout as delay } from 'node:timers/promises';
import { describeExit, type Exit } from '../../embedded/leashed-process.js';
import type { Say } from './reporter.js';

/** A server or program that runs until it is stopped, or dies. */
export interface Running {
  readonly ended: Promise<Exit>;
  readonly stop: () => Promise<void>;
}

/** Something that is started again whenever it dies. */
export interface Kept<Program extends Running> {
  /** As it was first started; address and port stay the same later. */
  readonly first: Program;
  readonly stop: () => Promise<void>;
}

const WAIT_MS_FIRST = 500;
const WAIT_MS_MAX = 30_000;
/** Whatever ran for this long was well: the next wait is the first again. */
const STEADY_MS = 60_000;

/**
 * Starts a program and starts it again, after longer and longer waits, whenever it ends unbidden.
 * @throws if the first start fails
 */
export async function keepRunning<Program extends Running>(
  name: string,
  start: () => Promise<Program>,
  say: Say,
): Promise<Kept<Program>> {
  const first = await start();
  const stopping = new AbortController();
  const watching = watch(name, first, start, say, stopping.signal);
  const stop = async () => {
    stopping.abort();
    await (await watching.current()).stop();
    await watching.done;
  };
  return { first, stop };
}

interface Watch {
  /** The one that runs, or the one that is just being started. */
  readonly current: () => Promise<Running>;
  readonly done: Promise<void>;
}

function watch(name: string, first: Running, start: () => Promise<Running>, say: Say, signal: AbortSignal): Watch {
  let current = Promise.resolve(first);
  const again = async (waitMs: number) => {
    await delay(waitMs, undefined, { signal });
    current = start();
    await current;
    say(`${name} runs again.`);
  };
  const follow = async () => {
    for (let waitMs = WAIT_MS_FIRST; !signal.aborted; waitMs = Math.min(waitMs * 2, WAIT_MS_MAX)) {
      const startedAt = Date.now();
      const how = await endOf(current);
      if (signal.aborted) return;
      if (Date.now() - startedAt > STEADY_MS) waitMs = WAIT_MS_FIRST;
      say(`${name} ended unexpectedly (${how}); it is started again in ${waitMs / 1_000} s.`);
      await again(waitMs).catch(() => undefined); // the next round says why
    }
  };
  return { current: () => current.catch(() => ended), done: follow() };
}

const ended: Running = { ended: Promise.resolve({ code: 1, signal: null }), stop: () => Promise.resolve() };

/** How the program ended, or why it could not be started. */
async function endOf(current: Promise<Running>): Promise<string> {
  try {
    return describeExit(await (await current).ended);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
