import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { findFreePort, isPortTaken } from '../../src/embedded/ports.js';

const program = fileURLToPath(new URL('./stand-in/start.ts', import.meta.url));

/** Where one installation of the tests lives; the same one can be started again and again. */
export interface Installation {
  readonly dataDir: string;
  readonly ports: Readonly<Record<string, number>>;
  readonly env: NodeJS.ProcessEnv;
  readonly remove: () => void;
}

const portVariables = [
  'HANDOFF_API_PORT',
  'HANDOFF_INBOX_PORT',
  'HANDOFF_SMTP_PORT',
  'HANDOFF_TEMPORAL_PORT',
  'HANDOFF_TEMPORAL_UI_PORT',
  'HANDOFF_PG_PORT',
] as const;

/** A data folder and ports that nobody else uses. */
export async function anInstallation(): Promise<Installation> {
  const dataDir = mkdtempSync(join(tmpdir(), 'handoff-installation-'));
  chmodSync(dataDir, 0o755);
  const ports: Record<string, number> = {};
  for (const variable of portVariables) ports[variable] = await findFreePort();
  const env = Object.fromEntries(Object.entries(ports).map(([variable, port]) => [variable, String(port)]));
  const remove = () => rmSync(dataDir, { recursive: true, force: true });
  return { dataDir, ports, env: { ...env, HANDOFF_DATA_DIR: dataDir }, remove };
}

/** A supervisor that runs over stand-ins for our own programs. */
export interface Supervised {
  readonly process: ChildProcess;
  readonly said: () => string;
  readonly untilSays: (text: string | RegExp, withinMs?: number) => Promise<void>;
  /** The exit code; `null` after a kill. */
  readonly ended: Promise<number | null>;
}

export function start(installation: Installation, env: NodeJS.ProcessEnv = {}): Supervised {
  const child = spawn(process.execPath, ['--import', 'tsx', program], {
    env: { ...process.env, ...installation.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const untilSays = (text: string | RegExp, withinMs = 60_000) =>
    until(
      () => (typeof text === 'string' ? said.includes(text) : text.test(said)),
      withinMs,
      () => said,
    );
  return { process: child, said: () => said, untilSays, ended };
}

/** Waits for a condition; says what there was instead if it does not come. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  withinMs: number,
  instead: () => string = () => '',
): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`did not come within ${withinMs} ms; there was: ${instead()}`);
    await delay(25);
  }
}

/** The ports of an installation on which something still listens. */
export async function takenPorts({ ports }: Installation): Promise<string[]> {
  const taken = await Promise.all(portVariables.map((variable) => isPortTaken(ports[variable] ?? 0)));
  return portVariables.filter((_, i) => taken[i]);
}
