/** The types of run-checks.mjs, which is plain JavaScript because it has to run before anything is installed. */

export interface Check {
  readonly name: string;
  readonly command: readonly string[];
  /** The command that mends a failure, or shows it alone. */
  readonly fix: string;
  /** Count the tests that jest reports, not the check itself. */
  readonly counts?: 'jest';
  /** In addition to the environment we have. */
  readonly env?: Readonly<Record<string, string>>;
  /** A check that takes longer has failed; default ten minutes. */
  readonly withinMs?: number;
}

export interface Tally {
  readonly passedCount: number;
  readonly failedCount: number;
}

/**
 * Runs every check, also after a failure, and says of each in one line how it went: first, two at a time, those that
 * count as one each, then the tests in turn.
 */
export function runChecks(checks: readonly Check[], say: (line: string) => void): Promise<Tally>;

/** The one line that a run ends with: `N passed, N failed`. */
export function tallyLine(tally: Tally): string;

/** Whether something ran and nothing failed. */
export function isGreen(tally: Tally): boolean;
