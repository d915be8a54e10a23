/**
 * Records what the leads of test/workflows/journeys.ts live through into test/histories: the history of each run, for
 * replay.test.ts, and each ledger with all that it was decided from, for replay-ledgers.test.ts; and the history of each
 * run of the versions, rollouts and reviews of test/workflows/agreement-journeys.ts. It rewrites the files of its own `since`
 * and leaves older ones alone, for running leads have such histories.
 * `npm run record:histories -- --since 5`; with names of journeys, only those.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { announce, startTestServers } from '../test/support/servers.js';
import { agreementJourneys } from '../test/workflows/agreement-journeys.js';
import { inBusinessHours, journeys } from '../test/workflows/journeys.js';
import { historyOf, LeadWorld, until } from '../test/workflows/lead-world.js';
import {
  agreementJourneyNames,
  historiesFolder,
  inputOf,
  journeyNames,
  ledgersFolder,
  saidIn,
  type AgreementJourneyName,
  type History,
  type JourneyName,
  type RecordedLedger,
} from '../test/workflows/recorded.js';

const { values, positionals } = parseArgs({
  options: { since: { type: 'string', default: '4' } },
  allowPositionals: true,
});

/** Who recorded it, and where, is nobody's business and no part of a replay. */
const withoutTraces = (history: object): object =>
  JSON.parse(JSON.stringify(history), (key, value: unknown) => {
    if (key === 'stackTrace') return undefined;
    const isOfMachine = key === 'identity' || (key === 'name' && typeof value === 'string' && value.includes('@'));
    return isOfMachine ? 'recorder' : value;
  }) as object;

function write(folder: URL, name: string, value: object): void {
  writeFileSync(
    new URL(`${name}.since-${values.since}.json.gz`, folder),
    gzipSync(JSON.stringify(value), { level: 9 }),
  );
}

/** The histories of all runs of a workflow, oldest first. */
async function historiesOf({ client }: LeadWorld, workflowId: string): Promise<History[]> {
  const latest = (await client.workflow.getHandle(workflowId).describe()).runId;
  const runs = await until('all runs are listed', async () => {
    const found: { readonly runId: string; readonly startTime: Date }[] = [];
    for await (const run of client.workflow.list({ query: `WorkflowId="${workflowId}"` })) {
      found.push(run);
    }
    return found.some(({ runId }) => runId === latest) ? found : undefined;
  });
  const ordered = runs.toSorted((one, other) => one.startTime.getTime() - other.startTime.getTime());
  return Promise.all(ordered.map(({ runId }) => historyOf(client.workflow.getHandle(workflowId, runId))));
}

/** Writes the history of each run, and says how long each is. */
function writeHistories(name: string, histories: readonly History[]): string {
  for (const [index, history] of histories.entries()) {
    const run = histories.length > 1 ? `.run-${index + 1}` : '';
    write(historiesFolder, `${name}${run}`, withoutTraces(history));
  }
  return histories.map(({ events }) => events.length).join(' + ');
}

async function record(name: JourneyName, world: LeadWorld): Promise<void> {
  const lead = await journeys[name](world);
  const histories = await historiesOf(world, lead.handle.workflowId);
  const counts = writeHistories(name, histories);
  const { leadId, events: handOff, context } = inputOf(histories[0]!);
  const ledger: RecordedLedger = {
    input: { leadId, events: handOff, context },
    said: histories.flatMap(saidIn),
    answered: world.answered.get(lead.id) ?? [],
    events: await lead.events(),
  };
  write(ledgersFolder, name, ledger);
  console.log(`${name}: ${counts} events of history, ${ledger.events.length} in the ledger`);
}

async function recordAgreement(name: AgreementJourneyName, world: LeadWorld): Promise<void> {
  const workflowId = await agreementJourneys[name](world);
  console.log(`${name}: ${writeHistories(name, await historiesOf(world, workflowId))} events of history`);
}

const isWanted = (name: string): boolean => positionals.length === 0 || positionals.includes(name);

const servers = await startTestServers();
announce(servers);
const roundTheClock = await LeadWorld.open();
const businessHours = await LeadWorld.open({ set: null });
try {
  mkdirSync(ledgersFolder, { recursive: true });
  for (const name of journeyNames.filter(isWanted)) {
    await record(name, inBusinessHours.includes(name) ? businessHours : roundTheClock);
  }
  for (const name of agreementJourneyNames.filter(isWanted)) await recordAgreement(name, roundTheClock);
} finally {
  await Promise.all([roundTheClock.close(), businessHours.close()]);
  await servers.stop();
}
