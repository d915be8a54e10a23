import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandOf, readPid } from '../../embedded/leftover.js';

/** The folder that keeps everything between starts, claimed by one supervisor at a time. */
export interface DataFolder {
  readonly path: string;
  /** The last supervisor did not end in order, so what it started may still be ending. */
  readonly wasAbandoned: boolean;
  /** A secret of this folder, made once and readable by its owner only. */
  readonly secret: (name: string, prefix?: string) => string;
  /** The log of a program; one that has grown long is put aside as `.old`. */
  readonly logFile: (program: string) => string;
  readonly release: () => void;
}

const LOG_BYTES_MAX = 10_000_000;

/** @throws if a supervisor that runs has claimed the folder */
export function claimDataFolder(path: string): DataFolder {
  mkdirSync(path, { recursive: true });
  mkdirSync(join(path, 'logs'), { recursive: true });
  const claim = join(path, 'supervisor.pid');
  const wasAbandoned = existsSync(claim);
  requireUnclaimed(claim, path);
  writeFileSync(claim, `${process.pid}\n`);
  return {
    path,
    wasAbandoned,
    secret: (name, prefix = '') => keptSecret(join(path, name), prefix),
    logFile: (program) => logFile(join(path, 'logs', `${program}.log`)),
    release: () => rmSync(claim, { force: true }),
  };
}

function requireUnclaimed(claim: string, path: string): void {
  const pid = readPid(claim);
  const isRunning = pid !== undefined && pid !== process.pid && commandOf(pid)?.includes('start.ts');
  if (!isRunning) return;
  throw new Error(
    `Handoff already runs from ${path} (process ${pid}). Stop it, or set HANDOFF_DATA_DIR and the ports to run another.`,
  );
}

function keptSecret(file: string, prefix: string): string {
  if (!existsSync(file)) writeFileSync(file, `${prefix}${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
  return readFileSync(file, 'utf8').trim();
}

function logFile(file: string): string {
  if (existsSync(file) && statSync(file).size > LOG_BYTES_MAX) renameSync(file, `${file}.old`);
  return file;
}
