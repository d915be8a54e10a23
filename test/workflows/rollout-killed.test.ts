import { randomUUID } from 'node:crypto';
import type { Program } from '../support/program.js';
import { LeadWorld, until, type LiveLead } from './lead-world.js';
import { nextVersion, startRollout, toStart, untilStatus } from './rollout-world.js';
import { startWorkerProgram } from './worker-program.js';

/** The worker as people run it, killed in the middle of a rollout: each lead gets the version, and gets it once. */
let world: LeadWorld;
let worker: Program;
beforeAll(async () => {
  world = await LeadWorld.open({ namespace: `rollout-${randomUUID()}` });
}, 60_000);
afterAll(async () => {
  await worker.end('SIGKILL');
  await world.close();
});

const LEAD_COUNT = 12;

const appliedTo = async (lead: LiveLead): Promise<number> =>
  (await lead.events()).filter(({ type }) => type === 'agreement-applied').length;

test('after kill -9 in the middle and a new start, every lead follows the version, by one event', async () => {
  worker = await startWorkerProgram(world);
  const leads = await Promise.all(Array.from({ length: LEAD_COUNT }, () => world.handOff()));
  for (const lead of leads) await lead.untilRecorded('notified');
  const agreement = await nextVersion(world, { 'clocks.disposition.within': '200h' });
  const id = await startRollout(world, toStart(agreement, 'recompute', { leadsPerSecond: 4 }));
  await until('some have had their turn', async () => {
    const { applied } = (await world.database.rollouts.find(id))!.counts;
    return applied >= 4 || undefined;
  });
  await worker.end('SIGKILL');
  const { counts } = (await world.database.rollouts.find(id))!;
  expect(counts.waiting).toBeGreaterThan(0);
  worker = await startWorkerProgram(world);
  const done = await untilStatus(world, id, 'done');
  expect(done.counts).toMatchObject({ applied: LEAD_COUNT, waiting: 0, failed: 0, refused: 0 });
  expect(await Promise.all(leads.map(appliedTo))).toEqual(leads.map(() => 1));
}, 240_000);
