import {
  createReadStream,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
  mkdirSync,
  cpSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agreementSheets } from '../../src/bin/agreement-sheets.js';
import { answerFromCalendar, calendarKeys } from '../../src/bin/calendar-ports.js';
import { runCli, type CliPorts } from '../../src/cli/index.js';
import { runPure, testScenario } from '../../src/scenarios/index.js';
import { compile, formatLocal, instantOf } from '../../src/zones/index.js';

const spec = join(import.meta.dirname, '../spec');

const ifThere = <T>(read: () => T): T | undefined => {
  try {
    return read();
  } catch {
    return undefined;
  }
};

/** Runs a command line as `src/bin/handoff.ts` does, with what it prints kept. */
export const handoff = (...words: string[]) => handoffWith({}, ...words);

/** The same with some of its ports put otherwise. */
export async function handoffWith(others: Partial<CliPorts>, ...words: string[]) {
  const lines: string[] = [];
  const errors: string[] = [];
  const readText = (path: string) => ifThere(() => readFileSync(path, 'utf8'));
  const ports: CliPorts = {
    output: { line: (text) => void lines.push(text), error: (text) => void errors.push(text) },
    now: () => Date.parse('2026-11-01T00:00:00Z'),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    calendars: calendarKeys,
    windowsOf: compile,
    readText,
    openText: (path) => (existsSync(path) ? createReadStream(path, 'utf8') : undefined),
    localInstant: instantOf,
    formatLocal,
    writeFile: (path, content) => writeFileSync(path, content),
    sheets: agreementSheets,
    listFolder: (path) => ifThere(() => readdirSync(path)),
    testScenario: (file) =>
      testScenario(file, { calendars: calendarKeys, readText }, (scenario) =>
        runPure(scenario, { calendars: calendarKeys, answerCalendar: answerFromCalendar }),
      ),
    testScenariosLive: () => Promise.reject(new Error('no server is started by these tests')),
    callApi: nobody,
    download: nobody,
    verifyLedger: nobody,
  };
  const exitCode = await runCli(words, { ...ports, ...others });
  return { exitCode, lines, errors, last: lines.at(-1) };
}

const nobody = () => Promise.reject(new Error('this command line speaks to no server'));

/** A folder with the specification's agreement and people, and the scenarios asked for, written otherwise if wanted. */
export function folderWith(scenarios: Readonly<Record<string, (text: string) => string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'handoff-cli-'));
  cpSync(join(spec, 'agreements'), join(folder, 'agreements'), { recursive: true });
  cpSync(join(spec, 'people.yaml'), join(folder, 'people.yaml'));
  mkdirSync(join(folder, 'scenarios'));
  for (const [name, change] of Object.entries(scenarios)) {
    const text = readFileSync(join(spec, 'scenarios', name), 'utf8');
    writeFileSync(join(folder, 'scenarios', name), change(text));
  }
  return folder;
}

export const asItIs = (text: string): string => text;
