/**
 * Holds a program that is not ours on a leash: starts it, and ends it when the pipe at file descriptor 3 closes, which
 * also happens when whoever holds the other end is killed. Run as `node leash.mjs JSON` with a LeashOrder of
 * leashed-process.ts. Plain JavaScript, so that it starts in a blink and needs nothing but Node.
 */
import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { Socket } from 'node:net';

const { command, args, uid, gid, stopSignal, graceMs, pidFile } = JSON.parse(process.argv[2]);
const program = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], uid, gid });

program.on('spawn', () => pidFile && writeFileSync(pidFile, `${program.pid}\n`));
program.on('error', (error) => {
  console.error(`${command} could not be started: ${error.message}`);
  process.exit(127);
});
program.on('exit', (code, signal) => {
  if (pidFile) rmSync(pidFile, { force: true });
  if (signal) console.error(`${command} was ended by ${signal}`);
  process.exit(code ?? 1);
});

function end() {
  program.kill(stopSignal);
  setTimeout(() => program.kill('SIGKILL'), graceMs);
}

const pipe = new Socket({ fd: 3, readable: true, writable: false });
pipe
  .on('error', () => {})
  .once('close', end)
  .resume();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => pipe.destroy());
