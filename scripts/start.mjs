// npm start: makes the checkout ready, then hands over to src/bin/start.ts, which runs until it is told to stop.
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { root, setUp, SetUpError } from './setup.mjs';

const LOOK_EVERY_MS = 1_000;
const onLeash = new URL('../src/bin/supervisor/on-leash.mjs', import.meta.url).href;

try {
  await setUp();
} catch (error) {
  console.error(`\n${error instanceof SetUpError ? error.message : error.stack}`);
  process.exit(1);
}

// The pipe at file descriptor 3 closes when this program ends, by whatever cause, and the supervisor then stops too.
const supervisor = spawn(process.execPath, ['--import', 'tsx', '--import', onLeash, 'src/bin/start.ts'], {
  cwd: root,
  stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
});
supervisor.stdio[3].on('error', () => {});
supervisor.on('exit', (code) => process.exit(code ?? 1));

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => supervisor.kill('SIGTERM'));

// A killed npm cannot say so. Between it and this program there may be a shell, which then gets another parent.
if (process.env.npm_lifecycle_event !== undefined) {
  const shell = process.ppid;
  const npm = parentOf(shell);
  const isGone = () => process.ppid !== shell || parentOf(shell) !== npm;
  setInterval(() => isGone() && supervisor.stdio[3].destroy(), LOOK_EVERY_MS).unref();
}

function parentOf(pid) {
  try {
    return process.platform === 'linux'
      ? readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ')[1]
      : execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}
