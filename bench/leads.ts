/**
 * What ten thousand open leads ask of one worker and the embedded server. Five deadlines a second for five minutes: from
 * due instant to accepted mail p99 is at most 2 s. A lead that the worker keeps in memory takes at most 1.5 times the
 * heap of an empty workflow; what the process has of the machine is printed beside it, for the memory between the two is
 * the allocator's and differs by a hundred kilobytes from run to run. Beside these two it prints where the processors' time goes, and the largest load that stays
 * under 2 s. Handing the leads over is not timed. Needs Linux, about 25 minutes and a machine with nothing else to do;
 * for a short run say `npm run bench:leads -- --leads 1000 --seconds 60 --search 0`.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { CACHED_WORKFLOW_COUNT } from '../src/temporal/worker.js';
import { taskQueue } from '../workflows/messages.js';
import { announce, startTestServers } from '../test/support/servers.js';
import { LeadWorld } from '../test/workflows/lead-world.js';
import {
  agreementChanges,
  endOf,
  handOverDue,
  handOverOpen,
  readLatenesses,
  workflowTasksPerSecond,
  type Deadlines,
} from './leads/deadlines.js';
import { memoryOf, processorSeconds, startWorker, type Memory, type ProcessorSeconds } from './leads/processes.js';

const { values } = parseArgs({
  options: {
    leads: { type: 'string', default: '10000' },
    rate: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '300' },
    /** Seconds for each load that the search tries; 0: no search. */
    search: { type: 'string', default: '60' },
    /** Workflows among which a worker's growth is divided. */
    counted: { type: 'string', default: '1000' },
  },
});
const leadCount = Number(values.leads);
const perSecond = Number(values.rate);
const seconds = Number(values.seconds);
const searchSeconds = Number(values.search);

const LATENESS_MS_MAX = 2_000;
const MEMORY_SHARE_MAX = 1.5;
/** So many are in memory before counting begins: what the first ones bring along is nobody's in particular. */
const WARM_COUNT = 100;
const COUNTED_COUNT = Math.min(Number(values.counted), CACHED_WORKFLOW_COUNT - WARM_COUNT);
/** What has been under way is through by then. */
const CALM_MS = 5_000;
/** A load is found to so many deadlines a second. */
const SEARCH_STEPS = 3;

const kilobytes = (bytes: number): string => `${Math.round(bytes / 1_024)} kB`;

/** What a worker grows by with each workflow that it keeps. */
async function memoryPerCached(pid: number, bringIn: (count: number) => Promise<void>): Promise<Memory> {
  await bringIn(WARM_COUNT);
  await delay(CALM_MS);
  const before = await memoryOf(pid);
  await bringIn(COUNTED_COUNT);
  await delay(CALM_MS);
  const after = await memoryOf(pid);
  const perCached = (part: keyof Memory) => (after[part] - before[part]) / COUNTED_COUNT;
  return { heapBytes: perCached('heapBytes'), residentBytes: perCached('residentBytes') };
}

/** @returns whether a lead's heap stays within its bound */
function tellMemory(lead: Memory, empty: Memory): boolean {
  const share = lead.heapBytes / empty.heapBytes;
  const line = (what: string, { heapBytes, residentBytes }: Memory) =>
    `  ${what.padEnd(18)} heap ${kilobytes(heapBytes)}, of the machine ${kilobytes(residentBytes)}`;
  console.log(`memory for each of ${COUNTED_COUNT}, in a cache of ${CACHED_WORKFLOW_COUNT}:`);
  console.log(line('a lead', lead));
  console.log(line('an empty workflow', empty));
  console.log(`  heaps: ${share.toFixed(2)} times, at most ${MEMORY_SHARE_MAX}`);
  return share <= MEMORY_SHARE_MAX;
}

async function measureEmpty(world: LeadWorld): Promise<Memory> {
  const { client } = world;
  const worker = await startWorker('bench/leads/empty-worker.ts', world);
  const started: string[] = [];
  const memory = await memoryPerCached(worker.pid, async (count) => {
    for (let done = 0; done < count; done += 1) {
      const workflowId = `empty-${randomUUID()}`;
      started.push(workflowId);
      await client.workflow.start('emptyWorkflow', { taskQueue, workflowId });
    }
  });
  await worker.end('SIGTERM');
  for (const workflowId of started) await client.workflow.getHandle(workflowId).terminate();
  return memory;
}

