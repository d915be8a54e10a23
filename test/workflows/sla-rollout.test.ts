/**
 * Promise: what a preview says is what a rollout does, lead by lead; a rollout can be paused, aborted and started twice
 * without doing anything twice, and taken back from leads on which nothing has come of it.
 */
import pg from 'pg';
import type { RolloutProgress } from '../../activities/rollout-contract.js';
import type { RolloutMode } from '../../src/domain/lifecycle/commands.js';
import type { LeadState } from '../../src/domain/lifecycle/state.js';
import { progressQuery, rolloutWorkflowId, slaRolloutType } from '../../workflows/messages.js';
import { DAY_MS, LeadWorld, until, type LiveLead } from './lead-world.js';
import {
  leadOf,
  nextVersion,
  ops,
  order,
  previewBefore,
  previewNow,
  startRollout,
  toStart,
  turnIn,
  untilASecondOld,
  untilStatus,
} from './rollout-world.js';

/** Of leads of their own: a rollout of one lead a second would wait for those of all other tests. */
const ownSegments = ['rests', 'paced'] as const;
const segments = [
  ...ownSegments.map((name) => ({ name, when: [{ field: 'company', in: [name] }] })),
  { name: 'enterprise', when: [{ field: 'employees', gte: 1_000 }] },
  { name: 'mid-market', when: [{ field: 'employees', gte: 200 }] },
  { name: 'smb' },
];

let world: LeadWorld;
let sql: pg.Pool;
beforeAll(async () => {
  world = await LeadWorld.open({ set: { segments } });
  sql = new pg.Pool({ connectionString: world.environment['DATABASE_URL'], max: 1 });
}, 60_000);
afterAll(async () => {
  await sql.end();
  await world.close();
});

const told = async (lead: LiveLead): Promise<LiveLead> => {
  await lead.untilRecorded('notified');
  return lead;
};
const aLead = async (fields = {}): Promise<LiveLead> => told(await world.handOff({ fields }));
const someLeads = (count: number, fields = {}): Promise<LiveLead[]> =>
  Promise.all(Array.from({ length: count }, () => aLead(fields)));

const leadsOf = (segment: (typeof ownSegments)[number]) => ({
  fields: { company: segment },
  slowly: { leadsPerSecond: 1, segments: [segment] },
});

/** Different for each call: otherwise it would be no next version. */
let distance = 0;
const justActive = (set: Readonly<Record<string, unknown>> = {}) =>
  nextVersion(world, { 'clocks.disposition.within': `${100 + (distance += 1)}h`, ...set });

/** Active for so long that a rollout waits for no hand-off that may still be under way under the one before. */
async function anyVersion(set: Readonly<Record<string, unknown>> = {}) {
  const terms = await justActive(set);
  await sql.query(`UPDATE sla_version SET activated_at = activated_at - interval '1 minute' WHERE version = $1`, [
    terms.version,
  ]);
  return terms;
}

const untilEnded = (id: string) =>
  until('its workflow has ended', async () => {
    const { status } = await world.client.workflow.getHandle(rolloutWorkflowId(id)).describe();
    return status.name === 'COMPLETED' || undefined;
  });

const said = ({ by: _by, commandId: _id, ...event }: { by?: string; commandId?: string }) => event;
const withoutMark = ({ seq: _seq, appliedAt: _at, ...state }: LeadState) => state;
const appliedCount = async (lead: LiveLead): Promise<number> =>
  (await lead.events()).filter(({ type }) => type === 'agreement-applied').length;

