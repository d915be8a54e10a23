import { announce, startTestServers, type TestServers } from './servers.js';

/** Held between set-up and tear-down, which Jest runs in the same process. */
const held = globalThis as { handoffTest?: { servers?: TestServers } };
export const running = (held.handoffTest ??= {});

/** Starts the servers of the integration tests once for all of them. */
export default async function startServers(): Promise<void> {
  running.servers = await startTestServers();
  announce(running.servers);
}
