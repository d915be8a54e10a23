import { migrateDeploy } from '../../prisma/engine/migrate-deploy.js';
import { ConfigurationError, readConfiguration } from './configuration.js';
import { prepareTemporal } from './prepare-temporal.js';

/** Makes the database ready, and Temporal too where its address is given, for the API and the worker of this version. */
async function migrate(): Promise<void> {
  const { databaseUrl, temporalAddress, temporalNamespace } = readConfiguration(process.env, 'migrate');
  const applied = await migrateDeploy(databaseUrl, { say: console.log });
  console.log(applied.length === 0 ? 'the database is up to date' : `migrations applied: ${applied.length}`);
  if (temporalAddress === undefined) return;
  await prepareTemporal(temporalAddress, temporalNamespace);
  console.log('Temporal has the search attributes');
}

try {
  await migrate();
} catch (error) {
  console.error(error instanceof ConfigurationError ? error.message : error);
  process.exitCode = 1;
}
