import type { Command } from 'commander';
import { opportunityColumns, opportunityFrom } from '../documents/index.js';
import { importFile } from './imports/import-file.js';
import type { CliPorts, ExitCode } from './ports.js';

/** Adds `handoff opportunities …`. */
export function addOpportunityCommands(program: Command, ports: CliPorts, end: (code: ExitCode) => void): void {
  const opportunities = program.command('opportunities').description('deals as the CRM has them');
  opportunities
    .command('import')
    .description('keep the good rows of a file, name each bad one by its line; safe to run again')
    .argument('<file>', 'CSV with the columns of docs/reports.md')
    .action(async (file: string) => end(await importFile(file, ports, form)));
}

const known: readonly string[] = opportunityColumns;

const form = {
  path: '/v1/opportunities',
  unknownColumns: (header: readonly string[]) => header.filter((name) => !known.includes(name)),
  columnsAdvice: `the columns are ${known.join(', ')}`,
  rowFrom: opportunityFrom,
};