describe('a rollout', () => {
  test.each<RolloutMode>(['keep', 'recompute', 'used-time-stays'])(
    'under %s does to each lead what its preview says',
    async (mode) => {
      const fresh = await aLead();
      const worked = await aLead();
      await worked.say('touch', { channel: 'phone', outcome: 'no-answer' });
      const paused = await aLead();
      await paused.say('accept', {});
      await paused.say('pause', { reason: 'fair' });
      const nurtured = await aLead();
      await nurtured.say('reject', { reason: 'not-ready', notes: 'next year' });
      const agreement = await anyVersion({
        'clocks.first-response.within': '1s',
        'clocks.first-response.overrides': [],
        'clocks.first-response.warn': [],
        'ladders.not-followed-up.0.reassign': true,
        'calendars.sales-us-east': { timeZone: 'UTC', hours: { 'mon-sun': [`00:0${distance}-24:00`] } },
      });
      await untilASecondOld(fresh);
      const id = await startRollout(world, toStart(agreement, mode));
      const { counts } = await untilStatus(world, id, 'done');
      expect(counts).toMatchObject({ waiting: 0, refused: 0, failed: 0 });
      for (const lead of [fresh, worked, paused, nurtured]) {
        const { at } = await leadOf(world, id, lead);
        const preview = await previewBefore(world, lead, { agreement, mode, at: at! });
        const { came } = turnIn(await lead.events());
        expect(came[0]).toMatchObject({ type: 'agreement-applied', at, agreement: { version: agreement.version } });
        expect(preview.events.map(said)).toEqual(came.map(said));
      }
      const breached = turnIn(await fresh.events()).came.map(({ type }) => type);
      expect(breached.includes('clock-breached')).toBe(mode !== 'keep');
      expect(breached.includes('owner-changed')).toBe(mode !== 'keep');
    },
    120_000,
  );

  test('started and nudged twice, does nothing twice; a second one is refused while it is under way', async () => {
    const [lead] = await someLeads(1);
    const rollout = toStart(await anyVersion(), 'recompute');
    const id = await startRollout(world, rollout);
    await Promise.all([world.rollouts.nudge(id), world.rollouts.nudge(id)]);
    await expect(
      world.database.rollouts.start(toStart({ ...world.terms, ...rollout.agreement }, 'keep'), ops),
    ).resolves.toEqual({
      kind: 'under-way',
      rolloutId: id,
    });
    await untilStatus(world, id, 'done');
    expect(await appliedCount(lead!)).toBe(1);
    await world.rollouts.nudge(id);
    await untilEnded(id);
    expect(await appliedCount(lead!)).toBe(1);
  }, 120_000);

  test('shows its progress, rests while it is paused, goes on, and takes in leads handed off meanwhile', async () => {
    const { fields, slowly } = leadsOf('rests');
    const leads = await someLeads(4, fields);
    const agreement = await justActive();
    const id = await startRollout(world, toStart(agreement, 'recompute', slowly));
    await until('the first lead has had its turn', async () => {
      const { applied } = (await world.database.rollouts.find(id))!.counts;
      return applied > 0 || undefined;
    });
    await order(world, id, 'pause');
    const handle = world.client.workflow.getHandle(rolloutWorkflowId(id));
    const resting = await until('its workflow rests', async () => {
      const progress = await handle.query<RolloutProgress | null>(progressQuery);
      return progress?.rollout.status === 'paused' ? progress : undefined;
    });
    expect(resting).toMatchObject({ expectedEndAt: null, leftCount: resting.rollout.counts.waiting });
    expect(resting.leftCount).toBeGreaterThan(0);
    const metadata = await handle.query<{ currentDetails?: string }>('__temporal_workflow_metadata');
    expect(metadata.currentDetails).toContain(`**${agreement.name}@${agreement.version}**`);
    expect(metadata.currentDetails).toContain('**paused**');
    const { counts: before } = (await world.database.rollouts.find(id))!;
    const latecomer = await aLead(fields); // its hand-off was under way when the version became active
    expect((await world.database.rollouts.find(id))!.counts).toEqual(before);
    await order(world, id, 'resume');
    await untilStatus(world, id, 'done');
    for (const lead of [...leads, latecomer]) {
      expect(await appliedCount(lead)).toBe(1);
      expect((await lead.state()).agreement.version).toBe(agreement.version);
    }
  }, 120_000);

  test('brings the version to the leads of its segments alone', async () => {
    const enterprise = await aLead({ employees: 5_000 });
    const other = await aLead({ employees: 120 });
    const { segment } = await enterprise.state();
    expect(segment).not.toBe((await other.state()).segment);
    const agreement = await anyVersion();
    const id = await startRollout(world, toStart(agreement, 'keep', { segments: [segment!] }));
    await untilStatus(world, id, 'done');
    expect((await enterprise.state()).agreement.version).toBe(agreement.version);
    expect(await appliedCount(other)).toBe(0);
  }, 120_000);

  test('aborts itself when another version becomes active; the leads left stay as they are', async () => {
    await someLeads(3);
    const id = await startRollout(world, toStart(await anyVersion(), 'keep', { leadsPerSecond: 1 }));
    await until('it has begun', async () => (await world.database.rollouts.find(id))!.counts.applied > 0 || undefined);
    await anyVersion();
    const { isSuperseded, counts } = await untilStatus(world, id, 'aborted');
    expect(isSuperseded).toBe(true);
    expect(counts.waiting).toBeGreaterThan(0);
  }, 120_000);

  test('aborted by order, leaves the leads that are left; what it did can still be taken back', async () => {
    const leads = await someLeads(3);
    const before = await Promise.all(leads.map((lead) => lead.state()));
    const id = await startRollout(world, toStart(await anyVersion(), 'recompute', { leadsPerSecond: 1 }));
    await until('it has begun', async () => (await world.database.rollouts.find(id))!.counts.applied > 0 || undefined);
    await order(world, id, 'abort');
    await untilEnded(id);
    const { counts } = await untilStatus(world, id, 'aborted');
    expect(counts.waiting).toBeGreaterThan(0);
    await order(world, id, 'revert');
    const { counts: after } = await untilStatus(world, id, 'reverted');
    expect(after).toMatchObject({ applied: 0, waiting: counts.waiting });
    const states = await Promise.all(leads.map((lead) => lead.state()));
    expect(states.map(withoutMark)).toEqual(before.map(withoutMark));
  }, 120_000);

  test('never goes faster than agreed, goes on in the next run, and shows on each lead which version it follows', async () => {
    const { fields, slowly } = leadsOf('paced');
    const leads = await someLeads(3, fields);
    const agreement = await anyVersion();
    const rollout = toStart(agreement, 'recompute', slowly);
    await world.database.rollouts.start(rollout, ops);
    const handle = await world.client.workflow.start(slaRolloutType, {
      workflowId: rolloutWorkflowId(rollout.id),
      taskQueue: world.taskQueue,
      args: [{ workspace: 'default', rolloutId: rollout.id, batchesPerRun: 1 }],
    });
    await untilStatus(world, rollout.id, 'done');
    await untilEnded(rollout.id);
    expect((await world.client.workflow.getHandle(handle.workflowId).describe()).runId).not.toBe(
      handle.firstExecutionRunId,
    );
    const all = await world.database.rollouts.leads(rollout.id, 'applied', undefined, 1_000);
    const ats = all.map(({ at }) => at!).sort((a, b) => a - b);
    expect(ats.slice(1).filter((at, index) => at - ats[index]! < 1_000)).toEqual([]);
    for (const lead of leads) {
      expect(await appliedCount(lead)).toBe(1);
      await until('the Temporal UI shows the version', async () => {
        const shown = (await lead.handle.describe()).searchAttributes['SlaDefinition'];
        return shown?.[0] === `inbound-saas@${agreement.version}` || undefined;
      });
    }
  }, 120_000);

  test('is refused for a version that is not active', async () => {
    const superseded = await anyVersion();
    await anyVersion();
    await expect(world.database.rollouts.start(toStart(superseded, 'keep'), ops)).resolves.toEqual({
      kind: 'not-active',
      status: 'superseded',
    });
  });
});

