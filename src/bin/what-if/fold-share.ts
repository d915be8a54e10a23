/** A thread that tells its share of a cohort to one version or several: reads, folds and counts, and hands back the counts alone. */
import { getHeapStatistics } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import { openPastLeads } from '../../db/past-stories.js';
import type { AgreementTerms } from '../../domain/agreement/index.js';
import type { CalendarWindows } from '../../domain/business-time/index.js';
import { countLead } from '../../domain/what-if/count-lead.js';
import type { Cohort } from '../../domain/what-if/ports.js';
import type { WhatIfWorld } from '../../domain/what-if/refold.js';
import { emptyTally } from '../../domain/what-if/tally.js';
import { compile } from '../../zones/index.js';
import { answerFromCalendar } from '../calendar-ports.js';
import type { ShareOrder, ShareReport } from './share-message.js';

const DAY_MS = 86_400_000;
const MARGIN_BEFORE_MS = 2 * DAY_MS;
/** Clocks are planned beyond the end of the story; what lies further ahead is compiled for the lead that asks. */
const MARGIN_AFTER_MS = 200 * DAY_MS;

async function foldShare(order: ShareOrder): Promise<ShareReport> {
  const { databaseUrl, workspace, cohort, share } = order;
  const reader = openPastLeads(databaseUrl, workspace);
  const worlds = order.variants.map((terms) => worldOf(terms, order));
  const tallies = worlds.map(emptyTally);
  let heapBytesMax = 0;
  try {
    for await (const leads of reader.read(cohort, share)) {
      for (const lead of leads) worlds.forEach((world, index) => countLead(tallies[index]!, lead, world));
      heapBytesMax = Math.max(heapBytesMax, getHeapStatistics().used_heap_size);
    }
  } finally {
    await reader.close();
  }
  return { tallies, heapBytesMax };
}

const worldOf = (terms: AgreementTerms, { against, directory, cohort }: ShareOrder): WhatIfWorld => ({
  terms,
  ...(against && { against }),
  directory,
  answerFromCalendar,
  windows: { ...windowsOf(terms, cohort), ...(against && windowsOf(against, cohort)) },
  until: cohort.asOf,
});

const windowsOf = ({ calendars, calendarKeys }: AgreementTerms, { from, asOf }: Cohort) =>
  Object.fromEntries(
    Object.entries(calendars).map(([name, calendar]): [string, CalendarWindows] => [
      calendarKeys[name]!,
      compile(calendar, from - MARGIN_BEFORE_MS, asOf + MARGIN_AFTER_MS),
    ]),
  );

// What it throws ends the thread, and whoever started it hears of it.
void foldShare(workerData as ShareOrder).then((report) => parentPort?.postMessage(report));
