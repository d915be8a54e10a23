/**
 * Here lives the import of other systems' history on the command line: files are read and mapped, the API is sent rows
 * and says which are bad. What a row means, and whether it may be kept, is not decided here.
 */
import type { Command } from 'commander';
import type { CliPorts, ExitCode } from '../ports.js';
import { importHistory } from './import-history.js';

/** Adds `handoff history …`. */
export function addHistoryCommands(program: Command, ports: CliPorts, end: (code: ExitCode) => void): void {
  const history = program.command('history').description("other systems' past, for what-if");
  history
    .command('import')
    .description('keep the good rows of a file, name each bad one by its line; safe to run again')
    .argument('<file>', 'CSV with the columns of docs/what-if.md, or with a mapping any')
    .option('--mapping <file>', "YAML that says what the file's columns and words mean")
    .action(async (file: string, { mapping }: { mapping?: string }) => end(await importHistory(file, mapping, ports)));
}
