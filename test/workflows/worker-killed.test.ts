import { randomUUID } from 'node:crypto';
import type { Program } from '../support/program.js';
import { LeadWorld, until } from './lead-world.js';
import { startWorkerProgram } from './worker-program.js';

/** The worker as people run it, killed while a deadline runs: what falls due then happens once, when it is back. */
let world: LeadWorld;
let worker: Program;
beforeAll(async () => {
  world = await LeadWorld.open({
    namespace: `killed-${randomUUID()}`,
    set: {
      'clocks.first-response.within': '8s',
      'clocks.first-response.overrides': [],
      'clocks.first-response.warn': [],
      'ladders.not-followed-up.1.after': '1s',
    },
  });
}, 60_000);
afterAll(async () => {
  await worker.end('SIGKILL');
  await world.close();
});

test('after kill -9 and a new start the escalation goes out once, at its planned instant', async () => {
  worker = await startWorkerProgram(world);
  const lead = await world.handOff();
  await lead.untilRecorded('notified');
  await worker.end('SIGKILL');
  const { at: handedOffAt } = (await lead.events())[0]!;
  await until('the deadline has passed', () => Date.now() > handedOffAt + 8_000 || undefined);
  expect((await lead.events()).some(({ type }) => type === 'clock-breached')).toBe(false);
  worker = await startWorkerProgram(world);
  await lead.untilRecorded('owner-changed');
  const fired = (await lead.events()).flatMap((event) =>
    event.type === 'tier-fired' || event.type === 'clock-breached' ? [event] : [],
  );
  expect(fired.map(({ type, at }) => [type, at - handedOffAt])).toEqual([
    ['clock-breached', 8_000],
    ['tier-fired', 8_000],
    ['tier-fired', 9_000],
  ]);
  const mailsTo = (person: string) => world.inbox.mails().filter(({ to }) => JSON.stringify(to).includes(person));
  await until('the second tier is told', () => mailsTo('vp-sales')[0]);
  expect(mailsTo('manager-east')).toHaveLength(1);
  expect(mailsTo('vp-sales')).toHaveLength(1);
}, 180_000);

test('asked to end, the worker ends in order', async () => {
  expect(await worker.end('SIGTERM')).toEqual([0, null]);
}, 30_000);
