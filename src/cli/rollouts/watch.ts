import { ask } from '../lead/api-answers.js';
import type { CliPorts, ExitCode } from '../ports.js';
import { barOf, hasOdd, progressText, rolloutLines, type RolloutView } from './rollout-words.js';

const EVERY_MS = 1_000;

/**
 * Follows a rollout until it goes on no more: with a bar on a terminal, elsewhere with a line for each change.
 * @returns 0 if every lead is where the rollout was to bring it, or it rests; 1 if some are not, or it was aborted
 */
export async function watchRollout(rolloutId: string, ports: CliPorts): Promise<ExitCode> {
  let told = '';
  for (;;) {
    const asked = await ask(ports, 'GET', `/v1/rollouts/${encodeURIComponent(rolloutId)}`);
    if (asked.exitCode !== 0) return asked.exitCode;
    const rollout = asked.answer.body as RolloutView;
    const { status, counts } = rollout;
    if (status !== 'running' && status !== 'reverting') return end(rollout, ports);
    const text = `${status} ${JSON.stringify(counts)}`;
    if (ports.output.redraw) ports.output.redraw(barOf(rollout));
    else if (text !== told) ports.output.line(progressText(rollout));
    told = text;
    await ports.wait(EVERY_MS);
  }
}

function end(rollout: RolloutView, { output }: CliPorts): ExitCode {
  output.redraw?.('');
  for (const line of rolloutLines(rollout)) output.line(line);
  return rollout.status === 'aborted' || hasOdd(rollout.counts) ? 1 : 0;
}
