// Here the longest list of a report is asked for as CSV over HTTP, as a browser would, and read to its end or to as many
// rows as are promised.
import type { Database } from '../../src/db/index.js';
import { ADMIN_KEY, RunningApi } from '../../test/api/api-world.js';
import { nobodyRuns } from '../../test/api/report-world.js';
import { AS_OF } from './made-quarter.js';

export interface StreamedList {
  readonly firstByteMs: number;
  readonly wholeMs: number;
  readonly rowCount: number;
  /** By how much more memory the program that answers, and reads, had at most after the first tenth than within it. */
  readonly grownMb: number;
}

const path =
  '/v1/reports/compliance/leads?figure=compliance&part=decided&from=2026-10-01&to=2027-01-01&format=csv&asOf=';

/** @param rowCountMax the reader stops after so many rows, and with it the reading of the list */
export async function streamList(database: Database, rowCountMax: number): Promise<StreamedList> {
  const api = await RunningApi.start(database, nobodyRuns, { now: () => AS_OF + 60_000 });
  try {
    return await read(`${api.url}${path}${new Date(AS_OF).toISOString()}`, rowCountMax);
  } finally {
    await api.stop();
  }
}

async function read(url: string, rowCountMax: number): Promise<StreamedList> {
  const startedAt = performance.now();
  const answer = await fetch(url, { headers: { Authorization: `Bearer ${ADMIN_KEY}` } });
  if (answer.status !== 200 || answer.body === null) throw new Error(`the list was refused: ${await answer.text()}`);
  const most = { within: 0, after: 0 };
  let [firstByteMs, rowCount] = [0, -1]; // its head is no row
  for await (const piece of answer.body as AsyncIterable<Uint8Array>) {
    firstByteMs ||= performance.now() - startedAt;
    rowCount += lineCountOf(piece);
    const part = rowCount <= rowCountMax / 10 ? 'within' : 'after';
    most[part] = Math.max(most[part], process.memoryUsage.rss());
    if (rowCount >= rowCountMax) break;
  }
  const grownMb = Math.max(0, most.after - most.within) / 2 ** 20;
  return { firstByteMs, wholeMs: performance.now() - startedAt, rowCount, grownMb };
}

const LINE_END = 10;

function lineCountOf(piece: Uint8Array): number {
  let count = 0;
  for (let at = piece.indexOf(LINE_END); at >= 0; at = piece.indexOf(LINE_END, at + 1)) count += 1;
  return count;
}
