import { resolve } from 'node:path';
import type { CliPorts } from '../../cli/index.js';
import { openDatabase, type Database } from '../../db/index.js';
import { embeddedPostgresUrl } from '../../embedded/postgres.js';
import { temporalClient } from '../../temporal/index.js';
import { readSettings } from '../supervisor/settings.js';
import { verifyLedger } from './verify-ledger.js';

/**
 * Compares with the database and the Temporal server that the environment names; without names, with those of
 * `npm start` on this machine.
 */
export const createLedgerVerifier =
  (env: NodeJS.ProcessEnv): CliPorts['verifyLedger'] =>
  async (options) => {
    const settings = readSettings(env);
    const url = settings.databaseUrl ?? embeddedPostgresUrl(resolve(settings.dataDir), settings.ports.postgres);
    const address = settings.temporalAddress ?? `127.0.0.1:${settings.ports.temporal}`;
    const database = openDatabase(url, { workspace: settings.workspace });
    const client = temporalClient({ address, namespace: settings.temporalNamespace });
    try {
      await requireDatabase(database, url);
      return await verifyLedger({ database, client, now: Date.now }, options);
    } finally {
      await Promise.allSettled([client.connection.close(), database.close()]);
    }
  };

async function requireDatabase(database: Database, url: string): Promise<void> {
  try {
    await database.check();
  } catch (error) {
    const { host } = new URL(url);
    throw new Error(`no PostgreSQL answers at ${host}: set DATABASE_URL, or run npm start in this folder`, {
      cause: error,
    });
  }
}
