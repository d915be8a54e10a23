import type { Command } from 'commander';
import { costColumns, costFrom } from '../documents/index.js';
import { importFile } from './imports/import-file.js';
import type { CliPorts, ExitCode } from './ports.js';

/** Adds `handoff costs …`. */
export function addCostCommands(program: Command, ports: CliPorts, end: (code: ExitCode) => void): void {
  const costs = program.command('costs').description('what sources cost by month, for cost per lead and per customer');
  costs
    .command('import')
    .description('keep the good rows of a file, name each bad one by its line; safe to run again')
    .argument('<file>', 'CSV with the columns of docs/reports.md')
    .action(async (file: string) => end(await importFile(file, ports, form)));
}

const known: readonly string[] = costColumns;

const form = {
  path: '/v1/costs',
  unknownColumns: (header: readonly string[]) => header.filter((name) => !known.includes(name)),
  columnsAdvice: `the columns are ${known.join(', ')}`,
  rowFrom: costFrom,
};
