import type { AgreementSheets } from '../console/agreement-sheets.js';
import type { CalendarKeys } from '../documents/index.js';
import type { CalendarDefinition, CalendarWindows, Instant } from '../domain/business-time/index.js';
import type { ScenarioResult } from '../scenarios/index.js';

/** Where a command prints: one line per call. */
export interface Output {
  line(text: string): void;
  error(text: string): void;
  /** Only on a terminal: puts the text in the place of the one before, on the line at the cursor. */
  redraw?(text: string): void;
  /** Only on a terminal: how many characters fit beside each other. */
  readonly width?: number;
  /** Only on a terminal whose reader wants colours (`NO_COLOR`). */
  readonly hasColour?: boolean;
}

export type ApiMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** What the API answers; `unreachable`: nobody did, `reason` says what to do. */
export type ApiAnswer = { readonly kind: 'answer'; readonly status: number; readonly body: unknown };
export type NoAnswer = { readonly kind: 'unreachable'; readonly reason: string };

/** What the commands need of the rest of the product. */
export interface CliPorts {
  readonly output: Output;
  readonly now: () => Instant;
  /** Lets time pass between two looks at something that goes on. */
  wait(ms: number): Promise<void>;
  readonly calendars: CalendarKeys;
  /** The open hours of a calendar in `[from, until)`. */
  windowsOf(definition: CalendarDefinition, from: Instant, until: Instant): CalendarWindows;
  /** The text of a file; `undefined` if it cannot be read. */
  readText(path: string): string | undefined;
  /** The same piece by piece, for files of any size. */
  openText(path: string): AsyncIterable<string> | undefined;
  /** The instant of a date and a time of day (`HH:MM`) in a zone. */
  localInstant(timeZone: string, date: string, time: string): Instant;
  /** An instant as a reader in that zone says it. */
  formatLocal(timeZone: string, at: Instant): string;
  writeFile(path: string, content: string | Uint8Array): void;
  /** How agreements look in a browser and on paper. */
  readonly sheets: AgreementSheets;
  /** The names in a folder; `undefined` if the path is no folder. */
  listFolder(path: string): readonly string[] | undefined;
  /** Runs one scenario file against the rules alone. */
  testScenario(file: string): ScenarioResult;
  /** Runs scenario files through the real workflow; `tell` hears of each result as soon as there is one. */
  testScenariosLive(
    files: readonly string[],
    tell: (result: ScenarioResult) => void,
  ): Promise<readonly ScenarioResult[]>;
  /** Speaks to the API as its administrator, or with the key that is given. */
  callApi(method: ApiMethod, path: string, body?: unknown): Promise<ApiAnswer | NoAnswer>;
  /** Writes what a GET answers into a file; a refusal is told, and writes none. */
  download(path: string, file: string): Promise<ApiAnswer | NoAnswer>;
  /** Compares every lead's ledger with its projections and its workflow. */
  verifyLedger(options: VerifyOptions): Promise<VerifyTally>;
}

/** How a command ends: 0 all is well, 1 it found what it looks for, 2 it could not do its work. */
export type ExitCode = 0 | 1 | 2;

export interface VerifyOptions {
  /** Also writes the projections anew where they differ. */
  readonly isToRepair: boolean;
  /** Hears of each difference as it is found. */
  readonly tell: (difference: LedgerDifference) => void;
}

/** Where a lead's ledger and what was made of it say different things. */
export interface LedgerDifference {
  readonly leadId: string;
  /** A table, `workflow` or `ledger`. */
  readonly where: string;
  readonly what: string;
  readonly isMended: boolean;
}

export interface VerifyTally {
  readonly leadCount: number;
  readonly differenceCount: number;
  readonly mendedCount: number;
  /** Leads whose workflow could not be asked. */
  readonly unaskedCount: number;
}
