/**
 * Records the histories of a few leads into test/histories, for test/workflows/replay.test.ts to replay. Run it after a
 * rung was added to workflows/versions.ts, under a new `since`: the files that are there stay, for running leads have
 * such histories. `npm run record:histories -- --since 4`
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { announce, startTestServers } from '../test/support/servers.js';
import {
  DAY_MS,
  HOUR_MS,
  LeadWorld,
  until,
  type LiveLead,
  type RecordedHistory,
} from '../test/workflows/lead-world.js';

type Journey = (world: LeadWorld) => Promise<RecordedHistory>;

const folder = new URL('../test/histories/', import.meta.url);

async function begun(world: LeadWorld): Promise<{ lead: LiveLead; handedOffAt: number }> {
  const lead = await world.handOff();
  await lead.untilRecorded('notified');
  return { lead, handedOffAt: (await lead.state()).handedOffAt };
}

const journeys: Readonly<Record<string, Journey>> = {
  'answered-and-disposed': async (world) => {
    const { lead } = await begun(world);
    await lead.say('accept', {});
    await lead.say('touch', { channel: 'phone', outcome: 'no-answer' });
    await lead.say('status', { text: 'will call again' });
    await lead.say('accept', {}); // refused
    await lead.say('touch', { channel: 'email', outcome: 'replied' });
    await lead.say('qualify', { intent: 'demo-held' });
    await lead.say('dispose', { route: 'sales-qualified' });
    await lead.say('opportunity', { status: 'open', amount: '10000 USD' });
    return lead.history();
  },
  'nobody-answers': async (world) => {
    const { lead, handedOffAt } = await begun(world);
    await lead.clock.advanceTo(handedOffAt + 9 * HOUR_MS);
    await lead.untilRecorded('owner-changed');
    await lead.say('acknowledge', { clock: 'acceptance', by: 'manager-east' });
    await lead.clock.advanceTo(handedOffAt + 3 * DAY_MS);
    return lead.history();
  },
  'everything-said': async (world) => {
    const { lead, handedOffAt } = await begun(world);
    await lead.say('touch', { channel: 'phone', outcome: 'left-message', nextStepAt: handedOffAt + DAY_MS });
    await lead.say('reassign', { to: 'rep-west-1' });
    await lead.say('enrich', { fields: { industry: 'glass' } });
    await lead.say('signal', { action: 'demo-request' });
    await lead.say('pause', { reason: 'fair' });
    await lead.say('dispute', { reason: 'duplicate', notes: 'see the other one' });
    await lead.say('resolve-dispute', { decision: 'denied' });
    await lead.clock.advanceTo(handedOffAt + 2 * DAY_MS);
    await lead.say('resume', {});
    await lead.clock.advanceTo(handedOffAt + 3 * DAY_MS);
    await lead.say('dispose', { reason: 'not-icp' });
    await lead.say('feedback', { notes: 'far too small' });
    return lead.history();
  },
  'recycled-until-it-wakes': async (world) => (await recycled(world)).firstRun,
  'begun-anew-by-waking': async (world) => {
    const { lead } = await recycled(world);
    await lead.say('touch', { channel: 'phone', outcome: 'reached' });
    return lead.history();
  },
  settled: async (world) => {
    const { lead } = await begun(world);
    await lead.say('reject', { reason: 'duplicate' });
    await lead.clock.runToEnd();
    await until('it has settled', async () => (await lead.handle.describe()).status.name === 'COMPLETED' || undefined);
    return lead.history();
  },
  'database-and-mail-away': async (world) => {
    world.ways.mail.shut();
    const lead = await world.handOff();
    const { handedOffAt } = await lead.state();
    await lead.clock.advanceTo(handedOffAt + 6 * 60_000);
    world.ways.database.shut();
    await lead.say('touch', { channel: 'phone', outcome: 'no-answer' }, 3_000);
    await world.ways.database.open();
    await world.ways.mail.open();
    await lead.untilRecorded('touched');
    await lead.untilRecorded('notified');
    return lead.history();
  },
};

async function recycled(world: LeadWorld): Promise<{ lead: LiveLead; firstRun: RecordedHistory }> {
  const { lead, handedOffAt } = await begun(world);
  const { runId } = await lead.handle.describe();
  await lead.say('accept', {});
  const wakeOn = new Date(handedOffAt + 45 * DAY_MS).toISOString().slice(0, 10);
  await lead.say('dispose', { reason: 'bad-timing', wakeOn });
  await lead.clock.advanceTo(handedOffAt + 46 * DAY_MS);
  await until('a new run', async () => (await lead.handle.describe()).runId !== runId || undefined);
  return { lead, firstRun: await lead.history(runId) };
}

/** Who recorded it, and where, is nobody's business and no part of a replay. */
const withoutTraces = (json: string): string =>
  JSON.stringify(JSON.parse(json), (key, value: unknown) => {
    if (key === 'stackTrace') return undefined;
    return key === 'identity' ? 'recorder' : value;
  });

const { values } = parseArgs({ options: { since: { type: 'string', default: '3' } } });
const servers = await startTestServers();
announce(servers);
const world = await LeadWorld.open();
try {
  mkdirSync(folder, { recursive: true });
  for (const [name, journey] of Object.entries(journeys)) {
    const history = await journey(world);
    const file = `${name}.since-${values.since}.json.gz`;
    writeFileSync(new URL(file, folder), gzipSync(withoutTraces(JSON.stringify(history)), { level: 9 }));
    console.log(`${file}: ${history.events.length} events`);
  }
} finally {
  await world.close();
  await servers.stop();
}
