import { running } from './global-setup.js';

/** Ends the servers of the integration tests; they end with Jest anyway, this also removes their folder. */
export default async function stopServers(): Promise<void> {
  await running.servers?.stop();
}
