/** Promise: two builds of the workflow code work side by side; a lead stays on its own until its next run, then moves. */
import { randomUUID } from 'node:crypto';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isDeepStrictEqual, promisify } from 'node:util';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { foldLead } from '../../src/domain/lifecycle/evolve.js';
import { findTemporalCli } from '../../src/embedded/temporal-cli.js';
import { updateNameOf } from '../../workflows/messages.js';
import { temporalAddress } from '../support/servers.js';
import { LeadWorld, until, type LiveLead } from './lead-world.js';

const deploymentName = `handoff-${randomUUID()}`;
const namespace = `builds-${randomUUID()}`;
/** What both builds say of a reassignment to nobody, each in its own words. */
const words = 'must be text that is not empty';
const wordsOf = (buildId: string): string => `${words}, says ${buildId}`;

let world: LeadWorld;
const stops = new Map<string, () => Promise<void>>();

beforeAll(async () => {
  world = await LeadWorld.open({ namespace });
}, 60_000);
afterAll(async () => {
  for (const stop of stops.values()) await stop();
  await world.close();
});

async function start(buildId: string): Promise<void> {
  const change = (code: string): string => code.replaceAll(words, wordsOf(buildId));
  stops.set(buildId, await world.startBuild({ deploymentName, buildId }, change));
}

async function stop(buildId: string): Promise<void> {
  await stops.get(buildId)!();
  stops.delete(buildId);
}

/** New leads, and the next runs of running ones, begin on it. The server knows a build once its worker has asked. */
const makeCurrent = (buildId: string) =>
  until(`${buildId} is current`, () =>
    world.client.workflowService
      .setWorkerDeploymentCurrentVersion({ namespace, deploymentName, buildId, identity: 'the test' })
      .then(() => true)
      .catch(() => undefined),
  );

/** Which build answers for the lead: in its words. */
async function answererOf(lead: LiveLead): Promise<string> {
  const command = await lead.command('reassign', { to: '' });
  const said = lead.handle.executeUpdate(updateNameOf('reassign'), { args: [command] });
  const failure = await said.catch((error: unknown) => error);
  if (!(failure instanceof WorkflowUpdateFailedError)) throw failure;
  return failure.cause?.message ?? '';
}

const untilRunOf = (lead: LiveLead, firstRunId: string) =>
  until('its next run has begun', async () => {
    const { runId } = await lead.handle.describe();
    return runId === firstRunId ? undefined : runId;
  });

/** The lead holds what its ledger says: nothing got lost between two builds. */
async function requireWhole(lead: LiveLead): Promise<void> {
  await until('state and ledger agree', async () => {
    const [state, events] = [await lead.state(), await lead.events()];
    return isDeepStrictEqual(JSON.parse(JSON.stringify(foldLead(events))), state) || undefined;
  });
}

test('a lead that began without any build moves to the current one by itself', async () => {
  await world.startWorker();
  const lead = await world.handOff();
  await lead.untilRecorded('notified');
  await world.stopWorker();
  await start('b1');
  await makeCurrent('b1');
  expect(await answererOf(lead)).toContain(wordsOf('b1'));
  await requireWhole(lead);
}, 90_000);

test('a lead stays on the build that began it, a new lead begins on the current one, and each moves with its next run', async () => {
  if (!stops.has('b1')) await start('b1');
  await makeCurrent('b1');
  const old = await world.handOff();
  const { runId } = await old.handle.describe();
  await old.untilRecorded('notified');
  await old.say('touch', { channel: 'phone', outcome: 'no-answer' });
  expect(await answererOf(old)).toContain(wordsOf('b1'));

  await start('b2');
  await makeCurrent('b2');
  const fresh = await world.handOff();
  expect(await answererOf(fresh)).toContain(wordsOf('b2'));
  expect(await old.say('status', { text: 'still on the old build' })).toMatchObject({ kind: 'done' });
  expect(await answererOf(old)).toContain(wordsOf('b1'));

  // Its next cycle is a run of its own.
  const disposed = await old.say('dispose', { reason: 'no-budget', notes: 'next year' });
  expect([disposed, await old.say('signal', { action: 'demo-request' })]).toMatchObject([
    { kind: 'done' },
    { kind: 'done' },
  ]);
  await untilRunOf(old, runId);
  expect(await answererOf(old)).toContain(wordsOf('b2'));
  expect((await old.state()).cycle).toBe(2);
  await requireWhole(old);
}, 90_000);

test('by the commands of the operations page leads of a build that retires go on to the current one, and it may stop', async () => {
  if (!stops.has('b2')) await start('b2');
  await makeCurrent('b2');
  const lead = await world.handOff();
  await lead.untilRecorded('notified');
  const { runId } = await lead.handle.describe();
  const before = await lead.state();
  await start('b3');
  const commands = commandsToReplace('b2', 'b3');
  expect(commands.map((command) => command.split(' ').slice(0, 4).join(' '))).toEqual([
    'temporal worker deployment set-current-version',
    'temporal workflow signal --name',
    'temporal workflow count --query',
    'temporal worker deployment describe-version',
  ]);
  const [makeB3Current, sendOn, count, describeB2] = commands as [string, string, string, string];
  await until('b3 is current', () => run(makeB3Current).catch(() => undefined));
  await until('the server lists it under its build', async () =>
    (await run(count)) === 'Total: 0' ? undefined : true,
  );
  await run(sendOn);
  await untilRunOf(lead, runId);
  expect(await answererOf(lead)).toContain(wordsOf('b3'));
  expect(await lead.state()).toEqual(before);
  await until('nobody needs the old build', async () => ((await run(count)) === 'Total: 0' ? true : undefined));
  expect(await run(describeB2)).toMatch(/drain/i);
  await stop('b2');
  expect(await lead.say('touch', { channel: 'phone', outcome: 'no-answer' })).toMatchObject({ kind: 'done' });
  await requireWhole(lead);
}, 120_000);

const page = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');

/** What the page tells whoever goes from `b1` to `b2`, for two other builds. */
function commandsToReplace(from: string, to: string): readonly string[] {
  const [, section = ''] = page.split('## Changing workflow code under running leads');
  const commands = section.split(/^## /m)[0]!.match(/^ *temporal .*$/gm) ?? [];
  const renamed = { b1: from, b2: to, handoff: deploymentName };
  return commands.map((command) =>
    command.trim().replaceAll(/\b(?:b1|b2|handoff)\b/g, (word) => renamed[word as keyof typeof renamed]),
  );
}

/** What the program `temporal` prints, run as people do. */
async function run(command: string): Promise<string> {
  const cli = await findTemporalCli({ env: process.env, dataDir: '.handoff', say: () => undefined });
  const env = {
    ...process.env,
    PATH: `${dirname(cli.path)}:${process.env.PATH ?? ''}`,
    TEMPORAL_ADDRESS: temporalAddress(),
    TEMPORAL_NAMESPACE: namespace,
  };
  const { stdout } = await promisify(execFile)('sh', ['-c', command], { env });
  return stdout.trim();
}
