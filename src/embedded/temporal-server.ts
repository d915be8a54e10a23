import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { describeExit, lastLines, startForeign, type Exit, type LeashedProcess } from './leashed-process.js';
import { endLeftover } from './leftover.js';
import { isPortTaken } from './ports.js';
import type { TemporalCli } from './temporal-cli.js';

export interface TemporalOptions {
  readonly cli: TemporalCli;
  readonly port: number;
  /** Without it the server has no UI. */
  readonly uiPort?: number;
  /** The data folder; the server's file goes below it and is kept between starts. Without it all is in memory. */
  readonly dataDir?: string;
  readonly namespace?: string;
  readonly logFile?: string;
}

export interface TemporalServer {
  /** Host and port, as clients want it. */
  readonly address: string;
  readonly uiUrl: string | undefined;
  readonly ended: Promise<Exit>;
  readonly stop: () => Promise<void>;
}

const HOST = '127.0.0.1';
const READY_WITHIN_MS = 60_000;
const GRACE_MS = 3_000;
const STOP_SIGNAL = 'SIGTERM';
const RETENTION_MS = 7 * 24 * 60 * 60 * 1_000;

/**
 * What the development server needs to fire timers in time and to hand tasks over without waiting for its next poll;
 * the first lets tests skip time, the last has workflows that are stuck in code found after their second failure rather
 * than their fifth, a minute later. The values are JSON.
 */
export const dynamicConfiguration = {
  'frontend.WorkflowTimeSkippingEnabled': true,
  'history.timerProcessorMaxTimeShift': '1ms',
  'history.transferProcessorMaxPollRPS': 10_000,
  'history.timerProcessorMaxPollRPS': 10_000,
  'history.workflowIdReuseMinimalInterval': '0s',
  'system.numConsecutiveWorkflowTaskProblemsToTriggerSearchAttribute': 2,
} as const;

/** Without a write-ahead log the file takes 2.4 times fewer starts a second. */
export const sqlitePragmas = ['journal_mode=WAL', 'synchronous=NORMAL'] as const;

/**
 * Starts a Temporal server of our own, waits until it answers and keeps closed workflows for 7 days.
 * A server that a killed start left behind is ended first.
 * @throws if it does not come up; the message holds the end of its log
 */
export async function startTemporal(options: TemporalOptions): Promise<TemporalServer> {
  const files = options.dataDir === undefined ? undefined : filesIn(resolve(options.dataDir));
  if (options.dataDir !== undefined) await endLeftoverTemporal(options.dataDir);
  const address = `${HOST}:${options.port}`;
  const server = startForeign({
    command: options.cli.path,
    args: argumentsFor(options, files?.database),
    stopSignal: STOP_SIGNAL,
    graceMs: GRACE_MS,
    pidFile: files?.pidFile,
    logFile: options.logFile,
  });
  await untilReady(server, address, options);
  const uiUrl = options.uiPort === undefined ? undefined : `http://${HOST}:${options.uiPort}`;
  return { address, uiUrl, ended: server.ended, stop: server.stop };
}

/** Ends the server that a killed start of this data folder left running, if there is one. */
export function endLeftoverTemporal(dataDir: string): Promise<void> {
  const { pidFile, database } = filesIn(resolve(dataDir));
  return endLeftover({ pidFile, mark: database, stopSignal: STOP_SIGNAL });
}

function filesIn(dataDir: string): { database: string; pidFile: string } {
  const folder = join(dataDir, 'temporal');
  mkdirSync(folder, { recursive: true });
  return { database: join(folder, 'temporal.db'), pidFile: join(folder, 'temporal.pid') };
}

function argumentsFor({ port, uiPort, namespace }: TemporalOptions, database: string | undefined): string[] {
  const dynamic = Object.entries(dynamicConfiguration).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  const server = ['server', 'start-dev', '--ip', HOST, '--port', String(port), '--log-level', 'warn'];
  return [
    ...server,
    ...(uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort)]),
    ...(namespace === undefined ? [] : ['--namespace', namespace]),
    ...(database === undefined ? [] : ['--db-filename', database]),
    ...(database === undefined ? [] : sqlitePragmas.flatMap((pragma) => ['--sqlite-pragma', pragma])),
    ...dynamic.flatMap((pair) => ['--dynamic-config-value', pair]),
  ];
}

async function untilReady(server: LeashedProcess, address: string, options: TemporalOptions): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!server.hasEnded() && Date.now() < deadline) {
    if ((await isPortTaken(options.port)) && (await keepsClosedWorkflows(address, options.namespace))) return;
    await delay(50);
  }
  await server.stop();
  const how = describeExit(await server.ended);
  const log = lastLines(options.logFile, 5);
  throw new Error(`Temporal did not start on ${address} (${how})${log && `; the end of its log:\n${log}`}`);
}

/** Sets the namespace's retention, which also shows that the server answers. */
async function keepsClosedWorkflows(address: string, namespace = 'default'): Promise<boolean> {
  const connection = Connection.lazy({ address, connectTimeout: 1_000 });
  try {
    await connection.withDeadline(Date.now() + 2_000, () =>
      connection.workflowService.updateNamespace({
        namespace,
        config: { workflowExecutionRetentionTtl: msToTs(RETENTION_MS) },
      }),
    );
    return true;
  } catch {
    return false;
  } finally {
    await connection.close();
  }
}
