/**
 * Here live scenarios meet real parts: servers of their own, a worker, and a lead whose clock follows the script.
 * What a scenario says and how it is compared stays in `src/scenarios`.
 */
import { testScenariosLive, type LiveTest, type ScenarioResult } from '../../scenarios/index.js';
import { openLiveScenarios, workQuietly } from './open-live-scenarios.js';
import { startScenarioServers } from './servers.js';

/**
 * Runs scenario files on the servers that the environment names, or on own ones that end with the run.
 * @throws Error if there is nothing to run them on
 */
export async function testOnServers(
  files: readonly string[],
  { say, ...test }: Omit<LiveTest, 'ports'> & { readonly say: (line: string) => void },
): Promise<readonly ScenarioResult[]> {
  workQuietly();
  const servers = await startScenarioServers(process.env, say);
  try {
    const live = await openLiveScenarios(servers);
    try {
      return await testScenariosLive(files, { ...test, ports: live.ports });
    } finally {
      await live.close();
    }
  } finally {
    await servers.stop();
  }
}
