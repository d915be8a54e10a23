import { Program } from '../support/program.js';
import { until, type LeadWorld } from './lead-world.js';

/** The worker as people run it, for a world with a namespace of its own; returns when it asks for work. */
export async function startWorkerProgram(
  { environment, client }: Pick<LeadWorld, 'environment' | 'client'>,
  { file = 'src/bin/worker.ts', nodeOptions = [] as readonly string[] } = {},
): Promise<Program> {
  const worker = Program.start(file, environment, nodeOptions);
  await until('the worker asks for work', async () => (await worker.isPolling(client)) || undefined, 90_000);
  return worker;
}
