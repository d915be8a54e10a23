import { setTimeout as delay } from 'node:timers/promises';
import { describeExit, lastLines, startLeashed, type LeashedProcess } from '../../embedded/leashed-process.js';

/** A program of ours, as the supervisor runs it. */
export interface OwnProgram {
  /** What people call it. */
  readonly name: string;
  readonly file: string;
  readonly env: NodeJS.ProcessEnv;
  readonly logFile: string;
  /** How long an orderly end may take. */
  readonly graceMs: number;
}

const onLeash = new URL('./on-leash.mjs', import.meta.url).href;
const oneModule = new URL('../one-module.mjs', import.meta.url).href;
const READY_WITHIN_MS = 90_000;
const LOOK_EVERY_MS = 200;

/** Starts the program without waiting for anything. */
export const launch = ({ file, env, logFile, graceMs }: OwnProgram): LeashedProcess =>
  startLeashed({
    command: process.execPath,
    args: ['--import', oneModule, '--import', onLeash, file],
    env,
    logFile,
    graceMs,
  });

/**
 * Starts the program and waits until it is ready; `onLaunched` has it before, so that it can be stopped meanwhile.
 * @throws if it ends before, or is not ready in time; the message holds the end of its log
 */
export async function launchUntilReady(
  program: OwnProgram,
  isReady: (running: LeashedProcess) => Promise<boolean>,
  onLaunched: (running: LeashedProcess) => void,
): Promise<LeashedProcess> {
  const running = launch(program);
  onLaunched(running);
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!running.hasEnded() && Date.now() < deadline) {
    if (await isReady(running)) return running;
    await delay(LOOK_EVERY_MS);
  }
  const how = running.hasEnded() ? `ended (${describeExit(await running.ended)})` : 'was not ready in time';
  await running.stop();
  throw new Error(`${program.name} ${how}; the end of ${program.logFile}:\n${lastLines(program.logFile, 10)}`);
}