interface Lateness {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** Waits until all of them have been told of; one of whom nobody was told is late without end. */
async function latenessOf(world: LeadWorld, deadlines: Deadlines): Promise<Lateness> {
  await delay(Math.max(0, endOf(deadlines) + LATENESS_MS_MAX + CALM_MS - Date.now()));
  const found = await readLatenesses(world, deadlines);
  const at = (share: number) => found[Math.ceil(share * deadlines.count) - 1] ?? Infinity;
  return { p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
}

const sentence = ({ p50Ms, p99Ms, maxMs }: Lateness): string =>
  `p50 ${Math.round(p50Ms)} ms   p99 ${Math.round(p99Ms)} ms   last ${Math.round(maxMs)} ms`;

/** Hands over leads whose deadlines begin soon after. @param setUpMs how long handing them over may take */
async function prepare(world: LeadWorld, rate: number, forSeconds: number, setUpMs: number): Promise<Deadlines> {
  const deadlines = { count: Math.round(rate * forSeconds), perSecond: rate, firstAt: Date.now() + setUpMs };
  await handOverDue(world, deadlines);
  const earlyMs = deadlines.firstAt - Date.now();
  if (earlyMs < 0) throw new Error(`handing ${deadlines.count} leads over took ${-earlyMs} ms longer than planned`);
  await delay(earlyMs);
  return deadlines;
}

const parts = ['worker', 'temporal', 'postgres', 'benchmark'] as const;

function printShares(before: ProcessorSeconds, after: ProcessorSeconds, elapsedMs: number): void {
  const shares = parts.map((part) => `${part} ${(((after[part] - before[part]) / elapsedMs) * 100_000).toFixed(0)} %`);
  console.log(`  of one processor: ${shares.join(', ')} (the benchmark's part is the inbox)`);
}

async function measureDeadlines(world: LeadWorld, workerPid: number, setUpMsPerLead: number): Promise<boolean> {
  const setUpMs = 2 * setUpMsPerLead * perSecond * seconds + 20_000;
  const deadlines = await prepare(world, perSecond, seconds, setUpMs);
  const before = processorSeconds(workerPid);
  const lateness = latenessOf(world, deadlines);
  await delay(endOf(deadlines) - Date.now());
  const after = processorSeconds(workerPid);
  console.log(`\n${perSecond} deadlines a second for ${seconds} s: ${sentence(await lateness)}, at most p99 2000 ms`);
  printShares(before, after, endOf(deadlines) - deadlines.firstAt);
  const tasks = await workflowTasksPerSecond(world, deadlines);
  console.log(`  workflow tasks a second: ${tasks.toFixed(1)}`);
  return (await lateness).p99Ms <= LATENESS_MS_MAX;
}

/** Doubles the load until it is too much, then halves the gap. */
async function search(world: LeadWorld, setUpMsPerLead: number): Promise<void> {
  const isKept = async (rate: number) => {
    const setUpMs = 2 * setUpMsPerLead * rate * searchSeconds + 20_000;
    const lateness = await latenessOf(world, await prepare(world, rate, searchSeconds, setUpMs));
    console.log(`  ${rate} a second for ${searchSeconds} s: ${sentence(lateness)}`);
    return lateness.p99Ms < LATENESS_MS_MAX;
  };
  console.log('\nlooking for the largest load with p99 under 2 s');
  let [kept, broken] = [perSecond, 2 * perSecond];
  while (await isKept(broken)) [kept, broken] = [broken, 2 * broken];
  for (let step = 0; step < SEARCH_STEPS; step += 1) {
    const middle = Math.round((kept + broken) / 2);
    if (middle === kept || middle === broken) break;
    if (await isKept(middle)) kept = middle;
    else broken = middle;
  }
  console.log(`largest load with p99 under 2 s: ${kept} deadlines a second`);
}

async function measureLeads(world: LeadWorld): Promise<boolean> {
  const empty = await measureEmpty(world);
  const worker = await startWorker('src/bin/worker.ts', world);
  try {
    const lead = await memoryPerCached(worker.pid, (count) => handOverOpen(world, count));
    const isSmall = tellMemory(lead, empty);
    if (seconds === 0) return isSmall;
    const from = Date.now();
    const restCount = Math.max(0, leadCount - WARM_COUNT - COUNTED_COUNT - perSecond * seconds);
    await handOverOpen(world, restCount);
    const setUpMsPerLead = restCount === 0 ? 50 : (Date.now() - from) / restCount;
    console.log(`\n${leadCount} leads are open; handing one over took ${setUpMsPerLead.toFixed(0)} ms`);
    const isInTime = await measureDeadlines(world, worker.pid, setUpMsPerLead);
    if (searchSeconds > 0) await search(world, setUpMsPerLead);
    return isInTime && isSmall;
  } finally {
    await worker.end('SIGTERM');
  }
}

const servers = await startTestServers({ areDurable: true });
announce(servers);
const world = await LeadWorld.open({ namespace: 'benchmark', set: agreementChanges(Date.now()) });
try {
  const isKept = await measureLeads(world);
  console.log(isKept ? '\nas much as promised' : '\nless than promised');
  if (!isKept) process.exitCode = 1;
} finally {
  await world.close();
  await servers.stop();
}
