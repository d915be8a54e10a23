/**
 * Here what-if gets its threads: each tells a share of the leads to the version, so that the API goes on answering and
 * every core helps. What is counted, and what it means, stands in `src/domain/what-if`.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Directory } from '../../domain/routing/directory.js';
import { compare } from '../../domain/what-if/comparison.js';
import type { WhatIfAnswer, WhatIfRequest } from '../../domain/what-if/ports.js';
import { addTallies, emptyTally } from '../../domain/what-if/tally.js';
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
  let before: Promise<unknown> = Promise.resolve();
  return (request) => {
    const answer = before.then(() => answerWhatIf(deps, request));
    before = answer.catch(() => undefined);
    return answer;
  };
}

async function answerWhatIf(deps: WhatIfDeps, request: WhatIfRequest) {
  const { threadCount = Math.min(availableParallelism(), THREAD_COUNT_MAX), tell } = deps;
  const directory = await deps.readDirectory();
  const shares = Array.from({ length: threadCount }, (_, index) => ({ index, count: threadCount }));
  const reports = await Promise.all(shares.map((share) => inThread(orderOf(deps, request, directory, share))));
  reports.forEach((report) => tell?.(report));
  const tally = reports.reduce((sum, report) => addTallies(sum, report.tally), emptyTally());
  const { against, ...asked } = request;
  return compare({ ...asked, ...(against && { against: against.version }) }, tally);
}

function orderOf(
  { databaseUrl, workspace }: WhatIfDeps,
  { terms, against, from, to, asOf }: WhatIfRequest,
  directory: Directory,
  share: ShareOrder['share'],
): ShareOrder {
  const cohort = { agreementName: terms.name, from, to, asOf };
  return { databaseUrl, workspace, terms, ...(against && { against: against.terms }), cohort, share, directory };
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
