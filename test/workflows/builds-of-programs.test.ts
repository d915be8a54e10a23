/** Promise: the worker as people start it says which build it runs; audits, rollouts and versions go to the current one. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { hashOfWorkflows } from '../../src/temporal/worker.js';
import {
  agreementVersionType,
  agreementWorkflowId,
  auditorId,
  leadWorkflowId,
  nextRunSignal,
  rolloutWorkflowId,
  taskQueue,
} from '../../workflows/messages.js';
import { Program } from '../support/program.js';
import { LeadWorld, until } from './lead-world.js';
import { nextVersion, order, startRollout, toStart, untilStatus } from './rollout-world.js';

const deploymentName = `handoff-${randomUUID()}`;
const namespace = `builds-${randomUUID()}`;
const WORKER = 'src/bin/worker.ts';

let world: LeadWorld;
const workers: Program[] = [];
beforeAll(async () => {
  world = await LeadWorld.open({ namespace });
}, 60_000);
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.end('SIGKILL')));
  await world.close();
});

/** Starts a worker of a build and makes the build current, once the server knows it. */
async function deploy(buildId: string, variables: NodeJS.ProcessEnv): Promise<void> {
  const build = { TEMPORAL_DEPLOYMENT: deploymentName, ...variables };
  workers.push(Program.start(WORKER, { ...world.environment, ...build }));
  const request = { namespace, deploymentName, buildId, identity: 'the test' };
  const setCurrent = () => world.client.workflowService.setWorkerDeploymentCurrentVersion(request);
  await until(
    `${buildId} is current`,
    () =>
      setCurrent()
        .then(Boolean)
        .catch(() => undefined),
    90_000,
  );
}

/** The build that worked on a workflow's newest run last. */
async function buildOf(workflowId: string): Promise<string | undefined> {
  const { events = [] } = await world.client.workflow.getHandle(workflowId).fetchHistory();
  const completed = (events ?? []).flatMap(({ workflowTaskCompletedEventAttributes: of }) => (of ? [of] : []));
  return completed.at(-1)?.deploymentVersion?.buildId ?? undefined;
}

const untilOn = (buildId: string, workflowId: string) =>
  until(`${workflowId} is on ${buildId}`, async () => ((await buildOf(workflowId)) === buildId ? true : undefined));

async function newestAudit(): Promise<string | undefined> {
  const query = 'WorkflowType="auditor" AND ExecutionStatus="Completed"';
  for await (const { workflowId } of world.client.workflow.list({ query })) return workflowId;
  return undefined;
}

async function auditedBy(buildId: string): Promise<void> {
  await world.client.schedule.getHandle(auditorId).trigger();
  await until(`an audit runs on ${buildId}`, async () => {
    const audit = await newestAudit();
    return (audit !== undefined && (await buildOf(audit)) === buildId) || undefined;
  });
}

test('a build without its deployment is refused before anything begins', async () => {
  const env = { ...process.env, NODE_OPTIONS: '', ...world.environment, TEMPORAL_BUILD_ID: 'b1' };
  const started = promisify(execFile)(process.execPath, ['--import', 'tsx', WORKER], { env });
  await expect(started).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('TEMPORAL_DEPLOYMENT is missing: write the deployment') as unknown,
  });
}, 60_000);

test('without a build id it is the hash of the sources; audits begin on the current build, rollouts and versions move to it', async () => {
  const first = hashOfWorkflows();
  await deploy(first, {});
  await auditedBy(first);
  const leads = await Promise.all(Array.from({ length: 8 }, () => world.handOff()));
  for (const lead of leads) await lead.untilRecorded('notified');
  const agreement = await nextVersion(world, { 'clocks.disposition.within': '200h' });
  const id = await startRollout(world, toStart(agreement, 'recompute', { leadsPerSecond: 1 }));
  await order(world, id, 'pause');
  await untilStatus(world, id, 'paused');
  await untilOn(first, rolloutWorkflowId(id));
  const { name, version } = agreement;
  const standing = { workspace: 'default', name, version, status: 'active', revision: 1 } as const;
  const workflowId = agreementWorkflowId(standing);
  await world.client.workflow.start(agreementVersionType, { workflowId, taskQueue, args: [standing] });
  await untilOn(first, workflowId);

  await deploy('b2', { TEMPORAL_BUILD_ID: 'b2' });
  await auditedBy('b2');
  await order(world, id, 'resume');
  await untilOn('b2', rolloutWorkflowId(id));
  await world.client.workflow.getHandle(workflowId).signal(nextRunSignal);
  await untilOn('b2', workflowId);
  expect(await buildOf(leadWorkflowId(leads[0]!.id))).toBe(first);
}, 240_000);
