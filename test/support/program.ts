import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Client } from '@temporalio/client';
import { taskQueue } from '../../workflows/messages.js';

/** A program of ours as a process of its own, started by its path in this repository. It says nothing but what fails. */
export class Program {
  private constructor(private readonly child: ChildProcess) {}

  static start(file: string, environment: NodeJS.ProcessEnv, nodeOptions: readonly string[] = []): Program {
    const path = fileURLToPath(new URL(`../../${file}`, import.meta.url));
    const child = spawn(process.execPath, [...nodeOptions, '--import', 'tsx', path], {
      env: { ...process.env, NODE_OPTIONS: '', HANDOFF_LOG_LEVEL: 'error', ...environment },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    return new Program(child);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** How it ended after the signal: code and signal. */
  async end(signal: NodeJS.Signals): Promise<readonly [number | null, NodeJS.Signals | null]> {
    if (this.hasEnded) return [this.child.exitCode, this.child.signalCode];
    const ended = once(this.child, 'exit');
    this.child.kill(signal);
    return (await ended) as [number | null, NodeJS.Signals | null];
  }

  /** Whether Temporal knows it as a worker that asks for the work of leads. */
  async isPolling({ workflowService, options: { namespace } }: Client): Promise<boolean> {
    if (this.hasEnded) throw new Error('the worker ended before it asked for work');
    const name = { name: taskQueue };
    const { pollers } = await workflowService.describeTaskQueue({ namespace, taskQueue: name, taskQueueType: 1 });
    return pollers.some(({ identity }) => identity?.startsWith(`${this.pid}@`));
  }
}
