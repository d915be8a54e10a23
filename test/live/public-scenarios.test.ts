/**
 * The promise: what the rules decide for a scenario is what the running product does. The same files that the pure run
 * passes are run by the real workflow on a real server, and compared to the millisecond.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  openLiveScenarios,
  workQuietly,
  type LiveScenarios,
} from '../../src/bin/live-scenarios/open-live-scenarios.js';
import { calendarKeys } from '../../src/bin/calendar-ports.js';
import { testScenariosLive, type ScenarioResult } from '../../src/scenarios/index.js';
import { freshDatabase, temporalAddress, type FreshDatabase } from '../support/servers.js';

const folders = [
  join(import.meta.dirname, '../spec/scenarios'),
  join(import.meta.dirname, '../scenarios-extra'),
  process.env['HANDOFF_SCENARIOS'] ?? '',
].filter((folder) => folder !== '');
const files = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(folder, name)),
);

/** On a busy machine a scenario may take its time, but none hangs for ever. */
const WITHIN_MS = 120_000 + files.length * 10_000;

let database: FreshDatabase;
let live: LiveScenarios;
beforeAll(async () => {
  workQuietly();
  database = await freshDatabase();
  const temporal = { address: temporalAddress(), namespace: 'default' };
  live = await openLiveScenarios({ databaseUrl: database.url, temporal });
}, 180_000);
afterAll(async () => {
  await live.close();
  await database.drop();
});

test(
  'every scenario comes out of the running product as the rules say',
  async () => {
    const sources = { calendars: calendarKeys, readText: (path: string) => readFileSync(path, 'utf8') };
    const results: readonly ScenarioResult[] = await testScenariosLive(files, {
      sources,
      ports: live.ports,
      tell: () => undefined,
    });
    expect(results.filter(({ kind }) => kind !== 'passed')).toEqual([]);
    expect(results).toHaveLength(files.length);
  },
  WITHIN_MS,
);
