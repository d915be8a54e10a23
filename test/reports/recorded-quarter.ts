// Here lives the made-up quarter as tests of reports find it: recorded in a database, projected, and folded by the core.
import pg from 'pg';
import { openDatabase } from '../../src/db/index.js';
import { joinRows, writeRows } from '../../src/db/recording.js';
import { rowsOf } from '../../src/db/projection.js';
import { canonicalJson } from '../../src/documents/index.js';
import { openTimeBetween, type Instant } from '../../src/domain/business-time/index.js';
import { contributionOf, type Contribution, type OpenTimeOn } from '../../src/domain/reports/index.js';
import type { Known, ReportQuery } from '../../src/reports/ports.js';
import { agreement, agreementText } from '../db/journeys.js';
import { open, type Opened } from '../db/opened.js';
import { sharedDatabase } from '../support/servers.js';
import { quarterFrom, quarterOf, quarterTo, windowsOf, type ToldLead } from './quarter.js';

/** `HANDOFF_REPORT_LEADS=20000` tells a whole quarter of a busy team, in minutes. */
const LEAD_COUNT = Number(process.env['HANDOFF_REPORT_LEADS'] ?? 1_500);
const WORKSPACE = 'default';

export interface RecordedQuarter {
  readonly opened: Opened;
  readonly leads: readonly ToldLead[];
  readonly contributions: readonly Contribution[];
  readonly known: Known;
  readonly query: ReportQuery;
}

/**
 * Told, recorded and projected once in a run of tests; each test file has a copy of its own.
 * @param toldBefore of the stories only what had happened before; absent: all
 */
export async function recordQuarter(leadCount = LEAD_COUNT, toldBefore?: Instant): Promise<RecordedQuarter> {
  const leads = [...quarterOf(leadCount)].flatMap((lead) => storyBefore(lead, toldBefore));
  const name = `quarter_of_${leadCount}${toldBefore === undefined ? '' : `_before_${toldBefore}`}`;
  const opened = open(await sharedDatabase(name, (url) => project(url, leads)));
  const contributions = leads.map(({ events }) =>
    contributionOf(events, { agreements: { [agreement.key]: agreement }, windowsOf }),
  );
  const query: ReportQuery = async <R>(text: string, values: readonly unknown[]) =>
    (await opened.sql.query(text, [...values])).rows as R[];
  const [watermark] = await query<{ recorded_at: Date }>('SELECT recorded_at FROM report_watermark', []);
  const known = { workspace: WORKSPACE, agreement: agreement.name, asOf: watermark!.recorded_at.getTime() };
  return { opened, leads, contributions, known, query };
}

function storyBefore({ leadId, events }: ToldLead, before = Number.POSITIVE_INFINITY): readonly ToldLead[] {
  const end = events.findIndex(({ at }) => at >= before);
  const told = end === -1 ? events : events.slice(0, end);
  return told.length === 0 ? [] : [{ leadId, events: told }];
}

/** Records the stories and makes what reports read of them, as of just after the last one. */
async function project(url: string, leads: readonly ToldLead[]): Promise<void> {
  const database = openDatabase(url, { workspace: WORKSPACE });
  const sql = new pg.Pool({ connectionString: url, max: 1 });
  await database.agreements.saveAgreement({ terms: agreement, text: agreementText, canonical: canonicalJson({}) });
  await record(sql, leads);
  await sql.query('ANALYZE');
  const { rows } = await sql.query<{ now: Date }>('SELECT clock_timestamp() AS now FROM pg_sleep(0.002)');
  await database.reportStore.projector(windowsOf).catchUp(rows[0]!.now.getTime());
  await sql.query('VACUUM (ANALYZE)');
  await Promise.all([sql.end(), database.close()]);
}

/** Writes many stories as intake and workflows would, only faster: 200 leads in one transaction. */
async function record(pool: pg.Pool, stories: readonly ToldLead[]): Promise<void> {
  for (let from = 0; from < stories.length; from += 200) {
    const rows = joinRows(stories.slice(from, from + 200).map(({ events }) => rowsOf(WORKSPACE, [], events)));
    const { routing_load: _loads, ...written } = rows;
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
