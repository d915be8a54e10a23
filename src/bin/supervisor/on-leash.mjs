/**
 * Preloaded into every program of ours that another starts: when the pipe at file descriptor 3 closes, which the death
 * of the other does too, the program gets the signal to end in order, and is killed if it takes too long.
 */
import { Socket } from 'node:net';
import { isMainThread } from 'node:worker_threads';

const KILL_AFTER_MS = 9_500;

function end() {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), KILL_AFTER_MS).unref();
}

if (isMainThread) {
  const pipe = new Socket({ fd: 3, readable: true, writable: false });
  pipe.on('error', () => {}).once('close', end);
  pipe.resume().unref();
}
