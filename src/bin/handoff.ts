/** The command line: wires the commands of `src/cli` to files, zone data and the scenario runner. */
import { createReadStream, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { runCli, type CliPorts } from '../cli/index.js';
import { runPure, testScenario } from '../scenarios/index.js';
import { compile, formatLocal, instantOf } from '../zones/index.js';
import { agreementSheets } from './agreement-sheets.js';
import { answerFromCalendar, calendarKeys } from './calendar-ports.js';
import { createApiCaller, createDownloader } from './handoff/call-api.js';

const ifThere = <T>(read: () => T): T | undefined => {
  try {
    return read();
  } catch {
    return undefined;
  }
};
const readText = (path: string) => ifThere(() => readFileSync(path, 'utf8'));
const runScenario = (scenario: Parameters<typeof runPure>[0]) =>
  runPure(scenario, { calendars: calendarKeys, answerCalendar: answerFromCalendar });

/** What speaks to servers is loaded only where it is asked for: the other commands should not wait for an SDK. */
const ports: CliPorts = {
  output: {
    line: (text) => process.stdout.write(`${text}\n`),
    error: (text) => process.stderr.write(`${text}\n`),
    ...(process.stdout.isTTY && { width: process.stdout.columns }),
    hasColour: process.stdout.isTTY && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb',
    ...(process.stdout.isTTY && { redraw: (text: string) => void process.stdout.write(`\r\u001b[K${text}`) }),
  },
  now: () => Date.now(),
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
  testScenario: (file) => testScenario(file, { calendars: calendarKeys, readText }, runScenario),
  testScenariosLive: async (files, tell) => {
    const { testOnServers } = await import('./live-scenarios/test-on-servers.js');
    const sources = { calendars: calendarKeys, readText };
    return testOnServers(files, { sources, tell, say: (line) => process.stderr.write(`${line}\n`) });
  },
  callApi: createApiCaller(process.env),
  download: createDownloader(process.env),
  verifyLedger: async (options) => {
    const { createLedgerVerifier } = await import('./handoff/open-servers.js');
    return createLedgerVerifier(process.env)(options);
  },
};

// Whoever reads along and has seen enough, such as `head`, has made no mistake.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

process.exitCode = await runCli(process.argv.slice(2), ports);
