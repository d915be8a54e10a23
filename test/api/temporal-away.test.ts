import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { findFreePort } from '../../src/embedded/ports.js';
import { findTemporalCli } from '../../src/embedded/temporal-cli.js';
import { startTemporal } from '../../src/embedded/temporal-server.js';
import { createLeadWorkflows } from '../../src/temporal/lead-workflows.js';
import { createRolloutWorkflows, temporalClient } from '../../src/temporal/index.js';
import { LeadWorld, until } from '../workflows/lead-world.js';
import type { LeadInput } from '../../workflows/messages.js';
import { leadBody, RunningApi } from './api-world.js';

jest.setTimeout(90_000);

const LEAD_COUNT = 120;

/** The database is the world's; the Temporal server is one that is not there yet. */
let world: LeadWorld;
let http: RunningApi;
let port: number;
let client: Client;
const toEnd: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  world = await LeadWorld.open();
  port = await findFreePort();
  client = temporalClient({ address: `127.0.0.1:${port}`, namespace: 'default' });
  http = await startApi();
}, 60_000);
afterAll(async () => {
  await http.stop();
  for (const end of toEnd.toReversed()) await end();
  await client.connection.close();
  await world.close();
});

async function startApi(): Promise<RunningApi> {
  const { database } = world;
  const workflows = createLeadWorkflows({ client, settledStates: database.settledStates, now: Date.now });
  const rolloutWorkflows = createRolloutWorkflows({ client, workspace: 'default', now: Date.now });
  const started = await RunningApi.start(database, workflows, { rolloutWorkflows });
  started.api.start();
  return started;
}

/** The events with which the lead's workflow was started. */
async function startedWith(connected: Client, leadId: string): Promise<LeadInput> {
  const handle = connected.workflow.getHandle(`lead:${leadId}`);
  const history = await handle.fetchHistory();
  const payload = history.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0]?.data;
  return JSON.parse(Buffer.from(payload ?? '').toString()) as LeadInput;
}

describe('while Temporal is away', () => {
  const leadIds: string[] = [];
  let location: string;
  let rolloutId: string;

  test('leads are taken as ever, with owner and due instants', async () => {
    const bodies = Array.from({ length: LEAD_COUNT }, () => leadBody());
    const answers = await Promise.all(bodies.map((body) => http.post('/v1/leads', body)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    leadIds.push(...answers.map(({ body }) => String(body.leadId)));
    expect(new Set(leadIds).size).toBe(LEAD_COUNT);
  });

  test('a command is stored and answered with 202', async () => {
    const accept = { by: 'rep-east-1' };
    const { status, headers } = await http.post(`/v1/leads/${leadIds[0]}/commands/accept`, accept);
    expect(status).toBe(202);
    location = headers.get('location')!;
  });

  test('a rollout is started all the same', async () => {
    const { name, version } = world.terms;
    const path = `/v1/agreements/${name}/versions/${version}/rollouts`;
    const { status, body } = await http.post(path, { mode: 'keep' });
    expect([status, body['status']]).toEqual([201, 'running']);
    rolloutId = String(body['rolloutId']);
    expect(await world.database.rollouts.listUntold(0, 10)).toEqual([rolloutId]);
  });

  test('a restarted API knows what is still to be brought there', async () => {
    await http.stop();
    http = await startApi();
    expect(await world.database.intake.listUnstarted(0, 1_000)).toHaveLength(LEAD_COUNT);
  });

  test('once it is back, every lead starts from its hand-off, and none is lost', async () => {
    const cli = await findTemporalCli({ env: process.env, dataDir: '.handoff', say: () => undefined });
    const server = await startTemporal({ cli, port });
    toEnd.push(() => server.stop());
    await until('all leads have started', async () => {
      const unstarted = await world.database.intake.listUnstarted(0, 1_000);
      return unstarted.length === 0 ? true : undefined;
    });
    const connection = await Connection.connect({ address: server.address });
    toEnd.push(() => connection.close());
    for (const leadId of leadIds) {
      const input = await startedWith(new Client({ connection }), leadId);
      const recorded = await world.database.ledger.read(leadId);
      expect(input.events).toEqual(recorded);
    }
  });

  test('its rollouts have begun', async () => {
    const told = async () => ((await world.database.rollouts.listUntold(0, 10)).length === 0 ? true : undefined);
    await until('the rollout has been told', told);
    const { status } = await client.workflow.getHandle(`rollout:${rolloutId}`).describe();
    expect(status.name).toBe('RUNNING');
  });

  test('and a worker finds the command waiting', async () => {
    const { body } = await http.get(location);
    expect(body).toMatchObject({ status: 'pending', command: 'accept', leadId: leadIds[0] });
  });
});
