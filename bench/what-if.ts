/**
 * Promise: 100,000 past leads with ten facts each are told to a version in at most 10 s on 2 cores, by both of them, and
 * with ten times the leads no thread's memory grows with their number. The ledger is made by the core and written in
 * bulk beforehand, and the stories of its leads are kept from it by what keeps them while the API runs, once a lead has
 * been quiet for an hour; neither is timed. Reading alone is timed for comparison.
 *
 * `npm run bench:what-if -- [LEADS]` takes fewer leads for a short run, which promises nothing: starting the threads is
 * most of it.
 */
import { readFileSync } from 'node:fs';
import { openPastLeads } from '../src/db/past-stories.js';
import { openDatabase } from '../src/db/index.js';
import { createWhatIfAnswer } from '../src/bin/what-if/answer-what-if.js';
import { calendarKeys } from '../src/bin/calendar-ports.js';
import { changeAgreement, parseAgreement, parsePeople } from '../src/documents/index.js';
import type { ShareReport } from '../src/bin/what-if/share-message.js';
import { announce, freshDatabase, startTestServers } from '../test/support/servers.js';
import { AS_OF, FACT_COUNT, FROM, TO } from './what-if/made-leads.js';
import { writeLeads } from './what-if/write-leads.js';

const LEAD_COUNT_PROMISED = 100_000;
const LEAD_COUNT = Number(process.argv[2] ?? LEAD_COUNT_PROMISED);
const SECONDS_MAX = 10;
const THREAD_COUNT = 2;
const HEAP_RATIO_MAX = 1.5;
const WORKSPACE = 'default';
/** As the API waits (`src/bin/api/keep-stories.ts`). */
const QUIET_MS = 3_600_000;

const read = (file: string): string => readFileSync(new URL(`../test/spec/${file}`, import.meta.url), 'utf8');

function agreements() {
  const { document, terms } = parseAgreement(read('agreements/inbound-saas.yaml'), 'inbound-saas.yaml', calendarKeys, {
    at: FROM,
  });
  if (document === undefined) throw new Error('the example agreement has mistakes');
  const set = { 'clocks.first-response.within': '2h' };
  const next = changeAgreement(document, set, calendarKeys, { at: FROM, version: 2 });
  if (next.terms === undefined) throw new Error(next.mistakes.join('; '));
  return { terms, next: next.terms };
}

function theDirectory() {
  const { value } = parsePeople(read('people.yaml'), 'people.yaml');
  if (value === undefined) throw new Error('the example people have mistakes');
  return value;
}

const inWords = (count: number): string => count.toLocaleString('en-US');

async function readAlone(
  url: string,
  cohort: Parameters<ReturnType<typeof openPastLeads>['read']>[0],
): Promise<number> {
  const shares = Array.from({ length: THREAD_COUNT }, (_, index) => ({ index, count: THREAD_COUNT }));
  const startedAt = performance.now();
  for (const share of shares) {
    const reader = openPastLeads(url, WORKSPACE);
    for await (const leads of reader.read(cohort, share)) for (const lead of leads) void lead;
    await reader.close();
  }
  return (performance.now() - startedAt) / 1_000;
}

async function measure(url: string, leadCount: number) {
  const { next } = agreements();
  const reports: ShareReport[] = [];
  const answer = createWhatIfAnswer({
    databaseUrl: url,
    workspace: WORKSPACE,
    readDirectory: async () => theDirectory(),
    threadCount: THREAD_COUNT,
    tell: (report) => reports.push(report),
  });
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  const compared = await answer({ terms: next, version: 2, from: FROM, to: TO, asOf: AS_OF });
  const seconds = (performance.now() - startedAt) / 1_000;
  const { user, system } = process.cpuUsage(cpuBefore);
  const heapMb = Math.max(...reports.map(({ heapBytesMax }) => heapBytesMax)) / 2 ** 20;
  const leads = reports.map(({ tallies }) => inWords(tallies[0]!.leads.folded)).join(' and ');
  console.log(
    `${inWords(leadCount)} leads: ${seconds.toFixed(2)} s, ${(leadCount / seconds).toFixed(0)} leads/s; ` +
      `threads folded ${leads}; ${((user + system) / 1e6).toFixed(1)} s of our CPU; heap at most ${heapMb.toFixed(0)} MB`,
  );
  if (compared.leads.folded !== leadCount) throw new Error(`${compared.leads.folded} leads were folded`);
  return { seconds, heapMb, compared };
}

const servers = await startTestServers();
announce(servers);
try {
  const counts = [LEAD_COUNT / 10, LEAD_COUNT];
  const measured: Awaited<ReturnType<typeof measure>>[] = [];
  for (const count of counts) {
    const { url, drop } = await freshDatabase();
    const database = openDatabase(url, { workspace: WORKSPACE });
    const startedAt = performance.now();
    await writeLeads(url, WORKSPACE, count, { terms: agreements().terms, directory: theDirectory() });
    console.log(
      `made ${inWords(count)} leads with ${FACT_COUNT} facts each in ${((performance.now() - startedAt) / 1_000).toFixed(0)} s`,
    );
    const { storyKeeper } = database;
    while ((await storyKeeper.keepPage(QUIET_MS)) > 0);
    const cohort = { agreementName: 'inbound-saas', from: FROM, to: TO, asOf: AS_OF };
    measured.push(await measure(url, count));
    console.log(`reading alone, by one connection: ${(await readAlone(url, cohort)).toFixed(2)} s`);
    await database.close();
    await drop();
  }
  const [small, large] = measured;
  const ratio = large!.heapMb / small!.heapMb;
  const first = large!.compared.commitments.find(({ clock }) => clock === 'first-response');
  console.log(`first response in 2 h: ${JSON.stringify(first)}`);
  console.log(
    `promised: at most ${SECONDS_MAX} s; heap with ten times the leads at most ${HEAP_RATIO_MAX} times as large (${ratio.toFixed(2)})`,
  );
  const isKept = large!.seconds <= SECONDS_MAX && ratio <= HEAP_RATIO_MAX;
  if (LEAD_COUNT >= LEAD_COUNT_PROMISED && !isKept) process.exitCode = 1;
} finally {
  await servers.stop();
}
