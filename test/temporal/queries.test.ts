/** Promise: each query that the operations page offers for the Temporal UI finds the right leads, and no other. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Instant } from '../../src/domain/business-time/index.js';
import { nextDue } from '../../src/domain/lifecycle/next-due.js';
import { leadLifecycleType, leadWorkflowId, taskQueue } from '../../workflows/messages.js';
import { DAY_MS, HOUR_MS, LeadWorld, until, type HandOver, type LiveLead } from '../workflows/lead-world.js';

const page = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
const [, section = ''] = page.split('## Ready queries for the Temporal UI');
const queries = new Map(
  [...section.split('\n## ')[0]!.matchAll(/^\| (.+?) *\| `(.+)` *\|$/gm)].map(([, question, query]) => [
    question!,
    query!,
  ]),
);

let world: LeadWorld;
let leads: Record<string, LiveLead>;
const failing = 'failing';

const after = async (hours: number, handOver: HandOver = {}, first?: (lead: LiveLead) => Promise<unknown>) => {
  const lead = await world.handOff(handOver);
  await lead.untilRecorded('notified');
  await first?.(lead);
  if (hours > 0) await lead.clock.advanceTo((await lead.state()).handedOffAt + hours * HOUR_MS);
  return lead;
};

const inAMonth = (): string => new Date(Date.now() + 40 * DAY_MS).toISOString().slice(0, 10);

const stories: Readonly<Record<string, () => Promise<LiveLead>>> = {
  fresh: () => after(0),
  warned: () => after(2.5),
  breached: () => after(4.5),
  escalated: () => after(8.5),
  'in-the-west': () => after(4.5, {}, (lead) => lead.say('reassign', { to: 'rep-west-1' })),
  'touched-once': () => after(50, {}, (lead) => lead.say('touch', { channel: 'phone', outcome: 'no-answer' })),
  paused: () => after(0, {}, (lead) => lead.say('pause', { reason: 'fair' })),
  queued: () => after(0, { owner: null }),
  recycled: () =>
    after(0, {}, async (lead) => {
      await lead.say('accept', {});
      await lead.say('dispose', { reason: 'bad-timing', wakeOn: inAMonth() });
    }),
  nurtured: () => after(0, {}, (lead) => lead.say('reject', { reason: 'not-ready', notes: 'next year' })),
};
const everyone = Object.keys(stories);

/** When the lead is to be looked at next, as its workflow says. */
async function dueAtOf(name: string): Promise<Instant> {
  return nextDue(await leads[name]!.state())!.at;
}

interface Expected {
  readonly finds: readonly string[];
  /** What stands for the angle brackets. */
  readonly instant?: () => Promise<Instant>;
}

/** One entry for each query of the page. */
const expected: Readonly<Record<string, Expected>> = {
  'all leads in work': { finds: everyone.filter((name) => name !== 'recycled' && name !== 'nurtured') },
  'stuck: a due point has passed and nothing happened': {
    finds: ['fresh', 'queued'],
    instant: async () => (await dueAtOf('queued')) + 60_000,
  },
  'stuck in code: workflow tasks that fail': { finds: [failing] },
  'at risk now: a warning has been given': { finds: ['warned'] },
  'at risk today: not missed yet, and due before midnight': {
    finds: ['fresh', 'queued', 'warned'],
    instant: async () => (await dueAtOf('warned')) + 60_000,
  },
  'breached and still owed': { finds: ['breached', 'escalated', 'in-the-west', 'touched-once'] },
  'breached and unanswered': { finds: ['breached', 'escalated', 'in-the-west'] },
  'escalated to the second tier': { finds: ['escalated'] },
  "one owner's leads in work": { finds: ['breached', 'fresh', 'paused', 'touched-once', 'warned'] },
  "one team's breaches": { finds: ['in-the-west'] },
  'in a queue, without an owner': { finds: ['queued'] },
  'waiting for a new cycle': { finds: ['nurtured', 'recycled'] },
  'waiting in recycling past its wake-up': {
    finds: ['recycled'],
    instant: async () => (await dueAtOf('recycled')) + 60_000,
  },
  'paused or disputed': { finds: ['paused'] },
  untouched: { finds: ['breached', 'escalated', 'fresh', 'in-the-west', 'paused', 'queued', 'warned'] },
  'under one version of an agreement': { finds: everyone },
};

beforeAll(async () => {
  world = await LeadWorld.open({ namespace: `queries-${randomUUID()}` });
  await world.startWorker();
  // Its input is none, so that its first task fails, again and again.
  await world.client.workflow.start(leadLifecycleType, { taskQueue, workflowId: leadWorkflowId(failing), args: [{}] });
  leads = {};
  for (const [name, tell] of Object.entries(stories)) leads[name] = await tell();
}, 120_000);
afterAll(() => world.close());

async function namesFoundBy(query: string): Promise<string[]> {
  const nameOf = new Map(Object.entries(leads).map(([name, { id }]) => [leadWorkflowId(id), name]));
  const found: string[] = [];
  for await (const { workflowId } of world.client.workflow.list({ query })) {
    found.push(nameOf.get(workflowId) ?? workflowId.replace('lead:', ''));
  }
  return found.toSorted();
}

test('the page offers the queries that are tried here', () => {
  expect([...queries.keys()]).toEqual(Object.keys(expected));
});

test.each([...queries])(
  '%s',
  async (question, query) => {
    const { finds, instant } = expected[question]!;
    const at = await instant?.();
    const asked = at === undefined ? query : query.replace(/<[^<>]*>(?=")/, new Date(at).toISOString());
    const wanted = finds.toSorted();
    // Searching lags behind a little, and a task must fail a few times before the server reports it.
    const found = await until(
      `the query finds ${wanted.join(', ')}`,
      async () => {
        const names = await namesFoundBy(asked);
        return names.join() === wanted.join() ? names : undefined;
      },
      60_000,
    ).catch(() => namesFoundBy(asked));
    expect(found).toEqual(wanted);
  },
  90_000,
);
