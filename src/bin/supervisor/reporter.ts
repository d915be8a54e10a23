/** Tells the person at the terminal what happens, a line at a time. */
export interface Reporter {
  /** Reports a step with the time it took; `work` may tell of its progress, and its answer says what came of it. */
  readonly step: <Result>(title: string, work: (say: Say) => Promise<Outcome<Result>>) => Promise<Result>;
  readonly say: Say;
}

export type Say = (line: string) => void;

/** What a step made, and that in a few words. */
export interface Outcome<Result> {
  readonly result: Result;
  readonly summary: string;
}

/** A step that failed; the message is for the person at the terminal. */
export class StepError extends Error {
  constructor(
    readonly title: string,
    override readonly cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause));
    this.name = 'StepError';
  }
}

const TITLE_WIDTH = 14;
const SAY_EVERY_MS = 5_000;

/** @param write takes one line, without its end */
export function createReporter(write: (line: string) => unknown): Reporter {
  return { say: (line) => void write(line), step: (title, work) => reportStep(write, title, work) };
}

async function reportStep<Result>(
  write: (line: string) => unknown,
  title: string,
  work: (say: Say) => Promise<Outcome<Result>>,
): Promise<Result> {
  const startedAt = performance.now();
  const seconds = () => `${((performance.now() - startedAt) / 1_000).toFixed(1)} s`;
  const line = (mark: string, text: string) => write(`  ${mark} ${title.padEnd(TITLE_WIDTH)} ${text}`);
  const progress = setInterval(() => line('…', `still at it after ${seconds()}`), SAY_EVERY_MS);
  try {
    const { result, summary } = await work((text) => line('…', text));
    line('✓', `${summary}, ${seconds()}`);
    return result;
  } catch (cause) {
    line('✗', `failed after ${seconds()}`);
    throw new StepError(title, cause);
  } finally {
    clearInterval(progress);
  }
}
