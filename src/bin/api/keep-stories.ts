import type { Logger } from 'pino';
import type { Stores } from '../../db/index.js';

export interface KeepingPace {
  /** How long a lead must have said nothing before its story is kept: one that is worked would be told again and again. */
  readonly quietForMs: number;
  /** Between two pages, so that callers go first. */
  readonly restMs: number;
  /** Until it looks again when there was nothing to keep. */
  readonly everyMs: number;
}

const usualPace: KeepingPace = { quietForMs: 3_600_000, restMs: 250, everyMs: 60_000 };

/** Keeps the stories of leads that have become quiet for as long as the API runs. */
export function keepStories(
  { storyKeeper }: Pick<Stores, 'storyKeeper'>,
  log: Pick<Logger, 'warn'>,
  { quietForMs, restMs, everyMs }: KeepingPace = usualPace,
): { readonly stop: () => Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const round = async (): Promise<void> => {
    const count = await storyKeeper.keepPage(quietForMs).catch((error: unknown) => {
      log.warn({ err: error }, 'the stories of quiet leads could not be kept; what-if reads their ledgers');
      return 0;
    });
    wait(count > 0 ? restMs : everyMs);
  };
  let underWay = Promise.resolve();
  const wait = (ms: number): void => {
    if (isStopped) return;
    timer = setTimeout(() => {
      underWay = round();
    }, ms);
  };
  wait(restMs);
  return {
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
      return underWay;
    },
  };
}
