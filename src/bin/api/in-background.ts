export interface Pace {
  /** Between two rounds of which the first found something to do, so that callers go first. */
  readonly restMs: number;
  /** Until it looks again when there was nothing to do. */
  readonly everyMs: number;
}

/** Work that goes on for as long as a program runs. */
export interface InBackground {
  /** Begins no more rounds, and resolves when the one under way has ended. */
  readonly stop: () => Promise<unknown>;
}

/**
 * Does rounds of work until it is stopped.
 * @param round resolves with whether there may be more to do at once; it never rejects
 */
export function inBackground(round: () => Promise<boolean>, { restMs, everyMs }: Pace): InBackground {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let underWay: Promise<void> = Promise.resolve();
  const wait = (ms: number): void => {
    if (isStopped) return;
    timer = setTimeout(() => {
      underWay = round().then((isMore) => wait(isMore ? restMs : everyMs));
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
