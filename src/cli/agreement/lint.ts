import { formatMistake, formatRemark, judgeAgreement, parsePeople, type Remark } from '../../documents/index.js';
import type { Directory } from '../../domain/routing/directory.js';
import type { CliPorts, ExitCode } from '../ports.js';
import { askStored, versionNamed } from './agreement-source.js';

export interface LintOptions {
  /** A file with the directory: whom the agreement names, and whether they can hold what it promises. */
  readonly people?: string;
  /** One document for machines instead of lines for people. */
  readonly json: boolean;
}

/** What became of one file; `unreadable`: there is none. */
interface LintedFile {
  readonly file: string;
  readonly agreement?: { readonly name: string; readonly clockCount: number; readonly key: string };
  readonly remarks: readonly Remark[];
  readonly isUnreadable: boolean;
}

/**
 * `handoff agreement lint`: every mistake of each file or stored version, and where such agreements fail. Ends with 1 if there is an
 * error, with 2 if a file has no text; warnings alone end with 0.
 */
export async function lintAgreements(
  sources: readonly string[],
  options: LintOptions,
  ports: CliPorts,
): Promise<ExitCode> {
  const directory = options.people === undefined ? undefined : readDirectory(options.people, ports);
  if (typeof directory === 'number') return directory;
  const linted = await Promise.all(sources.map((source) => lintSource(source, directory, ports)));
  if (options.json) ports.output.line(documentOf(linted));
  else for (const one of linted) print(one, ports);
  if (linted.some(({ isUnreadable }) => isUnreadable)) return 2;
  return linted.some(({ remarks }) => remarks.some(isError)) ? 1 : 0;
}

/** A file, judged here; or a stored version, judged by the API with its own directory and past leads. */
async function lintSource(source: string, directory: Directory | undefined, ports: CliPorts): Promise<LintedFile> {
  const isStored = ports.readText(source) === undefined && versionNamed(source) !== undefined;
  return isStored ? lintStored(source, ports) : lintFile(source, directory, ports);
}

async function lintStored(source: string, ports: CliPorts): Promise<LintedFile> {
  const answer = await askStored(source, '/lint', ports);
  if (answer === undefined) return { file: source, remarks: [], isUnreadable: true };
  const { agreement, hash, clockCount, remarks } = JSON.parse(answer.toString()) as StoredLint;
  return { file: source, agreement: { name: agreement, clockCount, key: hash }, remarks, isUnreadable: false };
}

/** What the API says of a stored version. */
interface StoredLint {
  readonly agreement: string;
  readonly hash: string;
  readonly clockCount: number;
  readonly remarks: readonly Remark[];
}

const isError = ({ severity }: Remark): boolean => severity === 'error';

function lintFile(file: string, directory: Directory | undefined, ports: CliPorts): LintedFile {
  const text = ports.readText(file);
  if (text === undefined) return { file, remarks: [noFile(file, 'an agreement')], isUnreadable: true };
  const evidence = { at: ports.now(), windowsOf: ports.windowsOf, ...(directory && { directory }) };
  const { terms, remarks } = judgeAgreement(text, file, ports.calendars, evidence);
  if (terms === undefined) return { file, remarks, isUnreadable: false };
  const agreement = { name: terms.name, clockCount: Object.keys(terms.clocks).length, key: terms.key };
  return { file, agreement, remarks, isUnreadable: false };
}

const noFile = (file: string, expected: string): Remark => ({
  file,
  line: 1,
  column: 1,
  path: '',
  severity: 'error',
  rule: null,
  message: `there is no readable file here; expected ${expected}`,
});

/** The code to end with if it cannot be read, which then has been told. */
function readDirectory(file: string, { readText, output }: CliPorts): Directory | ExitCode {
  const text = readText(file);
  if (text === undefined) {
    output.error(formatRemark(noFile(file, 'people, teams and roles')));
    return 2;
  }
  const { value, mistakes } = parsePeople(text, file);
  for (const mistake of mistakes) output.error(formatMistake(mistake));
  return value ?? 1;
}

function print({ file, agreement, remarks }: LintedFile, { output }: CliPorts): void {
  for (const remark of remarks) output.error(formatRemark(remark));
  if (agreement === undefined || remarks.some(isError)) return;
  output.line(`ok    ${file}  ${agreement.name}: ${agreement.clockCount} clocks, SHA-256 ${agreement.key}`);
}

function documentOf(linted: readonly LintedFile[]): string {
  const remarks = linted.flatMap((one) => one.remarks);
  const errorCount = remarks.filter(isError).length;
  const files = linted.map(({ file, agreement, remarks: own }) => ({
    file,
    agreement: agreement ?? null,
    remarks: own,
  }));
  return JSON.stringify({ errorCount, warningCount: remarks.length - errorCount, files }, null, 2);
}
