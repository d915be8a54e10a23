import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { taskQueue } from '../../workflows/messages.js';
import { until, type LeadWorld } from './lead-world.js';

const program = fileURLToPath(new URL('../../src/bin/worker.ts', import.meta.url));

/** The worker as people run it, for a world with a namespace of its own; returns when it asks for work. */
export async function startWorkerProgram(world: LeadWorld): Promise<ChildProcess> {
  const worker = spawn(process.execPath, ['--import', 'tsx', program], {
    env: { ...process.env, ...world.environment, NODE_OPTIONS: '', HANDOFF_LOG_LEVEL: 'error' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await until('the worker asks for work', () => isPolling(world, worker), 60_000);
  return worker;
}

async function isPolling(world: LeadWorld, worker: ChildProcess): Promise<true | undefined> {
  const { pollers } = await world.client.workflowService.describeTaskQueue({
    namespace: world.client.options.namespace,
    taskQueue: { name: taskQueue },
    taskQueueType: 1,
  });
  return pollers.some(({ identity }) => identity?.startsWith(`${worker.pid}@`)) || undefined;
}

/** As when its machine goes: it has no time for anything. */
export async function killWorker(worker: ChildProcess): Promise<void> {
  const ended = once(worker, 'exit');
  worker.kill('SIGKILL');
  await ended;
}
