import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { taskQueue } from '../../workflows/messages.js';
import { LeadWorld, until } from './lead-world.js';

/** The worker as people run it, killed while a deadline runs: what falls due then happens once, when it is back. */
let world: LeadWorld;
let worker: ChildProcess;
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
  worker.kill('SIGKILL');
  await world.close();
});

const program = fileURLToPath(new URL('../../src/bin/worker.ts', import.meta.url));

async function startWorker(): Promise<void> {
  worker = spawn(process.execPath, ['--import', 'tsx', program], {
    env: { ...process.env, ...world.environment, NODE_OPTIONS: '', HANDOFF_LOG_LEVEL: 'error' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await until('the worker asks for work', isPolling, 60_000);
}

async function isPolling(): Promise<true | undefined> {
  const { pollers } = await world.client.workflowService.describeTaskQueue({
    namespace: world.client.options.namespace,
    taskQueue: { name: taskQueue },
    taskQueueType: 1,
  });
  return pollers.some(({ identity }) => identity?.startsWith(`${worker.pid}@`)) || undefined;
}

test('after kill -9 and a new start the escalation goes out once, at its planned instant', async () => {
  await startWorker();
  const lead = await world.handOff();
  await lead.untilRecorded('notified');
  const ended = once(worker, 'exit');
  worker.kill('SIGKILL');
  await ended;
  const { at: handedOffAt } = (await lead.events())[0]!;
  await until('the deadline has passed', () => Date.now() > handedOffAt + 8_000 || undefined);
  expect((await lead.events()).some(({ type }) => type === 'clock-breached')).toBe(false);
  await startWorker();
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
  const ended = once(worker, 'exit');
  worker.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
}, 30_000);
