/**
 * Here lives what people do with agreements on the command line, on files as on stored versions. What an agreement
 * means is asked of the documents, what became of it of the API; no rule and no file format lives here.
 */
import { Option, type Command } from 'commander';
import { agreementJsonSchema, paperSizes, type PaperSize } from '../../documents/index.js';
import type { CliPorts, ExitCode } from '../ports.js';
import { addVersionRollouts } from '../rollouts/rollout-program.js';
import { diffSources } from './diff.js';
import { addLifeCommands } from './life-program.js';
import { lintAgreements } from './lint.js';
import { printPage } from './page.js';
import { addShadowCommands } from './shadow.js';
import { askWhatIf, type WhatIfOptions } from './what-if.js';

/** Adds `handoff agreement …`. */
export function addAgreementCommands(program: Command, ports: CliPorts, end: (code: ExitCode) => void): void {
  const agreement = program.command('agreement').description('agreements: what marketing and sales promise');
  agreement
    .command('lint')
    .description('list every mistake in agreements, and where such agreements fail')
    .argument('<agreement...>', 'files in YAML or JSON, or stored versions as NAME@N')
    .option('--people <file>', 'also check the teams, people and roles it names against this directory')
    .option('--json', 'print one JSON document, for machines')
    .action(async (sources: string[], { people, json = false }: { people?: string; json?: boolean }) =>
      end(await lintAgreements(sources, { json, ...(people !== undefined && { people }) }, ports)),
    );
  agreement
    .command('diff')
    .description('what the later of two agreements says otherwise, in the words of the agreement')
    .argument('<before>', 'a file, or a stored version as NAME@N')
    .argument('<after>', 'the same')
    .option('--json', 'print one JSON document, for machines')
    .option('--html', 'print a page')
    .action(async (before: string, after: string, { json, html }: { json?: true; html?: true }) =>
      end(await diffSources(before, after, json ? 'json' : html ? 'html' : 'text', ports)),
    );
  agreement
    .command('page')
    .description('the page that both heads sign, made from the agreement')
    .argument('<agreement>', 'a file, or a stored version as NAME@N, with its signatures')
    .option('--out <file>', 'write it to a .pdf or .html file instead of printing HTML')
    .addOption(new Option('--paper <size>', 'for PDF').choices(paperSizes).default('a4'))
    .action(async (source: string, { out, paper }: { out?: string; paper: PaperSize }) =>
      end(await printPage(source, { paper, ...(out !== undefined && { out }) }, ports)),
    );
  agreement
    .command('schema')
    .description('the JSON Schema of the document, with which editors complete and check it')
    .action(() => ports.output.line(JSON.stringify(agreementJsonSchema(), null, 2)));
  addLifeCommands(agreement, ports, end);
  addVersionRollouts(agreement, ports, end);
  addShadowCommands(agreement, ports, end);
  agreement
    .command('what-if')
    .description('what an agreement would have made of past leads, beside what was made of them')
    .argument('<agreement>', 'a file, or a stored version as NAME@N')
    .requiredOption('--from <date>', 'leads handed off from the beginning of that day, or from an instant')
    .requiredOption('--to <date>', 'and before that day, or instant')
    .option('--against <version>', 'the number of a stored version that imported leads are compared with')
    .option('--svg <file>', 'also write the chart')
    .option('--json', 'print one JSON document, for machines')
    .action(async (source: string, options: WhatIfOptions) => end(await askWhatIf(source, options, ports)));
}
