import { migrateDeploy } from '../../prisma/engine/migrate-deploy.js';
import { ConfigurationError, readConfiguration } from './configuration.js';

/** Applies the migrations that the database lacks, and ends. */
async function migrate(): Promise<void> {
  const { databaseUrl } = readConfiguration(process.env, 'migrate');
  const applied = await migrateDeploy(databaseUrl, { say: console.log });
  console.log(applied.length === 0 ? 'nothing to apply' : `${applied.length} applied`);
}

try {
  await migrate();
} catch (error) {
  console.error(error instanceof ConfigurationError ? error.message : error);
  process.exitCode = 1;
}
