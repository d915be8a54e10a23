import { findStrangers, formatMistake, parseAgreement, parsePeople, type Mistake } from '../documents/index.js';
import type { Directory } from '../domain/routing/directory.js';
import type { CliPorts, ExitCode } from './ports.js';

interface Options {
  /** A file with the directory against which teams, people and roles are checked. */
  readonly people?: string;
}

/** `handoff agreement check`: every mistake of each file. Ends with 1 if there are any, with 2 if one has no text. */
export function checkAgreementFiles(files: readonly string[], options: Options, ports: CliPorts): ExitCode {
  const directory = options.people === undefined ? undefined : readDirectory(options.people, ports);
  if (directory === null) return 2;
  const codes = files.map((file) => checkFile(file, directory, ports));
  return codes.includes(2) ? 2 : codes.includes(1) ? 1 : 0;
}

function checkFile(file: string, directory: Directory | undefined, ports: CliPorts): ExitCode {
  const text = ports.readText(file);
  if (text === undefined) return refuse(file, 'an agreement', ports);
  const { document, terms, mistakes } = parseAgreement(text, file, ports.calendars, { at: ports.now() });
  if (document === undefined) return tell(mistakes, ports);
  const strangers = directory === undefined ? [] : findStrangers(text, file, document, directory);
  if (strangers.length > 0) return tell(strangers, ports);
  const clockCount = Object.keys(terms.clocks).length;
  ports.output.line(`ok    ${file}  ${terms.name}: ${clockCount} clocks, SHA-256 ${terms.key}`);
  return 0;
}

/** `null` if it cannot be read, which then has been told. */
function readDirectory(file: string, ports: CliPorts): Directory | null {
  const text = ports.readText(file);
  if (text === undefined) {
    refuse(file, 'people, teams and roles', ports);
    return null;
  }
  const { value, mistakes } = parsePeople(text, file);
  if (value === undefined) tell(mistakes, ports);
  return value ?? null;
}

function tell(mistakes: readonly Mistake[], { output }: CliPorts): ExitCode {
  for (const mistake of mistakes) output.error(formatMistake(mistake));
  return 1;
}

function refuse(file: string, expected: string, { output }: CliPorts): ExitCode {
  output.error(`${file}:1:1 there is no readable file here; expected ${expected}`);
  return 2;
}
