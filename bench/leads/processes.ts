/**
 * Here lives what the benchmark of leads is made of: its processes, its deadlines, what it reads off them.
 * Nothing here decides whether a promise is kept; that stands in `bench/leads.ts`.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Program } from '../../test/support/program.js';
import { until, type LeadWorld } from '../../test/workflows/lead-world.js';
import { startWorkerProgram } from '../../test/workflows/worker-program.js';

/** Starts the worker at `file`, ready to have its memory looked at. */
export function startWorker(file: string, world: LeadWorld): Promise<Program> {
  const nodeOptions = ['--expose-gc', '--import', new URL('./collect-garbage.mjs', import.meta.url).href];
  return startWorkerProgram(world, { file, nodeOptions });
}

const heapFile = join(tmpdir(), `handoff-bench-heap-${process.pid}`);
process.env['HANDOFF_BENCH_HEAP_FILE'] = heapFile;

/** What a worker keeps: in its heaps, after their garbage was collected, and all that it has of the machine. */
export interface Memory {
  readonly heapBytes: number;
  readonly residentBytes: number;
}

export async function memoryOf(pid: number): Promise<Memory> {
  rmSync(heapFile, { force: true });
  process.kill(pid, 'SIGHUP');
  await until('the worker has collected its garbage', () => existsSync(heapFile) || undefined, 120_000);
  const heapBytes = Number(readFileSync(heapFile, 'utf8'));
  rmSync(heapFile);
  return { heapBytes, residentBytes: residentBytes(pid) };
}

/** Linux only, as is all that reads `/proc`. */
function residentBytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) * 1_024;
}

/** Processor time used so far, by part of the product. */
export type ProcessorSeconds = Readonly<Record<Part, number>>;
const parts = ['worker', 'temporal', 'postgres', 'benchmark'] as const;
type Part = (typeof parts)[number];

const TICKS_PER_SECOND = 100;

/** The benchmark's own part has the inbox in it. */
export function processorSeconds(workerPid: number): ProcessorSeconds {
  const used = { worker: 0, temporal: 0, postgres: 0, benchmark: 0 };
  for (const { pid, command, seconds } of ownProcesses()) {
    if (pid === workerPid) used.worker += seconds;
    else if (command === 'temporal' || command === 'postgres') used[command] += seconds;
    else if (pid === process.pid) used.benchmark += seconds;
  }
  return used;
}

interface Running {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
  readonly seconds: number;
}

/** This process and all that descend from it. */
function ownProcesses(): Running[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap(readProcess);
  const own = new Set([process.pid]);
  for (let before = 0; before < own.size;) {
    before = own.size;
    for (const { pid, parent } of all) if (own.has(parent)) own.add(pid);
  }
  return all.filter(({ pid }) => own.has(pid));
}

/** Nothing, if it has ended meanwhile. */
function readProcess(pid: string): Running[] {
  try {
    const [, command, rest] = /^\d+ \((.*)\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))!;
    const fields = rest!.split(' ');
    // Fields 4, 14 and 15 of proc(5), counted from the third.
    const ticks = Number(fields[11]) + Number(fields[12]);
    return [{ pid: Number(pid), parent: Number(fields[1]), command: command!, seconds: ticks / TICKS_PER_SECOND }];
  } catch {
    return [];
  }
}
