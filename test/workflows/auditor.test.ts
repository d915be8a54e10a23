/** Promise: what should have happened to a lead and did not is found, mended through its workflow, and told to ops. */
import { randomUUID } from 'node:crypto';
import { readFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from '@temporalio/worker';
import pg from 'pg';
import { createAuditing, type AuditingDeps } from '../../activities/auditing.js';
import type { AuditTally } from '../../activities/auditing-contract.js';
import { createHeartbeat, createSmtpMailer } from '../../src/channels/index.js';
import { createReminders, ensureAuditSchedule } from '../../src/temporal/index.js';
import { connectWorker, createWorker } from '../../src/temporal/worker.js';
import { auditorId, auditorType, type AuditorInput } from '../../workflows/messages.js';
import { temporalAddress } from '../support/servers.js';
import { LeadWorld, until, type LiveLead } from './lead-world.js';

const heartbeatFile = join(mkdtempSync(join(tmpdir(), 'handoff-audit-')), 'heartbeat.json');
const auditQueue = `audit-${randomUUID()}`;
const opsEmail = 'operators@audit.example';

let world: LeadWorld;
let mailer: ReturnType<typeof createSmtpMailer>;
let native: Awaited<ReturnType<typeof connectWorker>>;
let worker: Worker;
let working: Promise<void>;

beforeAll(async () => {
  world = await LeadWorld.open({
    set: {
      'clocks.first-response.within': '2s',
      'clocks.first-response.overrides': [],
      'clocks.first-response.warn': [],
    },
  });
  mailer = createSmtpMailer({ url: world.inbox.smtpUrl, from: 'Handoff <handoff@sales.example>' });
  native = await connectWorker({ address: temporalAddress(), namespace: 'default' });
  const activities = createAuditing(await auditingDeps());
  worker = await createWorker({ connection: native, namespace: 'default', activities, taskQueue: auditQueue });
  working = worker.run();
}, 60_000);

afterAll(async () => {
  worker.shutdown();
  await working;
  await native.close();
  mailer.close();
  await world.close();
});

/** Audits that allow for no delay, one lead a page, so that each audit takes several runs. */
async function auditingDeps(): Promise<AuditingDeps> {
  const lead = await world.handOff();
  const { taskQueue } = await lead.handle.describe();
  return {
    storesOf: world.database.inWorkspace,
    remind: createReminders({ client: world.client, now: Date.now, taskQueue }),
    mailer,
    opsEmail,
    heartbeat: createHeartbeat(heartbeatFile, (reason) => {
      throw new Error(reason);
    }),
    now: Date.now,
    graceMs: 500,
    pageSize: 1,
  };
}

const audit = (): Promise<AuditTally> =>
  world.client.workflow.execute<(input: AuditorInput) => Promise<AuditTally>>(auditorType, {
    workflowId: `auditor-${randomUUID()}`,
    taskQueue: auditQueue,
    args: [{ workspace: 'default' }],
  });

const gapsOf = (tally: AuditTally, { id }: LiveLead) => tally.gaps.filter(({ leadId }) => leadId === id);

/** The lead's deadline passes while it has no workflow. */
async function losesItsWorkflow(lead: LiveLead): Promise<number> {
  await lead.untilRecorded('notified');
  await lead.handle.terminate('lost, says the test');
  const clock = (await lead.events()).find(
    (event) => event.type === 'clock-started' && event.clock === 'first-response',
  );
  if (clock?.type !== 'clock-started') throw new Error('the lead has no first-response');
  const dueAt = clock.plan!.dueAt;
  await until('the deadline has passed', () => Date.now() > dueAt + 600);
  return dueAt;
}

test('a deadline that passed while the lead had no workflow is found, and breaches at its own instant', async () => {
  const lead = await world.handOff();
  const dueAt = await losesItsWorkflow(lead);
  const tally = await audit();
  expect(gapsOf(tally, lead)).toMatchObject([
    { kind: 'missed-due', what: 'breach of first-response #1', since: dueAt, repair: 'restarted' },
  ]);
  expect(await lead.untilRecorded('clock-breached')).toMatchObject({ at: dueAt, dueAt });
  expect(await lead.say('touch', { channel: 'phone', outcome: 'no-answer' })).toMatchObject({ kind: 'done' });
});

test('a notice that nobody got is sent by the lead itself', async () => {
  const lead = await world.handOff();
  await lead.untilRecorded('notified');
  const mailsBefore = world.inbox.mails().length;
  await lose(`DELETE FROM notice WHERE lead_id = '${lead.id}'`);
  const gaps = await until('the gap is old enough', async () => {
    const found = gapsOf(await audit(), lead).filter(({ what }) => what === 'handed-off');
    return found.length > 0 ? found : undefined;
  });
  expect(gaps).toMatchObject([{ kind: 'unsent-notice', repair: 'nudged' }]);
  await until('it is sent', () => world.inbox.mails().length > mailsBefore || undefined);
  await until('no gap is left', async () => gapsOf(await audit(), lead).length === 0 || undefined);
});

test('ops hear of each gap once a day, and each audit gives a sign of life', async () => {
  const lead = await world.handOff();
  await losesItsWorkflow(lead);
  const reports = () => mailsTo(opsEmail).filter(({ text }) => text.includes(`${lead.id}: breach`));
  await audit();
  expect(reports()).toHaveLength(1);
  const { leadCount } = await audit();
  expect(leadCount).toBeGreaterThan(1);
  expect(reports()).toHaveLength(1);
  expect(JSON.parse(readFileSync(heartbeatFile, 'utf8'))).toMatchObject({ workspace: 'default', leadCount });
});

test('a schedule is made once, and begins audits of its workspace', async () => {
  const workspace = `audited-${randomUUID()}`;
  const schedule = { workspace, everyMs: 3_600_000, taskQueue: auditQueue };
  await ensureAuditSchedule(world.client, schedule);
  await ensureAuditSchedule(world.client, schedule);
  const handle = world.client.schedule.getHandle(`${auditorId}:${workspace}`);
  await handle.trigger();
  await until('its sign of life is there', () => {
    const sign = JSON.parse(readFileSync(heartbeatFile, 'utf8')) as { workspace: string };
    return sign.workspace === workspace || undefined;
  });
  await handle.delete();
});

const mailsTo = (address: string) => world.inbox.mails().filter(({ to }) => JSON.stringify(to).includes(address));

/** Something is gone from the database that should be there. */
async function lose(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: world.environment['DATABASE_URL'] });
  await client.connect();
  await client.query(sql);
  await client.end();
}
