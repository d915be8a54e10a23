import type { Command } from 'commander';
import { ask } from './lead/api-answers.js';
import type { CliPorts, ExitCode } from './ports.js';

interface Options {
  readonly json?: true;
  readonly asOf?: string;
}

/** Adds `handoff explain`: why each deadline of a lead is when it is, through the API. */
export function addExplainCommand(program: Command, ports: CliPorts, end: (code: ExitCode) => void): void {
  program
    .command('explain')
    .description('why each deadline of a lead is when it is, who used up the time, and what the verdicts rest on')
    .argument('<id>', 'our id of the lead, or source:externalId')
    .option('--json', 'print everything, for machines')
    .option('--as-of <instant>', 'as it was recorded by then, at least 10 s ago, like 2026-11-23T15:00:00Z')
    .action(async (id: string, options: Options) => end(await explain(id, options, ports)));
}

async function explain(id: string, { json, asOf }: Options, ports: CliPorts): Promise<ExitCode> {
  const query = new URLSearchParams({ format: json ? 'json' : 'text', ...(asOf !== undefined && { asOf }) });
  const asked = await ask(ports, 'GET', `/v1/leads/${encodeURIComponent(id)}/explain?${query.toString()}`);
  if (asked.exitCode !== 0) return asked.exitCode;
  const { body } = asked.answer;
  ports.output.line(typeof body === 'string' ? body.trimEnd() : JSON.stringify(body, null, 2));
  return 0;
}
