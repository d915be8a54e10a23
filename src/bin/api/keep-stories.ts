import type { Logger } from 'pino';
import type { Stores } from '../../db/index.js';
import { inBackground, type InBackground, type Pace } from './in-background.js';

export interface KeepingPace extends Pace {
  /** How long a lead must have said nothing before its story is kept: one that is worked would be told again and again. */
  readonly quietForMs: number;
}

const usualPace: KeepingPace = { quietForMs: 3_600_000, restMs: 250, everyMs: 60_000 };

/** Keeps the stories of leads that have become quiet for as long as the API runs. */
export function keepStories(
  { storyKeeper }: Pick<Stores, 'storyKeeper'>,
  log: Pick<Logger, 'warn'>,
  { quietForMs, ...pace }: KeepingPace = usualPace,
): InBackground {
  return inBackground(async () => {
    const count = await storyKeeper.keepPage(quietForMs).catch((error: unknown) => {
      log.warn({ err: error }, 'the stories of quiet leads could not be kept; what-if reads their ledgers');
      return 0;
    });
    return count > 0;
  }, pace);
}
