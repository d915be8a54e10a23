import { rename, writeFile } from 'node:fs/promises';
import type { Heartbeat } from '../domain/audit/ports.js';

const WITHIN_MS = 10_000;

/**
 * A sign of life at a place that a monitor watches: a file that is replaced each time, or an address that gets each
 * sign by POST. Without a place there is none.
 * @param tell hears why a sign could not be given
 */
export const createHeartbeat = (place: string | undefined, tell: (reason: string) => void): Heartbeat => ({
  beat: async (sign, at) => {
    if (place === undefined) return;
    const text = `${JSON.stringify({ at: new Date(at).toISOString(), ...sign })}\n`;
    try {
      await (/^https?:/.test(place) ? post(place, text) : replace(place, text));
    } catch (error) {
      tell(`no sign of life at ${place}: ${error instanceof Error ? error.message : String(error)}`);
    }
  },
});

async function post(url: string, body: string): Promise<void> {
  const headers = { 'Content-Type': 'application/json' };
  const { ok, status } = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(WITHIN_MS) });
  if (!ok) throw new Error(`it answers ${status}`);
}

/** Whoever reads it meanwhile sees a whole one. */
async function replace(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}
