/**
 * Here what-if gets its threads: each tells a share of the leads to the version, so that the API goes on answering and
 * every core helps. What is counted, and what it means, stands in `src/domain/what-if`.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Directory } from '../../domain/routing/directory.js';
import { compare } from '../../domain/what-if/comparison.js';
import type { Cohort, WhatIfAnswer, WhatIfTrials } from '../../domain/what-if/ports.js';
import { addTallies, emptyTally, type Tally } from '../../domain/what-if/tally.js';
import type { ShareOrder, ShareReport } from './share-message.js';
import { threadCode } from './thread-code.js';

const THREAD_COUNT_MAX = 4;
/** Ten times what one needs, however many leads there are; told of a limit, it clears away what it does not need sooner. */
const THREAD_MB_MAX = 256;

export interface WhatIfDeps {
  readonly databaseUrl: string;
  readonly workspace: string;
  readonly readDirectory: () => Promise<Directory>;
  /** The machine's cores, at most 4, unless given. */
  readonly threadCount?: number;
  /** Hears of each share that is done. */
  readonly tell?: (report: ShareReport) => void;
}

/** One question at a time: a second one waits, rather than both taking twice as long. */
export function createWhatIfAnswer(deps: WhatIfDeps): WhatIfAnswer {
  return oneAtATime(async ({ against, ...asked }) => {
    const order = { variants: [asked.terms], ...(against && { against: against.terms }) };
    const [tally] = await countInThreads(deps, { ...order, cohort: cohortOf(asked.terms.name, asked), oneIn: 1 });
    return compare({ ...asked, ...(against && { against: against.version }) }, tally!);
  });
}

/** The same for several documents at once, over all leads or some of them. */
export function createWhatIfTrials(deps: WhatIfDeps): WhatIfTrials {
  return oneAtATime(async ({ variants, oneIn, ...span }) => {
    if (variants.length === 0) return [];
    const cohort = cohortOf(variants[0]!.name, span);
    const tallies = await countInThreads(deps, { variants, cohort, oneIn });
    return variants.map((terms, index) => compare({ terms, version: null, ...span }, tallies[index]!));
  });
}

function oneAtATime<Request, Answer>(answer: (request: Request) => Promise<Answer>) {
  let before: Promise<unknown> = Promise.resolve();
  return (request: Request): Promise<Answer> => {
    const answered = before.then(() => answer(request));
    before = answered.catch(() => undefined);
    return answered;
  };
}

type Span = Pick<Cohort, 'from' | 'to' | 'asOf'>;

const cohortOf = (agreementName: string, { from, to, asOf }: Span): Cohort => ({ agreementName, from, to, asOf });

interface Counting extends Pick<ShareOrder, 'variants' | 'against' | 'cohort'> {
  readonly oneIn: number;
}

/** What was counted of each variant; each thread reads its share of the leads that take part. */
async function countInThreads(deps: WhatIfDeps, { oneIn, ...counting }: Counting): Promise<readonly Tally[]> {
  const { databaseUrl, workspace, tell } = deps;
  const { threadCount = Math.min(availableParallelism(), THREAD_COUNT_MAX) } = deps;
  const directory = await deps.readDirectory();
  const shares = Array.from({ length: threadCount }, (_, index) => ({
    index: index * oneIn,
    count: threadCount * oneIn,
  }));
  const reports = await Promise.all(
    shares.map((share) => inThread({ databaseUrl, workspace, directory, share, ...counting })),
  );
  reports.forEach((report) => tell?.(report));
  return counting.variants.map((_, index) =>
    reports.reduce((sum, { tallies }) => addTallies(sum, tallies[index]!), emptyTally()),
  );
}

/** @throws what the thread throws */
async function inThread(order: ShareOrder): Promise<ShareReport> {
  const code = await threadCode();
  return new Promise((resolve, reject) => {
    const thread = new Worker(code, {
      eval: true,
      workerData: order,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: THREAD_MB_MAX },
    });
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.once('exit', (code) => reject(new Error(`a what-if thread ended with ${code} before it was done`)));
  });
}
