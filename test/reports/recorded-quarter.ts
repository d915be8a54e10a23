// Here lives the made-up quarter as tests of reports find it: recorded in a database, projected, and folded by the core.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { openDatabase } from '../../src/db/index.js';
import { joinRows, writeRows } from '../../src/db/recording.js';
import { rowsOf } from '../../src/db/projection.js';
import { canonicalJson } from '../../src/documents/index.js';
import { openTimeBetween, type Instant } from '../../src/domain/business-time/index.js';
import type { LeadEvent } from '../../src/domain/lifecycle/events.js';
import { contributionOf, type Contribution, type OpenTimeOn } from '../../src/domain/reports/index.js';
import type { Known, ReportQuery } from '../../src/reports/ports.js';
import { agreement, agreementText } from '../db/journeys.js';
import { open, type Opened } from '../db/opened.js';
import { sharedDatabase, sharedFolder } from '../support/servers.js';
import { midwayAt, quarterFrom, quarterOf, quarterTo, windowsOf, type ToldLead } from './quarter.js';

/** As many as it takes for everything to happen that figures distinguish. */
export const VARIED_LEAD_COUNT = 1_500;
/** On so many every figure is compared; `npm run test:quarter` has 20,000, a whole quarter of a busy team. */
const COMPARED_LEAD_COUNT = Number(process.env['HANDOFF_REPORT_LEADS'] ?? VARIED_LEAD_COUNT);
const WORKSPACE = 'default';

export interface RecordedQuarter {
  readonly opened: Opened;
  readonly leads: readonly ToldLead[];
  readonly contributions: readonly Contribution[];
  readonly known: Known;
  /** What was known as of when all was recorded that had happened before `midwayAt`, and nothing later. */
  readonly knownMidway: Known;
  readonly query: ReportQuery;
}

/** Told, folded, recorded and projected once in a run of tests; each test file has a copy of its own. */
export async function recordQuarter(leadCount = COMPARED_LEAD_COUNT): Promise<RecordedQuarter> {
  const name = `quarter_of_${leadCount}`;
  const folder = join(sharedFolder(), name);
  const opened = open(await sharedDatabase(name, (url) => make(url, folder, leadCount)));
  const stories = storiesIn(folder);
  const { midwayAsOf, asOf } = read<Instants>(join(folder, INSTANTS));
  const known = { workspace: WORKSPACE, agreement: agreement.name, asOf };
  return {
    opened,
    leads: stories.map(({ lead }) => lead),
    contributions: stories.map(({ contribution }) => contribution),
    known,
    knownMidway: { ...known, asOf: midwayAsOf },
    query: async <R>(text: string, values: readonly unknown[]) =>
      (await opened.sql.query(text, [...values])).rows as R[],
  };
}

/** The same leads as they stood midway, folded anew: one that had not been handed off by then is none. */
export function midway(leads: readonly ToldLead[]): Pick<RecordedQuarter, 'leads' | 'contributions'> {
  const known = leads.map(storyMidway).filter(({ events }) => events.length > 0);
  return { leads: known, contributions: known.map(({ events }) => contributionTo(events)) };
}

const storyMidway = ({ leadId, events }: ToldLead): ToldLead => ({ leadId, events: events.slice(0, midwayIn(events)) });

/** How many events of a story had happened midway. */
function midwayIn(events: readonly LeadEvent[]): number {
  const later = events.findIndex(({ at }) => at >= midwayAt);
  return later === -1 ? events.length : later;
}

const contributionTo = (events: readonly LeadEvent[]): Contribution =>
  contributionOf(events, { agreements: { [agreement.key]: agreement }, windowsOf });

/** Instants of recording. */
interface Instants {
  readonly midwayAsOf: Instant;
  readonly asOf: Instant;
}

interface Story {
  readonly lead: ToldLead;
  readonly contribution: Contribution;
}

async function make(url: string, folder: string, leadCount: number): Promise<void> {
  const leads = [...quarterOf(leadCount)];
  mkdirSync(folder, { recursive: true });
  for (const part of partsOf(leads, 500)) {
    const stories = part.map((lead): Story => ({ lead, contribution: contributionTo(lead.events) }));
    writeFileSync(join(folder, `${part[0]!.leadId}.json`), JSON.stringify(stories));
  }
  writeFileSync(join(folder, INSTANTS), JSON.stringify(await project(url, leads)));
}

const INSTANTS = 'instants.json';

/** To read a story costs a tenth of telling and folding it. */
const storiesIn = (folder: string): readonly Story[] =>
  readdirSync(folder)
    .filter((name) => name !== INSTANTS)
    .toSorted()
    .flatMap((name) => read<readonly Story[]>(join(folder, name)));

const read = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;

function* partsOf<T>(items: readonly T[], count: number): Generator<readonly T[]> {
  for (let from = 0; from < items.length; from += count) yield items.slice(from, from + count);
}

/** Records the stories, up to the middle and then the rest, and makes what reports read of them. */
async function project(url: string, leads: readonly ToldLead[]): Promise<Instants> {
  const database = openDatabase(url, { workspace: WORKSPACE });
  const sql = new pg.Pool({ connectionString: url, max: 1 });
  await database.agreements.saveAgreement({ terms: agreement, text: agreementText, canonical: canonicalJson({}) });
  await record(sql, leads, ({ events }) => [0, midwayIn(events)]);
  const midwayAsOf = await instantAfter(sql);
  await record(sql, leads, ({ events }) => [midwayIn(events), events.length]);
  const asOf = await instantAfter(sql);
  await sql.query('ANALYZE');
  await database.reportStore.projector(windowsOf).catchUp(asOf);
  await sql.query('VACUUM (ANALYZE)');
  await Promise.all([sql.end(), database.close()]);
  return { midwayAsOf, asOf };
}

/** An instant just after the last recording. */
async function instantAfter(sql: pg.Pool): Promise<Instant> {
  const { rows } = await sql.query<{ now: Date }>('SELECT clock_timestamp() AS now FROM pg_sleep(0.002)');
  return rows[0]!.now.getTime();
}

/** Writes a part of many stories as intake and workflows would, only faster: 200 leads in one transaction. */
async function record(
  pool: pg.Pool,
  leads: readonly ToldLead[],
  partOf: (lead: ToldLead) => readonly [from: number, to: number],
): Promise<void> {
  for (const some of partsOf(leads, 200)) {
    const parts = some.flatMap((lead) => {
      const [from, to] = partOf(lead);
      return from === to ? [] : [rowsOf(WORKSPACE, lead.events.slice(0, from), lead.events.slice(from, to))];
    });
    const { routing_load: _loads, ...written } = joinRows(parts);
    await writeRows(pool, WORKSPACE, written);
  }
}

/** Open time on the calendars of the quarter's agreement. */
export const openTimeOn: OpenTimeOn = (calendar, start, end) => {
  const name = Object.keys(agreement.calendarKeys).find((one) => agreement.calendarKeys[one] === calendar)!;
  return openTimeBetween(windowsOf(calendar, agreement.calendars[name]!, start, end), start, end);
};

export const periods = [
  { label: 'the quarter', from: quarterFrom, to: quarterTo },
  { label: 'a month', from: Date.parse('2026-11-01T04:00:00Z'), to: Date.parse('2026-12-01T05:00:00Z') },
  { label: 'a week', from: Date.parse('2026-11-23T05:00:00Z'), to: Date.parse('2026-11-30T05:00:00Z') },
  { label: 'a time without leads', from: Date.parse('2025-01-01T05:00:00Z'), to: Date.parse('2025-02-01T05:00:00Z') },
];
