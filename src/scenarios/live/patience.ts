import { setTimeout as delay } from 'node:timers/promises';

const STEP_MS = 50;

/** Looks again and again until it finds something, at most for about `withinMs`; undefined if there was nothing. */
export async function lookFor<T>(find: () => Promise<T | undefined>, withinMs: number): Promise<T | undefined> {
  for (let left = Math.ceil(withinMs / STEP_MS); ; left -= 1) {
    const found = await find();
    if (found !== undefined || left <= 0) return found;
    await delay(STEP_MS);
  }
}
