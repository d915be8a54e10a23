/** Promise: a version comes into force on its day, and is reminded of its review, whatever is away meanwhile. */
import { DAY_MS, LeadWorld, until } from './lead-world.js';
import { LiveVersion } from './live-version.js';

let world: LeadWorld;
beforeAll(async () => {
  world = await LeadWorld.open();
}, 60_000);
afterAll(() => world.close());

let nameCount = 0;
const drafted = () => LiveVersion.drafted(world, `dated-${(nameCount += 1)}`);

test('a scheduled version is in force from the first instant of its day, and not before', async () => {
  const version = await drafted();
  const at = await version.published({ effectiveInMs: 30 * DAY_MS, reviewInMs: 120 * DAY_MS, hasMail: true });
  await version.clock.advanceTo(at + 30 * DAY_MS - 1_000);
  expect(await version.read()).toMatchObject({ status: 'scheduled' });
  await version.clock.advanceTo(at + 30 * DAY_MS);
  const { activatedAt, effectiveAt } = await version.untilItIs('active');
  expect(effectiveAt).toBe(at + 30 * DAY_MS);
  expect(activatedAt! - effectiveAt!).toBeGreaterThanOrEqual(0);
  expect(await world.database.agreements.findActive(version.place.name)).toMatchObject({ version: 1 });
}, 60_000);

test('a version whose signature is withdrawn before its day does not come into force', async () => {
  const version = await drafted();
  const at = await version.published({ effectiveInMs: DAY_MS, reviewInMs: 2 * DAY_MS });
  const handle = world.client.workflow.getHandle(version.workflowId);
  await version.does({ type: 'withdraw', by: 'head-of-sales', at: Date.now() });
  expect(await handle.result()).toBe('draft');
  expect(await version.read()).toMatchObject({ status: 'draft' });
  await version.signed(at + 1);
  expect((await handle.describe()).status.name).toBe('RUNNING');
}, 60_000);

test('both signers are asked once, and those who have signed are left alone', async () => {
  const version = await drafted();
  const at = Date.now();
  await version.does({ type: 'submit', by: 'olga', at });
  await until('both are asked', () => version.mails(/Please sign/).length === 2);
  const key = `key-of-${version.place.name}`;
  await version.does({ type: 'sign', by: 'head-of-sales', key, at });
  await version.does({ type: 'return', by: 'olga', at });
  await version.does({ type: 'submit', by: 'olga', at: at + 1 });
  await until('both are asked anew', () => version.mails(/Please sign/).length === 4);
  expect(version.mails(/Please sign/).map(({ to }) => to.join())).toEqual(
    expect.arrayContaining(['head-of-sales@sales.example', 'head-of-marketing@marketing.example']),
  );
}, 60_000);

test('a mail server that is away keeps nobody from signing', async () => {
  const version = await drafted();
  world.ways.mail.shut();
  await version.published({ effectiveInMs: 1_000, reviewInMs: DAY_MS });
  await version.untilItIs('active');
  await world.ways.mail.open();
  expect(version.mails(/Please sign/)).toEqual([]);
}, 60_000);

describe('while notices are held, and after their release', () => {
  const change = () => ({ by: 'olga', principal: 'admin', at: Date.now() });
  const tried = (version: LiveVersion) =>
    until('it was tried again', async () => {
      const { raw } = await world.client.workflow.getHandle(version.workflowId).describe();
      return raw.pendingActivities?.some(({ attempt }) => (attempt ?? 0) > 1) || undefined;
    });
  const both = ['head-of-marketing@marketing.example', 'head-of-sales@sales.example'];
  const told = (version: LiveVersion, subject: RegExp) =>
    version
      .mails(subject)
      .map(({ to }) => to.join())
      .toSorted();

  beforeEach(() => world.database.noticeHolds.hold({ ...change(), reason: null }));
  afterEach(() => world.database.noticeHolds.release(change()));

  test('nobody is asked to sign, then both signers once', async () => {
    const version = await drafted();
    await version.does({ type: 'submit', by: 'olga', at: Date.now() });
    await tried(version);
    expect(told(version, /Please sign/)).toEqual([]);
    await world.database.noticeHolds.release(change());
    await until('both are asked', () => version.mails(/Please sign/).length === 2);
    const key = `key-of-${version.place.name}`;
    await version.does({ type: 'sign', by: 'head-of-sales', key, at: Date.now() });
    await version.does({ type: 'sign', by: 'head-of-marketing', key, at: Date.now() });
    expect(told(version, /Please sign/)).toEqual(both);
  }, 60_000);

  test('nobody is reminded of a review, then both signers once', async () => {
    const version = await drafted();
    await version.published({ effectiveInMs: 0, reviewInMs: 500 });
    await until('it is overdue', async () => (await version.read()).overdueSince !== undefined || undefined);
    await tried(version);
    expect(told(version, /Overdue/)).toEqual([]);
    await world.database.noticeHolds.release(change());
    await until('both are reminded', () => version.mails(/Overdue/).length === 2);
    expect(told(version, /Overdue/)).toEqual(both);
  }, 60_000);
});

test('a day that comes while no worker runs is not missed', async () => {
  const version = await drafted();
  await world.stopWorker();
  const at = await version.published({ effectiveInMs: 500, reviewInMs: DAY_MS });
  await until('the day has come', () => Date.now() > at + 500);
  expect(await version.read()).toMatchObject({ status: 'scheduled' });
  await world.startWorker();
  await version.untilItIs('active');
}, 60_000);

test('from the end of its day of review on, its signers are reminded each week until another takes its place', async () => {
  const version = await drafted();
  const at = await version.published({ effectiveInMs: 0, reviewInMs: 60 * DAY_MS, hasMail: true });
  await version.clock.advanceTo(at + 60 * DAY_MS - 1_000);
  expect((await version.read()).overdueSince).toBeUndefined();
  for (const week of [0, 1, 2]) {
    await version.clock.advanceTo(at + 60 * DAY_MS + week * 7 * DAY_MS + 1_000);
    await until(`week ${week} is told`, () => version.mails(/Overdue/).length === 2 * (week + 1));
  }
  expect(await version.read()).toMatchObject({ status: 'active', overdueSince: at + 60 * DAY_MS });
  await version.superseded();
  expect(await world.client.workflow.getHandle(version.workflowId).result()).toBe('superseded');
}, 60_000);
