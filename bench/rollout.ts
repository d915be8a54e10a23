/**
 * How many leads a second a rollout brings a version to, against bare updates: changes of agreement of the same kind,
 * sent straight to the same workflows by Temporal's client, as many at a time, in the same run and by the same worker.
 * Rounds of bare updates go before and after, because workflows grow and the machine has other things to do as well.
 * `--leads 200` for a short run.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { AgreementTerms } from '../src/domain/agreement/index.js';
import type { Command } from '../src/domain/lifecycle/commands.js';
import { leadWorkflowId, updateNameOf } from '../workflows/messages.js';
import { announce, startTestServers } from '../test/support/servers.js';
import { LeadWorld, until, type LiveLead } from '../test/workflows/lead-world.js';
import { nextVersion, startRollout, toStart } from '../test/workflows/rollout-world.js';

const { values } = parseArgs({ options: { leads: { type: 'string', default: '2000' } } });
const LEAD_COUNT = Number(values.leads);
const SHARE_MIN = 0.7;
/** As many as a rollout has on their way. */
const AT_ONCE_COUNT = 32;
const HAND_OFFS_AT_ONCE_COUNT = 16;
const MINUTES_MAX = 15;
/** Looking is work, too. */
const LOOK_EVERY_MS = 250;

/** Does `work` for each item, some at a time. */
async function forEach<T>(items: readonly T[], atOnceCount: number, work: (item: T) => Promise<unknown>) {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) await work(items[index]!);
  };
  await Promise.all(Array.from({ length: atOnceCount }, worker));
}

/** Leads a second. */
async function rateOf(work: () => Promise<unknown>): Promise<number> {
  const beganAt = performance.now();
  await work();
  return (LEAD_COUNT / (performance.now() - beganAt)) * 1_000;
}

async function handOffAll(world: LeadWorld): Promise<readonly LiveLead[]> {
  const leads: LiveLead[] = [];
  const places = Array.from({ length: LEAD_COUNT }, (_, index) => index);
  await forEach(places, HAND_OFFS_AT_ONCE_COUNT, async () => {
    const lead = await world.handOff();
    leads.push(lead);
    await until('it is told to its owner', () => isTold(lead), MINUTES_MAX * 60_000);
  });
  return leads;
}

const isTold = async (lead: LiveLead): Promise<true | undefined> =>
  (await lead.events()).some(({ type }) => type === 'notified') || undefined;

/** The round's number makes each version another one. */
const anyVersion = (world: LeadWorld, round: number): Promise<AgreementTerms> =>
  nextVersion(world, { 'clocks.disposition.within': `${150 + round}h` });

async function bareUpdates(world: LeadWorld, leads: readonly LiveLead[], round: number): Promise<number> {
  const agreement = await anyVersion(world, round);
  return rateOf(() =>
    forEach(leads, AT_ONCE_COUNT, ({ id }) => {
      const said = { at: Date.now(), by: 'sales-ops', id: `bare-${round}` };
      const command: Command = { ...said, type: 'apply-agreement', agreement, running: 'recompute' };
      const handle = world.client.workflow.getHandle(leadWorkflowId(id));
      return handle.executeUpdate(updateNameOf(command.type), { args: [command], updateId: command.id });
    }),
  );
}

async function rollout(world: LeadWorld, round: number): Promise<number> {
  const agreement = await anyVersion(world, round);
  return rateOf(async () => {
    const id = await startRollout(world, toStart(agreement, 'recompute'));
    while (!(await hasReachedAll(world, id))) await delay(LOOK_EVERY_MS);
  });
}

async function hasReachedAll(world: LeadWorld, id: string): Promise<boolean> {
  const { counts } = (await world.database.rollouts.find(id))!;
  const lost = counts.refused + counts.failed;
  if (lost > 0) throw new Error(`${lost} leads refused or gave no answer`);
  return counts.applied === LEAD_COUNT;
}

const servers = await startTestServers();
announce(servers);
const world = await LeadWorld.open();
try {
  console.log(`handing ${LEAD_COUNT} leads over …`);
  const leads = await handOffAll(world);
  const bare: number[] = [];
  const rolled: number[] = [];
  for (const round of [1, 3]) {
    bare.push(await bareUpdates(world, leads, round));
    console.log(`bare updates: ${bare.at(-1)!.toFixed(1)} leads per second`);
    rolled.push(await rollout(world, round + 1));
    console.log(`rollout:      ${rolled.at(-1)!.toFixed(1)} leads per second`);
  }
  bare.push(await bareUpdates(world, leads, 5));
  console.log(`bare updates: ${bare.at(-1)!.toFixed(1)} leads per second`);
  const mean = (rates: readonly number[]): number => rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
  const share = mean(rolled) / mean(bare);
  console.log(`\n${share.toFixed(2)} of the rate of bare updates, at least ${SHARE_MIN}`);
  if (share < SHARE_MIN) process.exitCode = 1;
} finally {
  await world.close();
  await servers.stop();
}
