/**
 * Loaded into each thread of a measured worker: at the signal SIGHUP all of them collect their garbage, so that what is
 * left in memory is what is kept, whenever the last collection was. Run with `--expose-gc --import`.
 */
import { isMainThread } from 'node:worker_threads';

const channel = new BroadcastChannel('collect-garbage');
channel.unref();
channel.onmessage = () => globalThis.gc();
if (isMainThread) {
  process.on('SIGHUP', () => {
    channel.postMessage('now');
    globalThis.gc();
  });
}
