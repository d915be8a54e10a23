/**
 * Here lives what ops do about outgoing notices as a whole: stop them, let them go, see what waits. Only the API knows
 * what is held; nothing is decided here.
 */
import type { Command } from 'commander';
import { ask } from '../lead/api-answers.js';
import type { CliPorts, ExitCode } from '../ports.js';
import { heldLines, type HoldView } from './hold-words.js';

type End = (code: ExitCode) => void;

/** Adds `handoff notices …`. */
export function addNoticesCommands(program: Command, ports: CliPorts, end: End): void {
  const notices = program.command('notices').description('outgoing notices: stop them, and let them go');
  notices
    .command('hold')
    .description('stop all notices at once; what would have left waits, deadlines and verdicts go on')
    .option('--reason <text>', 'why, for whoever looks')
    .action(async (body: { reason?: string }) => end(await show(ports, 'POST', 'hold', body)));
  notices
    .command('release')
    .description('let notices leave again, first all that waited')
    .action(async () => end(await show(ports, 'POST', 'release', {})));
  notices
    .command('held')
    .description('whether notices are held, and how many wait')
    .action(async () => end(await show(ports, 'GET', 'held')));
}

async function show(ports: CliPorts, method: 'GET' | 'POST', what: string, body?: unknown): Promise<ExitCode> {
  const asked = await ask(ports, method, `/v1/notices/${what}`, body);
  if (asked.exitCode !== 0) return asked.exitCode;
  for (const line of heldLines(asked.answer.body as HoldView)) ports.output.line(line);
  return 0;
}
