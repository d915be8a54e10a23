import { foldLead } from '../../src/domain/lifecycle/evolve.js';
import { LeadWorld, until } from './lead-world.js';

/** Nothing that is away may cost a fact, a due point or a notice, nor keep any other of them. */
let world: LeadWorld;
beforeAll(async () => {
  const quick = { within: '4m', overrides: [], warn: ['50%'] };
  world = await LeadWorld.open({
    set: {
      'clocks.first-response.within': quick.within,
      'clocks.first-response.overrides': quick.overrides,
      'clocks.first-response.warn': quick.warn,
    },
  });
}, 60_000);
afterAll(() => world.close());

const minutes = (count: number): number => count * 60_000;

test('with the database away a command is decided but not answered, and answered once the database is back', async () => {
  const lead = await world.handOff();
  await lead.untilRecorded('notified');
  world.ways.database.shut();
  const command = await lead.command('touch', { channel: 'phone', outcome: 'no-answer' });
  expect(await world.workflows.deliver(lead.id, command, 3_000)).toEqual({ kind: 'unanswered' });
  expect((await lead.state()).touches).toHaveLength(1);
  expect((await lead.events()).some(({ type }) => type === 'touched')).toBe(false);
  await world.ways.database.open();
  expect(await world.workflows.deliver(lead.id, command, 20_000)).toMatchObject({ kind: 'done' });
  expect((await lead.events()).filter(({ type }) => type === 'touched')).toHaveLength(1);
}, 60_000);

test('with the database away due points that ask nobody fire, and are recorded in order once it is back', async () => {
  const lead = await world.handOff();
  await lead.untilRecorded('notified');
  const { handedOffAt } = await lead.state();
  world.ways.database.shut();
  await lead.clock.advanceTo(handedOffAt + minutes(4) + 10_000);
  const clock = await until('the breach is decided', async () =>
    (await lead.state()).clocks.find(({ name, verdict }) => name === 'first-response' && verdict === 'breached'),
  );
  expect(clock).toMatchObject({ dueAt: handedOffAt + minutes(4) });
  await world.ways.database.open();
  await lead.untilRecorded('tier-fired');
  const events = await lead.events();
  expect(events.find(({ type }) => type === 'clock-breached')?.at).toBe(handedOffAt + minutes(4));
  expect(foldLead(events)).toEqual(await lead.state());
}, 60_000);

test('with the mail server away deadlines run and commands are answered, and the notices leave when it is back', async () => {
  world.ways.mail.shut();
  const lead = await world.handOff();
  const { handedOffAt } = await lead.state();
  await lead.clock.advanceTo(handedOffAt + minutes(5) + 10_000);
  const breaches = await until('both clocks are breached', async () => {
    const found = (await lead.events()).filter(({ type }) => type === 'clock-breached');
    return found.length === 2 ? found : undefined;
  });
  expect(breaches.map(({ at }) => (at - handedOffAt) / 60_000)).toEqual([4, 5]);
  expect(await lead.say('touch', { channel: 'phone', outcome: 'no-answer' })).toMatchObject({ kind: 'done' });
  await world.ways.mail.open();
  await lead.clock.advanceTo(handedOffAt + minutes(8));
  await lead.untilRecorded('notified');
  await until(
    'the manager has been told',
    () => world.inbox.mails().some(({ to }) => JSON.stringify(to).includes('manager-east')) || undefined,
  );
}, 60_000);

test('with the worker away everything waits, and happens at its planned instants when it is back', async () => {
  const lead = await world.handOff();
  await lead.untilRecorded('notified');
  const { handedOffAt } = await lead.state();
  await world.stopWorker();
  const command = await lead.command('accept', {});
  expect(await world.workflows.deliver(lead.id, command, 1_000)).toEqual({ kind: 'unanswered' });
  await world.startWorker();
  expect(await world.workflows.deliver(lead.id, command, 20_000)).toMatchObject({ kind: 'done' });
  await lead.clock.advanceTo(handedOffAt + minutes(5));
  const breach = await lead.untilRecorded('clock-breached');
  expect(breach.at).toBe(handedOffAt + minutes(4));
  expect((await lead.state()).acceptedAt).toBe(command.at);
}, 60_000);

test('facts that waited together are applied in the order in which they took place', async () => {
  const lead = await world.handOff();
  await lead.untilRecorded('notified');
  const { handedOffAt } = await lead.state();
  await world.stopWorker();
  const later = lead.say(
    'touch',
    { id: 'later', at: handedOffAt + 30_000, channel: 'phone', outcome: 'no-answer' },
    30_000,
  );
  const earlier = lead.say('accept', { id: 'earlier', at: handedOffAt + 20_000 }, 30_000);
  await world.startWorker();
  expect((await Promise.all([later, earlier])).map(({ kind }) => kind)).toEqual(['done', 'done']);
  const commandIds = (await lead.events()).flatMap(({ commandId = '' }) =>
    commandId.endsWith('er') ? [commandId] : [],
  );
  expect([...new Set(commandIds)]).toEqual(['earlier', 'later']);
}, 60_000);
