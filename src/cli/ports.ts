import type { CalendarKeys } from '../documents/index.js';
import type { Instant } from '../domain/business-time/index.js';
import type { ScenarioResult } from '../scenarios/index.js';

/** Where a command prints: one line per call. */
export interface Output {
  line(text: string): void;
  error(text: string): void;
}

/** What the commands need of the rest of the product. */
export interface CliPorts {
  readonly output: Output;
  readonly now: () => Instant;
  readonly calendars: CalendarKeys;
  /** The text of a file; `undefined` if it cannot be read. */
  readText(path: string): string | undefined;
  /** The names in a folder; `undefined` if the path is no folder. */
  listFolder(path: string): readonly string[] | undefined;
  /** Runs one scenario file against the rules alone. */
  testScenario(file: string): ScenarioResult;
  /** Runs scenario files through the real workflow; `tell` hears of each result as soon as there is one. */
  testScenariosLive(files: readonly string[], tell: (result: ScenarioResult) => void): Promise<readonly ScenarioResult[]>;
}

/** How a command ends: 0 all is well, 1 it found what it looks for, 2 it could not do its work. */
export type ExitCode = 0 | 1 | 2;
