/**
 * Here lives what people do with agreements on the command line, on files as on stored versions. What an agreement
 * means is asked of the documents, what became of it of the API; no rule and no file format lives here.
 */
import type { Command } from 'commander';
import type { CliPorts, ExitCode } from '../ports.js';
import { diffSources } from './diff.js';
import { lintAgreementFiles } from './lint.js';

/** Adds `handoff agreement …`. */
export function addAgreementCommands(program: Command, ports: CliPorts, end: (code: ExitCode) => void): void {
  const agreement = program.command('agreement').description('agreements: what marketing and sales promise');
  agreement
    .command('lint')
    .description('list every mistake in agreement files, and where such agreements fail')
    .argument('<file...>', 'agreements in YAML or JSON')
    .option('--people <file>', 'also check the teams, people and roles it names against this directory')
    .option('--json', 'print one JSON document, for machines')
    .action((files: string[], { people, json = false }: { people?: string; json?: boolean }) =>
      end(lintAgreementFiles(files, { json, ...(people !== undefined && { people }) }, ports)),
    );
  agreement
    .command('diff')
    .description('what the later of two agreements says otherwise, in the words of the agreement')
    .argument('<before>', 'a file, or a stored version as NAME@N')
    .argument('<after>', 'the same')
    .option('--json', 'print one JSON document, for machines')
    .action(async (before: string, after: string, { json = false }: { json?: boolean }) =>
      end(await diffSources(before, after, { json }, ports)),
    );
}
