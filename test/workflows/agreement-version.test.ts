/** Promise: a version comes into force on its day, and is reminded of its review, whatever is away meanwhile. */
import type { AgreementVersion } from '../../src/domain/agreement/index.js';
import type { VersionAct } from '../../src/domain/agreement/life/index.js';
import { agreementWorkflowId } from '../../workflows/messages.js';
import { VirtualClock } from '../support/virtual-clock.js';
import { DAY_MS, LeadWorld, until } from './lead-world.js';

let world: LeadWorld;
beforeAll(async () => {
  world = await LeadWorld.open();
}, 60_000);
afterAll(() => world.close());

const signers = { marketing: ['head-of-marketing'], sales: ['head-of-sales'] };
const workspace = 'default';
let nameCount = 0;

interface Publication {
  readonly effectiveInMs: number;
  readonly reviewInMs: number;
  readonly hasMail?: boolean;
}

/** A version of its own for each test, and the clock of its workflow. */
class LiveVersion {
  readonly workflowId: string;
  readonly clock: VirtualClock;
  readonly place: { readonly workspace: string; readonly name: string; readonly version: number };

  private constructor(name: string) {
    this.place = { workspace, name, version: 1 };
    this.workflowId = agreementWorkflowId({ ...this.place, status: 'draft', revision: 1 });
    this.clock = new VirtualClock(world.client, this.workflowId);
  }

  static async drafted(): Promise<LiveVersion> {
    nameCount += 1;
    // Workflows of all test files meet on one server: a name is used by one file only.
    const name = `dated-${nameCount}`;
    const { terms, text, canonical } = (await world.database.versions.findVersion('inbound-saas', 1))!;
    const document = { terms: { ...terms, name, key: `key-of-${name}` }, text, canonical };
    await world.database.versions.createDraft(document, { by: 'olga', principal: 'admin' }, Date.now());
    return new LiveVersion(name);
  }

  /** Does something to it, and tells its workflow as the API does. */
  async does(act: VersionAct): Promise<void> {
    const actor = { by: act.by, principal: 'admin' };
    const outcome = await world.database.versions.act(this.place, act, { actor, signers });
    if (outcome.kind === 'refused') throw new Error(`${act.type}: ${outcome.refusal.code}`);
    await this.told();
  }

  async told(): Promise<void> {
    for (const standing of await world.database.versions.listUntold(50)) {
      await world.versionWorkflows.tell(standing);
      await world.database.versions.markTold(standing, standing.revision);
    }
  }

  /** With mail, time is not skipped before both signers were asked: a clock stands still while something is done. */
  async signed(at: number, { hasMail = false } = {}): Promise<void> {
    const key = `key-of-${this.place.name}`;
    await this.does({ type: 'submit', by: 'olga', at });
    if (hasMail) await until('both are asked', () => this.mails(/Please sign/).length === 2);
    await this.does({ type: 'sign', by: 'head-of-sales', key, at });
    await this.does({ type: 'sign', by: 'head-of-marketing', key, at });
  }

  async published({ effectiveInMs, reviewInMs, hasMail = false }: Publication): Promise<number> {
    const at = Date.now();
    await this.signed(at, { hasMail });
    const days = { effectiveFromAt: at + effectiveInMs, reviewDueAt: at + reviewInMs };
    await this.does({ type: 'publish', by: 'olga', at, ...days });
    return at;
  }

  read = async (): Promise<AgreementVersion> =>
    (await world.database.versions.findVersion(this.place.name, this.place.version))!;

  untilItIs = (status: string) =>
    until(`it is ${status}`, async () => ((await this.read()).status === status ? this.read() : undefined));

  mails = (subject: RegExp) =>
    world.inbox.mails().filter((mail) => subject.test(mail.subject) && mail.subject.includes(this.place.name));
}

test('a scheduled version is in force from the first instant of its day, and not before', async () => {
  const version = await LiveVersion.drafted();
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
  const version = await LiveVersion.drafted();
  const at = await version.published({ effectiveInMs: DAY_MS, reviewInMs: 2 * DAY_MS });
  const handle = world.client.workflow.getHandle(version.workflowId);
  await version.does({ type: 'withdraw', by: 'head-of-sales', at: Date.now() });
  expect(await handle.result()).toBe('draft');
  expect(await version.read()).toMatchObject({ status: 'draft' });
  await version.signed(at + 1);
  expect((await handle.describe()).status.name).toBe('RUNNING');
}, 60_000);

test('both signers are asked once, and those who have signed are left alone', async () => {
  const version = await LiveVersion.drafted();
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
  const version = await LiveVersion.drafted();
  world.ways.mail.shut();
  await version.published({ effectiveInMs: 1_000, reviewInMs: DAY_MS });
  await version.untilItIs('active');
  await world.ways.mail.open();
  expect(version.mails(/Please sign/)).toEqual([]);
}, 60_000);

test('a day that comes while no worker runs is not missed', async () => {
  const version = await LiveVersion.drafted();
  await world.stopWorker();
  const at = await version.published({ effectiveInMs: 500, reviewInMs: DAY_MS });
  await until('the day has come', () => Date.now() > at + 500);
  expect(await version.read()).toMatchObject({ status: 'scheduled' });
  await world.startWorker();
  await version.untilItIs('active');
}, 60_000);

test('from the end of its day of review on, its signers are reminded each week until another takes its place', async () => {
  const version = await LiveVersion.drafted();
  const at = await version.published({ effectiveInMs: 0, reviewInMs: 60 * DAY_MS, hasMail: true });
  await version.clock.advanceTo(at + 60 * DAY_MS - 1_000);
  expect((await version.read()).overdueSince).toBeUndefined();
  for (const week of [0, 1, 2]) {
    await version.clock.advanceTo(at + 60 * DAY_MS + week * 7 * DAY_MS + 1_000);
    await until(`week ${week} is told`, () => version.mails(/Overdue/).length === 2 * (week + 1));
  }
  expect(await version.read()).toMatchObject({ status: 'active', overdueSince: at + 60 * DAY_MS });
  const { terms, text, canonical } = await version.read();
  await world.database.agreements.saveAgreement({ terms: { ...terms, key: 'another' }, text, canonical });
  await version.told();
  expect(await world.client.workflow.getHandle(version.workflowId).result()).toBe('superseded');
}, 60_000);
