import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { z } from 'zod';
import { migrateDeploy } from '../../../prisma/engine/migrate-deploy.js';
import { findFreePort } from '../../embedded/ports.js';
import { startPostgres } from '../../embedded/postgres.js';
import { findTemporalCli } from '../../embedded/temporal-cli.js';
import { startTemporal } from '../../embedded/temporal-server.js';
import type { TemporalPlace } from '../../temporal/index.js';
import { findSkippingObstacle } from '../../temporal/virtual-clock.js';
import { databaseUrl, temporalAddress, validated } from '../configuration.js';
import type { ScenarioServers } from './open-live-scenarios.js';

export interface RunningServers extends ScenarioServers {
  /** Ends what was started, and removes its folder. */
  readonly stop: () => Promise<void>;
}

const schema = z.object({
  DATABASE_URL: databaseUrl.optional(),
  TEMPORAL_ADDRESS: temporalAddress.optional(),
  TEMPORAL_NAMESPACE: z.string().default('default'),
});

/** A server that is there, and how to end it; one that runs elsewhere is left alone. */
type Found<T> = T & { readonly stop: () => Promise<void> };
const leaveAlone = (): Promise<void> => Promise.resolve();

/**
 * The servers that the environment names; in place of those it does not name, own ones in a temporary folder.
 * A Temporal server that cannot skip time is replaced by an own one, and `say` hears why.
 * @throws ConfigurationError for addresses that are not understood, Error for a server that does not come up
 */
export async function startScenarioServers(
  env: NodeJS.ProcessEnv,
  say: (line: string) => void,
): Promise<RunningServers> {
  const named = validated('handoff scenario test --live', schema, env);
  const folder = mkdtempSync(join(tmpdir(), 'handoff-scenarios-'));
  chmodSync(folder, 0o755); // PostgreSQL runs as another user where we are root
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  const [database, temporal] = await Promise.allSettled([
    findDatabase(named.DATABASE_URL, folder),
    findTemporal({ address: named.TEMPORAL_ADDRESS, namespace: named.TEMPORAL_NAMESPACE }, { env, folder, say }),
  ]);
  const found = [database, temporal].flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const stop = async () => {
    await Promise.all(found.map((server) => server.stop()));
    removeFolder();
  };
  if (database.status === 'fulfilled' && temporal.status === 'fulfilled') {
    return { databaseUrl: database.value.url, temporal: temporal.value.place, stop };
  }
  await stop();
  throw [database, temporal].find((one) => one.status === 'rejected')?.reason;
}

/** Migrated either way: what is up to date stays as it is. */
async function findDatabase(url: string | undefined, dataDir: string): Promise<Found<{ readonly url: string }>> {
  const database =
    url === undefined
      ? await startPostgres({
          dataDir,
          port: await findFreePort(),
          logFile: join(dataDir, 'postgres.log'),
          isDisposable: true,
        })
      : { url, stop: leaveAlone };
  await migrateDeploy(database.url);
  return database;
}

interface TemporalSearch {
  readonly env: NodeJS.ProcessEnv;
  readonly folder: string;
  readonly say: (line: string) => void;
}

async function findTemporal(
  { address, namespace }: { readonly address: string | undefined; readonly namespace: string },
  search: TemporalSearch,
): Promise<Found<{ readonly place: TemporalPlace }>> {
  if (address === undefined) return startOwnTemporal(search);
  const obstacle = await obstacleAt({ address, namespace });
  if (obstacle === undefined) return { place: { address, namespace }, stop: leaveAlone };
  search.say(
    `The Temporal server at ${address} cannot skip time (${obstacle}), so the scenarios run on a server of their own. ` +
      'To use that one, run server 1.32 or newer with frontend.WorkflowTimeSkippingEnabled=true.',
  );
  return startOwnTemporal(search);
}

async function obstacleAt({ address, namespace }: TemporalPlace): Promise<string | undefined> {
  const connection = await connect(address);
  try {
    return await findSkippingObstacle(new Client({ connection, namespace }));
  } finally {
    await connection.close();
  }
}

async function connect(address: string): Promise<Connection> {
  try {
    return await Connection.connect({ address });
  } catch (error) {
    const advice = 'start one, correct TEMPORAL_ADDRESS, or leave it out for a server of its own';
    throw new Error(`no Temporal server answers at ${address}; ${advice}`, { cause: error });
  }
}

async function startOwnTemporal({ env, folder, say }: TemporalSearch) {
  const cli = await findTemporalCli({ env, dataDir: folder, say });
  const server = await startTemporal({ cli, port: await findFreePort(), logFile: join(folder, 'temporal.log') });
  return { place: { address: server.address, namespace: 'default' }, stop: server.stop };
}
