import { createLeadWorkflows, isTemporalReady, temporalClient } from '../../src/temporal/index.js';
import { findFreePort } from '../../src/embedded/ports.js';
import { LeadWorld } from '../workflows/lead-world.js';

let world: LeadWorld;
beforeAll(async () => {
  world = await LeadWorld.open();
}, 60_000);
afterAll(() => world.close());

const nobody = { find: () => Promise.resolve(undefined) };

describe('the lead’s workflow, from outside', () => {
  test('started twice, a lead runs once', async () => {
    const lead = await world.handOff();
    await lead.untilRecorded('notified');
    const { runId } = await lead.handle.describe();
    const events = await lead.events();
    const context = { agreements: { [world.terms.key]: world.terms }, windows: {} };
    await world.workflows.start({ workspace: 'default', leadId: lead.id, events: events.slice(0, 1), context });
    expect((await lead.handle.describe()).runId).toBe(runId);
    expect(await lead.state()).toMatchObject({ seq: events.length });
  });

  test('a command that is there before the workflow goes unanswered, to be delivered later', async () => {
    const lead = await world.handOff();
    const command = await lead.command('accept', {});
    const outcome = await world.workflows.deliver('ld-not-started-yet', command, 5_000);
    expect(outcome).toEqual({ kind: 'unanswered' });
  });

  test('with Temporal away commands go unanswered in time, and a start says that it failed', async () => {
    const client = temporalClient({ address: `127.0.0.1:${await findFreePort()}`, namespace: 'default' });
    const workflows = createLeadWorkflows({ client, settledStates: nobody, now: Date.now });
    const lead = await world.handOff();
    const command = await lead.command('accept', {});
    const beganAt = Date.now();
    expect(await workflows.deliver(lead.id, command, 1_000)).toEqual({ kind: 'unanswered' });
    expect(Date.now() - beganAt).toBeLessThan(5_000);
    const context = { agreements: {}, windows: {} };
    const start = { workspace: 'default', leadId: lead.id, events: await lead.events(), context };
    await expect(workflows.start(start)).rejects.toThrow();
    expect(await isTemporalReady(client, Date.now() + 500)).toBe(false);
    await client.connection.close();
  });

  test('a server that answers is ready', async () => {
    expect(await isTemporalReady(world.client, Date.now() + 5_000)).toBe(true);
  });
});
