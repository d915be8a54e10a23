/** Promise: ops stop all notices at once and let them go again; none leaves meanwhile, none is lost, none comes twice. */
import { until, type LiveLead } from '../workflows/lead-world.js';
import { ApiWorld } from './api-world.js';

let api: ApiWorld;
beforeAll(async () => {
  api = await ApiWorld.open({
    set: {
      'clocks.first-response.within': '4m',
      'clocks.first-response.overrides': [],
      'clocks.first-response.warn': ['50%'],
    },
  });
}, 60_000);
afterAll(() => api.close());

interface Held {
  readonly hold: { readonly heldBy: string; readonly reason: string | null } | null;
  readonly count: number;
  readonly countByKind: Readonly<Record<string, number>>;
  readonly hasChanged?: boolean;
}

const hold = async (reason?: string) =>
  (await api.http.post('/v1/notices/hold', reason === undefined ? {} : { reason })).body as unknown as Held;
const release = async () => (await api.http.post('/v1/notices/release', {})).body as unknown as Held;
const held = async () => (await api.http.get('/v1/notices/held')).body as unknown as Held;

const untilHeld = (countByKind: Held['countByKind']): Promise<Held> =>
  until(`${JSON.stringify(countByKind)} wait`, async () => {
    const overview = await held();
    return JSON.stringify(overview.countByKind) === JSON.stringify(countByKind) ? overview : undefined;
  });

/** The subjects of what was sent about a lead, in the order of their arrival. */
const subjectsAbout = ({ id }: LiveLead): string[] =>
  api.world.inbox
    .mails()
    .filter(({ text }) => text.includes(id))
    .map(({ subject }) => subject.replace(/:.*/, ''));

const minutes = (count: number): number => count * 60_000;

/** A lead whose first response breaches while notices are held. */
async function breachesUnheard(): Promise<LiveLead> {
  const lead = await api.world.handOff();
  const { handedOffAt } = await lead.state();
  await lead.clock.advanceTo(handedOffAt + minutes(4) + 1_000);
  await until('its tier has fired', async () =>
    (await lead.events()).find((event) => event.type === 'tier-fired' && event.clock === 'first-response'),
  );
  return lead;
}

test('while notices are held nothing leaves, deadlines go on, and afterwards all of it leaves once and in order', async () => {
  expect(await hold('the SMTP relay is being moved')).toMatchObject({ hasChanged: true, count: 0 });
  const lead = await breachesUnheard();
  const waiting = await untilHeld({ escalation: 1, 'hand-off': 1, warning: 1 });
  expect(waiting).toMatchObject({ hold: { heldBy: 'admin', reason: 'the SMTP relay is being moved' }, count: 3 });
  expect(subjectsAbout(lead)).toEqual([]);
  expect((await lead.state()).notifiedAt).toBeNull();
  expect((await release()).hasChanged).toBe(true);
  await until('all has left', async () => ((await held()).count === 0 ? true : undefined));
  expect(subjectsAbout(lead)).toEqual(['New lead', '50% of the time used, first response', 'Escalation 1']);
  await lead.untilRecorded('notified');
}, 60_000);

test('a hold outlives the worker, and costs a lead one attempt for each event, however long it lasts', async () => {
  await hold();
  const lead = await breachesUnheard();
  await untilHeld({ escalation: 1, 'hand-off': 1, warning: 1 });
  await api.world.stopWorker();
  await api.world.startWorker();
  const touched = await lead.say('touch', { channel: 'phone', outcome: 'no-answer' });
  expect(touched).toMatchObject({ kind: 'done' });
  const { events } = await lead.history();
  const attempts = events.filter((event) => JSON.stringify(event).includes('"deliverNotices"'));
  expect(attempts).toHaveLength(3);
  expect(subjectsAbout(lead)).toEqual([]);
  await release();
  await until('all has left', async () => ((await held()).count === 0 ? true : undefined));
  expect(subjectsAbout(lead)).toHaveLength(3);
}, 60_000);

test('a notice that is being tried again and again is stopped, too', async () => {
  api.world.ways.mail.shut();
  const lead = await api.world.handOff();
  await until('it was tried', async () => {
    const { raw } = await lead.handle.describe();
    return raw.pendingActivities?.find(({ lastFailure }) => lastFailure != null);
  });
  await hold();
  await api.world.ways.mail.open();
  await untilHeld({ 'hand-off': 1 });
  expect(subjectsAbout(lead)).toEqual([]);
  await release();
  await lead.untilRecorded('notified');
  expect(subjectsAbout(lead)).toEqual(['New lead']);
}, 60_000);

test('what falls due while the first of what waited is on its way waits for its turn', async () => {
  await hold();
  const lead = await api.world.handOff();
  await untilHeld({ 'hand-off': 1 });
  api.world.ways.mail.shut();
  await release();
  const { handedOffAt } = await lead.state();
  await lead.clock.advanceTo(handedOffAt + minutes(2) + 1_000);
  await untilHeld({ 'hand-off': 1, warning: 1 });
  await api.world.ways.mail.open();
  await until('all has left', async () => ((await held()).count === 0 ? true : undefined));
  expect(subjectsAbout(lead)).toEqual(['New lead', '50% of the time used, first response']);
}, 60_000);

test('a lead that has lost its workflow meanwhile is told of all the same', async () => {
  await hold();
  const lead = await api.world.handOff();
  await untilHeld({ 'hand-off': 1 });
  await lead.handle.terminate('lost, says the test');
  await release();
  await until('it has left', () => subjectsAbout(lead)[0]);
}, 60_000);

test('holding twice and releasing twice changes nothing, and says so', async () => {
  expect((await hold('first')).hasChanged).toBe(true);
  expect(await hold('second')).toMatchObject({ hasChanged: false, hold: { reason: 'first' } });
  expect((await release()).hasChanged).toBe(true);
  expect(await release()).toMatchObject({ hasChanged: false, hold: null, count: 0 });
});
