import { announce, startTestServers, type TestServers } from './servers.js';

/** Held between set-up and tear-down, which Jest runs in the same process. */
export const running: { servers?: TestServers } = ((globalThis as Record<string, unknown>).handoffTest ??=
  {}) as object;

/** Starts the servers of the integration tests once for all of them. */
export default async function startServers(): Promise<void> {
  running.servers = await startTestServers();
  announce(running.servers);
}
