#!/usr/bin/env node
/**
 * The command `handoff`: runs src/bin/handoff.ts by tsx, wherever it is called from. Node built-ins only; everything
 * else is installed by `npm ci`.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const cli = fileURLToPath(new URL('../src/bin/handoff.ts', import.meta.url));

const { status, signal } = spawnSync(process.execPath, ['--import', loader(), cli, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
if (signal !== null) process.kill(process.pid, signal);
process.exitCode = status ?? 1;

/** The checkout's own tsx: the caller's folder may have none. */
function loader() {
  try {
    return pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  } catch {
    process.stderr.write('handoff: its packages are not installed; run "npm ci --include=dev" in the checkout first\n');
    process.exit(1);
  }
}
