import { hostname } from 'node:os';
import { ConfigurationError, readConfiguration } from './configuration.js';
import { isPolling } from './supervisor/readiness.js';

/** Ends well if a worker on this host asks Temporal for work: what a container's health check wants to know. */
async function checkWorker(): Promise<void> {
  const { temporalAddress, temporalNamespace } = readConfiguration(process.env, 'worker');
  const isHere = (identity: string) => identity.endsWith(`@${hostname()}`);
  if (await isPolling(temporalAddress, temporalNamespace, isHere)) return;
  console.error(`no worker of this host asks ${temporalAddress} for work`);
  process.exitCode = 1;
}

try {
  await checkWorker();
} catch (error) {
  console.error(error instanceof ConfigurationError ? error.message : error);
  process.exitCode = 1;
}
