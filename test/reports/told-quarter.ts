// Here lives the made-up quarter as reports meet it: told, recorded and projected into a real database, and folded by the
// core. Each test file about figures compares its own; what is compared stands there.
import type pg from 'pg';
import { joinRows, writeRows } from '../../src/db/recording.js';
import { rowsOf } from '../../src/db/projection.js';
import { canonicalJson } from '../../src/documents/index.js';
import { contributionOf, type Contribution } from '../../src/domain/reports/index.js';
import type { Known, ReportQuery } from '../../src/reports/ports.js';
import { agreement, agreementText } from '../db/journeys.js';
import { openFresh, type Opened } from '../db/opened.js';
import { quarterFrom, quarterOf, quarterTo, windowsOf, type ToldLead } from './quarter.js';

/** `HANDOFF_REPORT_LEADS=20000` tells a whole quarter of a busy team, in minutes. */
const LEAD_COUNT = Number(process.env['HANDOFF_REPORT_LEADS'] ?? 1_500);
const WORKSPACE = 'default';

/** Telling a whole quarter takes its time. */
export const TELLING_MS_MAX = 900_000;

export interface ToldQuarter {
  readonly opened: Opened;
  readonly leads: readonly ToldLead[];
  readonly contributions: readonly Contribution[];
  readonly known: Known;
  readonly query: ReportQuery;
}

/** A fresh database in which the whole quarter has been recorded and projected. */
export async function tellQuarter(): Promise<ToldQuarter> {
  const opened = await openFresh();
  const leads = [...quarterOf(LEAD_COUNT)];
  const contributions = leads.map(({ events }) =>
    contributionOf(events, { agreements: { [agreement.key]: agreement }, windowsOf }),
  );
  await opened.database.agreements.saveAgreement({
    terms: agreement,
    text: agreementText,
    canonical: canonicalJson({}),
  });
  await record(opened.sql, leads);
  const { rows } = await opened.sql.query<{ now: Date }>('SELECT clock_timestamp() AS now FROM pg_sleep(0.002)');
  const known: Known = { workspace: WORKSPACE, agreement: agreement.name, asOf: rows[0]!.now.getTime() };
  await opened.database.reportStore.projector(windowsOf).catchUp(known.asOf);
  const query: ReportQuery = async <R>(text: string, values: readonly unknown[]) =>
    (await opened.sql.query(text, [...values])).rows as R[];
  return { opened, leads, contributions, known, query };
}

/** Writes many stories as intake and workflows would, only faster: 200 leads in one transaction. */
async function record(pool: pg.Pool, stories: readonly ToldLead[]): Promise<void> {
  for (let from = 0; from < stories.length; from += 200) {
    const rows = joinRows(stories.slice(from, from + 200).map(({ events }) => rowsOf(WORKSPACE, [], events)));
    const { routing_load: _loads, ...written } = rows;
    await writeRows(pool, WORKSPACE, written);
  }
}

export const periods = [
  { label: 'the quarter', from: quarterFrom, to: quarterTo },
  { label: 'a month', from: Date.parse('2026-11-01T04:00:00Z'), to: Date.parse('2026-12-01T05:00:00Z') },
  { label: 'a week', from: Date.parse('2026-11-23T05:00:00Z'), to: Date.parse('2026-11-30T05:00:00Z') },
  { label: 'a time without leads', from: Date.parse('2025-01-01T05:00:00Z'), to: Date.parse('2025-02-01T05:00:00Z') },
];
