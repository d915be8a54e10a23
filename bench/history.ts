/**
 * Here live the benchmarks: each measures one promise about speed or size on real parts and fails if it is broken.
 * Nothing in the product depends on them.
 *
 * This one counts the events in the history of the standard journey: hand-off, acceptance, six touches, disposition.
 * Back to back at most 75; spread over two virtual days, without a warning or deadline reached, at most 90. A lead that
 * ends in nurture and waits there for six months, until it ages out, has at most 25 more than it had on the day it began.
 */
import { announce, startTestServers } from '../test/support/servers.js';
import { DAY_MS, HOUR_MS, LeadWorld, until, type LiveLead } from '../test/workflows/lead-world.js';

const journeys = [
  { name: 'back to back', gapMs: 0, eventsMax: 75 },
  { name: 'spread over two virtual days', gapMs: 6 * HOUR_MS, eventsMax: 90 },
] as const;

const channels = ['phone', 'email', 'linkedin', 'phone', 'email', 'phone'] as const;

/** Accepts at once, touches six times, the last time with success, and disposes. */
async function travel(lead: LiveLead, gapMs: number): Promise<void> {
  await lead.untilRecorded('notified');
  const { handedOffAt } = await lead.state();
  await requireDone(lead.say('accept', {}));
  for (const [index, channel] of channels.entries()) {
    if (index > 0) await lead.clock.advanceTo(handedOffAt + index * gapMs);
    const outcome = index === channels.length - 1 ? 'reached' : 'no-answer';
    await requireDone(lead.say('touch', { channel, outcome }));
  }
  await lead.clock.advanceTo(handedOffAt + (channels.length + 2) * gapMs);
  await requireDone(lead.say('dispose', { reason: 'not-interested', notes: 'has a supplier' }));
}

async function requireDone(outcome: ReturnType<LiveLead['say']>): Promise<void> {
  const { kind } = await outcome;
  if (kind !== 'done') throw new Error(`the journey's commands are taken, but one was ${kind}`);
}

/** Moving a workflow's clock leaves events of its own, which no lead in production has. */
const isOfTheClock = (type: string): boolean =>
  type === 'WORKFLOW_EXECUTION_OPTIONS_UPDATED' || type.includes('TIME_SKIPPING');

async function countByType(lead: LiveLead): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { eventType } of (await lead.history()).events) {
    const type = eventType.replace('EVENT_TYPE_', '');
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return counts;
}

/** What the lead itself has in its history by now. */
async function countOwn(lead: LiveLead): Promise<Map<string, number>> {
  return new Map([...(await countByType(lead))].filter(([type]) => !isOfTheClock(type)));
}

const sumOf = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((sum, count) => sum + count, 0);

const WAIT_DAYS = 181;
const WAIT_EVENTS_MAX = 25;

/** The disposition of the standard journey leads into nurture, whose limit is 180 days. */
async function measureNurture(world: LeadWorld): Promise<boolean> {
  const lead = await world.handOff();
  await travel(lead, 0);
  const before = await countOwn(lead);
  const { stage, handedOffAt } = await lead.state();
  if (stage !== 'nurture') throw new Error(`the journey ends in nurture, but this one in ${stage}`);
  await lead.clock.advanceTo(handedOffAt + WAIT_DAYS * DAY_MS);
  await until('it has aged out', async () => (await lead.state()).stage !== 'nurture' || undefined);
  const after = await countOwn(lead);
  const total = sumOf(after) - sumOf(before);
  console.log(`\nsix months in nurture: ${total} events more, at most ${WAIT_EVENTS_MAX}`);
  for (const [type, count] of after) {
    const more = count - (before.get(type) ?? 0);
    if (more > 0) console.log(`  ${String(more).padStart(3)}  ${type}`);
  }
  const { stage: stageAfter } = await lead.state();
  console.log(`  (it is ${stageAfter} by then)`);
  return total <= WAIT_EVENTS_MAX && stageAfter !== 'nurture';
}

async function measure(world: LeadWorld, { name, gapMs, eventsMax }: (typeof journeys)[number]): Promise<boolean> {
  const lead = await world.handOff();
  await travel(lead, gapMs);
  const counts = [...(await countByType(lead))].toSorted(([, a], [, b]) => b - a);
  const counted = counts.filter(([type]) => !isOfTheClock(type));
  const total = counted.reduce((sum, [, count]) => sum + count, 0);
  const ofTheClock = counts.reduce((sum, [, count]) => sum + count, 0) - total;
  console.log(`\n${name}: ${total} events, at most ${eventsMax}`);
  for (const [type, count] of counted) console.log(`  ${String(count).padStart(3)}  ${type}`);
  if (ofTheClock > 0) console.log(`  (not counted: ${ofTheClock} by which the benchmark moved the clock)`);
  return total <= eventsMax;
}

const servers = await startTestServers();
announce(servers);
const world = await LeadWorld.open({ set: null });
try {
  const kept: boolean[] = [];
  for (const journey of journeys) kept.push(await measure(world, journey));
  kept.push(await measureNurture(world));
  if (kept.includes(false)) process.exitCode = 1;
  console.log(kept.includes(false) ? '\nmore events than promised' : '\nno more events than promised');
} finally {
  await world.close();
  await servers.stop();
}
