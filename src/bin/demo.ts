/** The demo: seeds agreements and people, then hands some leads over through the API, as anybody would. */
import { openDatabase } from '../db/index.js';
import { ConfigurationError, readConfiguration, type ApiConfiguration } from './configuration.js';
import { handOver, type ApiPlace } from './demo/hand-over.js';
import { demoLeads } from './demo/leads.js';
import { seed } from './demo/seed.js';

async function runDemo(configuration: ApiConfiguration): Promise<void> {
  await seedDatabase(configuration);
  const api = apiOf(configuration);
  for (const lead of demoLeads) console.log(`${lead.externalId}: ${await handOver(api, lead)}`);
}

async function seedDatabase({ databaseUrl, workspace }: ApiConfiguration): Promise<void> {
  const database = openDatabase(databaseUrl, { workspace, connectionCountMax: 2 });
  try {
    await seed(database);
  } finally {
    await database.close();
  }
}

/** An API that listens everywhere is asked where we are. */
const apiOf = ({ apiHost, apiPort, adminKey }: ApiConfiguration): ApiPlace => ({
  url: `http://${['0.0.0.0', '::'].includes(apiHost) ? '127.0.0.1' : apiHost}:${apiPort}`,
  key: adminKey,
});

try {
  await runDemo(readConfiguration(process.env, 'api'));
} catch (error) {
  console.error(error instanceof ConfigurationError ? error.message : error);
  process.exitCode = 1;
}
