import { foldLead } from '../../src/domain/lifecycle/evolve.js';
import type { EventOf, LeadEvent } from '../../src/domain/lifecycle/events.js';
import { timelineQuery } from '../../workflows/messages.js';
import { DAY_MS, HOUR_MS, LeadWorld, until, type LiveLead } from './lead-world.js';

let world: LeadWorld;
beforeAll(async () => {
  world = await LeadWorld.open();
}, 60_000);
afterAll(() => world.close());

const of = <T extends LeadEvent['type']>(events: readonly LeadEvent[], type: T): readonly EventOf<T>[] =>
  events.filter((event): event is EventOf<T> => event.type === type);

async function notified(): Promise<{ lead: LiveLead; handedOffAt: number }> {
  const lead = await world.handOff();
  await lead.untilRecorded('notified');
  return { lead, handedOffAt: (await lead.state()).handedOffAt };
}

describe('a lead that nobody answers', () => {
  let lead: LiveLead;
  let handedOffAt: number;
  let events: readonly LeadEvent[];
  const hours = (count: number): number => handedOffAt + count * HOUR_MS;

  beforeAll(async () => {
    ({ lead, handedOffAt } = await notified());
    await lead.clock.advanceTo(hours(9));
    await lead.untilRecorded('owner-changed');
    events = await lead.events();
  }, 60_000);

  test('warns, breaches and climbs at the planned instants, to the millisecond', () => {
    const ofResponse = events.filter((event) => 'clock' in event && event.clock === 'first-response');
    expect(ofResponse.map(({ type, at }) => [type, (at - handedOffAt) / HOUR_MS])).toEqual([
      ['clock-started', 0],
      ['warning-fired', 2],
      ['warning-fired', 3],
      ['clock-breached', 4],
      ['tier-fired', 4],
      ['tier-fired', 8],
    ]);
  });

  test('names who hears of each tier, and moves to the next person of the team', () => {
    const tiers = of(events, 'tier-fired').filter(({ clock }) => clock === 'first-response');
    expect(tiers.map(({ tier, to, reassigned }) => ({ tier, to, reassigned }))).toEqual([
      { tier: 1, to: ['manager-east'], reassigned: undefined },
      { tier: 2, to: ['vp-sales'], reassigned: true },
    ]);
    expect(of(events, 'owner-changed')[0]?.holder.owner).toBe('rep-east-2');
  });

  test('is told to each of them by one mail', async () => {
    const mailsTo = (person: string) => world.inbox.mails().filter(({ to }) => JSON.stringify(to).includes(person));
    await until('the second tier is told', () => mailsTo('vp-sales').length > 0 || undefined);
    await until('the new owner is told', () => mailsTo('rep-east-2').length > 0 || undefined);
    const messageIds = world.inbox.mails().map(({ messageId }) => messageId);
    expect(messageIds).toEqual([...new Set(messageIds)]);
    expect(mailsTo('manager-east').length).toBeGreaterThan(0);
  });

  test('is answered late, worked and disposed of, and its story is its state', async () => {
    await lead.say('touch', { at: hours(9), by: 'rep-east-2', channel: 'phone', outcome: 'reached' });
    await lead.clock.advanceTo(hours(30));
    await lead.say('status', { by: 'rep-east-2', text: 'not now' });
    const outcome = await lead.say('dispose', { by: 'rep-east-2', reason: 'not-interested', notes: 'has a supplier' });
    const story = await lead.events();
    expect(outcome).toEqual({ kind: 'done', seq: story.length });
    const late = of(story, 'clock-completed-late').find(({ clock }) => clock === 'first-response');
    expect(late?.overshootMs).toBe(5 * HOUR_MS);
    expect(await lead.state()).toEqual(foldLead(story));
    expect(await lead.handle.query(timelineQuery)).toEqual(story);
    expect((await lead.state()).stage).toBe('nurture');
  }, 60_000);
});