describe('a rollout that is reverted', () => {
  test('leaves a lead as it was, and names the leads on which something came of it', async () => {
    const untouched = await aLead();
    const since = await aLead();
    const breached = await aLead();
    for (const lead of [untouched, since]) await lead.say('touch', { channel: 'phone', outcome: 'no-answer' });
    const before = await untouched.state();
    const agreement = await anyVersion({ 'clocks.first-response.within': '1s', 'clocks.first-response.overrides': [] });
    await untilASecondOld(breached);
    const id = await startRollout(world, toStart(agreement, 'recompute'));
    await untilStatus(world, id, 'done');
    expect((await untouched.state()).agreement.version).toBe(agreement.version);
    await since.say('status', { text: 'will call again' });
    await order(world, id, 'revert');
    const { counts } = await untilStatus(world, id, 'reverted');
    expect(counts).toMatchObject({ applied: 0, 'revert-failed': 0 });
    expect(withoutMark(await untouched.state())).toEqual(withoutMark(before));
    expect(await leadOf(world, id, untouched)).toMatchObject({ status: 'reverted' });
    expect(await leadOf(world, id, since)).toMatchObject({ status: 'acted-on', detail: { by: 'status-updated' } });
    expect(await leadOf(world, id, breached)).toMatchObject({ status: 'acted-on', detail: { by: 'clock-breached' } });
    expect((await since.state()).agreement.version).toBe(agreement.version);
    expect((await world.database.verification.find(untouched.id)).differences).toEqual([]);
  }, 120_000);
});

test('a lead that refuses is named with its reason, before and after, and stays as it was', async () => {
  const [lead] = await someLeads(1);
  await lead!.say('accept', {});
  const before = await lead!.state();
  // Open for the next two days, then never again: no 400 hours of a promise fit.
  const days = [-1, 0, 1, 2].map((day) => new Date(Date.now() + day * DAY_MS).toISOString().slice(0, 10));
  const exceptions = Object.fromEntries(days.map((day) => [day, ['00:00-24:00']]));
  const agreement = await anyVersion({
    'calendars.sales-us-east': { timeZone: 'UTC', hours: {}, exceptions },
    'clocks.disposition.within': '400h',
  });
  const preview = await previewNow(world, lead!, { agreement, mode: 'recompute', at: Date.now() });
  expect(preview.refusal).toMatchObject({ code: 'invalid-agreement' });
  const id = await startRollout(world, toStart(agreement, 'recompute'));
  await untilStatus(world, id, 'done');
  expect(await leadOf(world, id, lead!)).toMatchObject({
    status: 'refused',
    code: 'invalid-agreement',
    detail: { mistakes: [expect.stringContaining('sales-us-east')] },
  });
  expect(await lead!.state()).toEqual(before);
}, 120_000);

test('a lead that gives no answer is named, and keeps no other from its turn', async () => {
  const [lead] = await someLeads(1);
  const mute = await aLead();
  await mute.handle.terminate('it is gone');
  const id = await startRollout(world, toStart(await anyVersion(), 'keep'));
  await untilStatus(world, id, 'done');
  expect(await leadOf(world, id, lead!)).toMatchObject({ status: 'applied' });
  expect(await leadOf(world, id, mute)).toMatchObject({ status: 'failed', code: 'unanswered', attemptCount: 3 });
}, 120_000);
