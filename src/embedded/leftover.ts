import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** A program that an earlier start left running because its leash was killed too. */
export interface Leftover {
  /** Its first line is the program's process id. */
  readonly pidFile: string;
  /** What the program's command line must contain; a number used again by another program is left alone. */
  readonly mark: string;
  readonly stopSignal: NodeJS.Signals;
}

const END_WITHIN_MS = 8_000;

/** Ends the program if it still runs, and removes its pid file. */
export async function endLeftover({ pidFile, mark, stopSignal }: Leftover): Promise<void> {
  const pid = readPid(pidFile);
  if (pid !== undefined && commandOf(pid)?.includes(mark)) await end(pid, mark, stopSignal);
  rmSync(pidFile, { force: true });
}

/** The process id in a pid file's first line. */
export function readPid(pidFile: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
    return pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** The command line of a running process; `undefined` if there is none of that number. */
export function commandOf(pid: number): string | undefined {
  try {
    return process.platform === 'linux'
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ') || undefined
      : execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
  } catch {
    return undefined;
  }
}

async function end(pid: number, mark: string, stopSignal: NodeJS.Signals): Promise<void> {
  const deadline = Date.now() + END_WITHIN_MS;
  signal(pid, stopSignal);
  while (commandOf(pid)?.includes(mark)) {
    if (Date.now() > deadline) signal(pid, 'SIGKILL');
    await delay(50);
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended between the look and the signal.
  }
}