describe('what is said about a lead', () => {
  test('a refusal tells its code, changes nothing and is remembered', async () => {
    const { lead } = await notified();
    const before = await lead.state();
    const refused = { kind: 'refused', refusal: { code: 'not-accepted', detail: expect.any(Object) } };
    expect(await lead.say('status', { id: 'once', text: 'hello' })).toEqual(refused);
    expect(await lead.state()).toEqual(before);
    await lead.say('accept', {});
    expect(await lead.say('status', { id: 'once', text: 'hello' })).toEqual(refused);
  });

  test('a command delivered twice is one fact with one answer', async () => {
    const { lead } = await notified();
    const command = await lead.command('touch', { channel: 'phone', outcome: 'no-answer' });
    const first = await world.workflows.deliver(lead.id, command, 10_000);
    expect(await world.workflows.deliver(lead.id, command, 10_000)).toEqual(first);
    expect((await lead.state()).touches).toHaveLength(1);
  });

  test('of two people who decide at once one wins, and the other is told', async () => {
    const { lead } = await notified();
    const at = await lead.clock.now();
    const outcomes = await Promise.all([
      lead.say('accept', { at, by: 'rep-east-1' }),
      lead.say('reject', { at, by: 'rep-east-2', reason: 'not-icp', notes: 'too small' }),
    ]);
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['done', 'refused']);
    expect(of(await lead.events(), 'rejected').length + of(await lead.events(), 'accepted').length).toBe(1);
  });

  test('a fact that lies more than two minutes ahead waits outside and leaves no trace', async () => {
    const { lead } = await notified();
    const before = await lead.state();
    const at = (await lead.clock.now()) + 3 * 60_000;
    expect(await lead.say('accept', { at })).toEqual({ kind: 'unanswered' });
    expect(await lead.state()).toEqual(before);
  });

  test('a malformed command is an error of its sender and leaves no trace', async () => {
    const { lead } = await notified();
    const before = await lead.state();
    const command = await lead.command('touch', { channel: 'fax', outcome: 'sent' } as never);
    await expect(world.workflows.deliver(lead.id, command, 10_000)).rejects.toThrow();
    expect(await lead.state()).toEqual(before);
  });

  test('what falls due before a fact fires before it, also when the fact runs ahead of the clock', async () => {
    const { lead, handedOffAt } = await notified();
    const dueAt = handedOffAt + 2 * HOUR_MS;
    await lead.clock.advanceTo(dueAt - 30_000);
    await lead.say('touch', { at: dueAt + 30_000, channel: 'phone', outcome: 'no-answer' });
    const events = await lead.events();
    expect(of(events, 'warning-fired').map(({ at }) => at)).toEqual([dueAt]);
    expect(events.findIndex(({ type }) => type === 'warning-fired')).toBeLessThan(
      events.findIndex(({ type }) => type === 'touched'),
    );
  });

  test('a fact that was received before a breach meets its clock, though it is delivered after it', async () => {
    const { lead, handedOffAt } = await notified();
    const dueAt = handedOffAt + 4 * HOUR_MS;
    await lead.clock.advanceTo(dueAt + 60_000);
    await lead.untilRecorded('clock-breached');
    await lead.say('touch', { at: dueAt - 1, channel: 'phone', outcome: 'no-answer' });
    const clock = (await lead.state()).clocks.find(({ name }) => name === 'first-response');
    expect(clock).toMatchObject({ verdict: 'met', completedAt: dueAt - 1, corrected: true });
  });
});

describe('a lead whose cycle ends', () => {
  test('sleeps in recycling and begins its next cycle as a new run, with nothing lost', async () => {
    const { lead, handedOffAt } = await notified();
    const firstRun = (await lead.handle.describe()).runId;
    await lead.say('accept', { id: 'accepted-in-cycle-1' });
    await lead.say('dispose', {
      reason: 'bad-timing',
      wakeOn: new Date(handedOffAt + 60 * DAY_MS).toISOString().slice(0, 10),
    });
    await lead.clock.advanceTo(handedOffAt + 61 * DAY_MS);
    await lead.untilRecorded('woken');
    const run = await until('a new run', async () => {
      const { runId } = await lead.handle.describe();
      return runId === firstRun ? undefined : runId;
    });
    expect(run).not.toBe(firstRun);
    const state = await lead.state();
    expect(state).toMatchObject({ cycle: 2, stage: 'mql' });
    expect(state).toEqual(foldLead(await lead.events()));
    const repeated = await lead.say('accept', { id: 'accepted-in-cycle-1' });
    expect(repeated).toMatchObject({ kind: 'done' });
    expect((await lead.state()).acceptedAt).toBeNull();
  }, 60_000);

  test('settles 90 days after the last word, and a command begins it again where it ended', async () => {
    const { lead, handedOffAt } = await notified();
    await lead.say('reject', { reason: 'duplicate' });
    await lead.clock.runToEnd();
    await until('it has settled', async () => (await lead.handle.describe()).status.name === 'COMPLETED' || undefined);
    const description = await lead.handle.describe();
    expect(description.closeTime!.getTime()).toBeGreaterThan(handedOffAt + 90 * DAY_MS);
    const told = await lead.say('enrich', { id: 'late-news', fields: { industry: 'glass' }, at: Date.now() });
    const events = await lead.events();
    expect(told).toEqual({ kind: 'done', seq: events.length });
    expect(await lead.state()).toEqual(foldLead(events));
  }, 60_000);
});
