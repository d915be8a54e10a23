// Here live the real servers that Handoff brings along: PostgreSQL, Temporal and a mail inbox, and what starts and ends
// their processes. Nothing here knows what a lead is, and nothing here imports another layer.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** How a process ended: by its own code, or by a signal. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A process in a group of its own that ends when this program ends, by whatever cause. */
export interface LeashedProcess {
  readonly pid: number;
  readonly ended: Promise<Exit>;
  readonly hasEnded: () => boolean;
  /** Closes the leash, waits, and after the grace time kills the whole group; returns once nothing of it is left. */
  readonly stop: () => Promise<void>;
}

export interface LeashOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Gets stdout and stderr, appended; without it they are thrown away. */
  readonly logFile?: string;
  /** How long an orderly end may take before the group is killed. */
  readonly graceMs: number;
}

/** A program of others, which cannot watch its leash itself: leash.mjs does it for them. */
export interface ForeignOptions extends LeashOptions {
  /** The signal by which the program ends in order. */
  readonly stopSignal: NodeJS.Signals;
  /** Names the running program, so that a later start can end what a killed leash left behind. */
  readonly pidFile?: string;
  readonly uid?: number;
  readonly gid?: number;
}

const leashProgram = fileURLToPath(new URL('./leash.mjs', import.meta.url));
const KILL_MARGIN_MS = 300;

/**
 * Starts one of our own programs, which watches file descriptor 3 and ends in order when it closes.
 * The caller learns of a failed start from `ended`.
 */
export function startLeashed(options: LeashOptions): LeashedProcess {
  const log = options.logFile === undefined ? 'ignore' : openLog(options.logFile);
  const child = spawn(options.command, options.args, {
    stdio: ['ignore', log, log, 'pipe'],
    detached: true,
    env: options.env ?? process.env,
    cwd: options.cwd,
  });
  if (typeof log === 'number') closeSync(log);
  return leashed(child, options.graceMs);
}

/** Starts a program of others behind leash.mjs, which ends it by `stopSignal` when this program ends. */
export function startForeign(options: ForeignOptions): LeashedProcess {
  const { command, args, uid, gid, stopSignal, graceMs, pidFile } = options;
  const order = JSON.stringify({ command, args, uid, gid, stopSignal, graceMs, pidFile });
  return startLeashed({ ...options, command: process.execPath, args: [leashProgram, order] });
}

function openLog(logFile: string): number {
  mkdirSync(dirname(logFile), { recursive: true });
  return openSync(logFile, 'a');
}

function leashed(child: ChildProcess, graceMs: number): LeashedProcess {
  const leash = child.stdio[3];
  leash?.on('error', () => undefined); // the child may be gone before us
  let exit: Exit | undefined;
  const ended = endOf(child).then((how) => (exit = how));
  const stop = async () => {
    leash?.destroy();
    await Promise.race([ended, delay(graceMs + KILL_MARGIN_MS, undefined, { ref: false })]);
    if (exit === undefined) killGroup(child.pid);
    await ended;
  };
  return { pid: child.pid ?? 0, ended, hasEnded: () => exit !== undefined, stop };
}

async function endOf(child: ChildProcess): Promise<Exit> {
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    killGroup(child.pid); // whatever it started itself must not outlive it
    return { code, signal };
  } catch {
    return { code: 127, signal: null };
  }
}

function killGroup(pid: number | undefined): void {
  if (!pid) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The group is gone already, which is what was wanted.
  }
}

/** An end in words, for messages: `code 1` or `SIGKILL`. */
export const describeExit = ({ code, signal }: Exit): string => signal ?? `code ${code}`;

/** The last `lineCount` lines of a log, empty if there is none yet. */
export function lastLines(logFile: string | undefined, lineCount: number): string {
  if (logFile === undefined) return '';
  try {
    return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-lineCount).join('\n');
  } catch {
    return '';
  }
}
