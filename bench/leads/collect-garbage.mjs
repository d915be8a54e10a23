/**
 * Loaded into each thread of a measured worker: at the signal SIGHUP all of them collect their garbage, and what their
 * heaps then keep is written to the file that HANDOFF_BENCH_HEAP_FILE names. Run with `--expose-gc --import`.
 */
import { writeFileSync } from 'node:fs';
import { getHeapStatistics } from 'node:v8';
import { isMainThread } from 'node:worker_threads';

const REPLIES_WITHIN_MS = 3_000;

const channel = new BroadcastChannel('collect-garbage');
channel.unref();

/** Twice, for what the first collection finds the second lets go. */
function keptByThisThread() {
  globalThis.gc();
  globalThis.gc();
  return getHeapStatistics().used_heap_size;
}

if (isMainThread) {
  process.on('SIGHUP', () => {
    let keptBytes = keptByThisThread();
    channel.onmessage = ({ data }) => (keptBytes += data.keptBytes ?? 0);
    channel.postMessage({ collect: true });
    setTimeout(() => writeFileSync(process.env.HANDOFF_BENCH_HEAP_FILE, `${keptBytes}\n`), REPLIES_WITHIN_MS).unref();
  });
} else {
  channel.onmessage = ({ data }) => data.collect && channel.postMessage({ keptBytes: keptByThisThread() });
}
