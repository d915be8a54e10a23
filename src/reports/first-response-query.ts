import type { CalendarKey, DurationMs } from '../domain/business-time/index.js';
import type { Asked, PeriodsAsked, FirstResponseTally, OpenTimeOn } from '../domain/reports/index.js';
import { inPeriod, type Figures, type Part } from './figures.js';
import { groupOf, knownRows, placeSql, Values } from './known-rows.js';
import type { Known, ReportQuery } from './ports.js';

interface Row {
  readonly group: string;
  readonly lead_count: string;
  readonly answered_count: string;
  readonly answered_ms: string;
  readonly unanswered_count: string;
  readonly dispute_upheld: string;
  readonly rejected_untouched: string;
  /** Infinity: not reached. */
  readonly ranks: readonly [number, number];
  readonly waited_count: string;
  readonly waited_ms: string;
}

interface WaitingRow {
  readonly group: string;
  readonly used_ms: string | null;
  readonly used_until: Date;
  readonly runs_on: CalendarKey | null;
}

const upheld = 'dispute_upheld_at IS NOT NULL';
const rejected = `NOT (${upheld}) AND decision = 'rejected' AND touched_at IS NULL`;
/** Neither an upheld dispute nor rejected untouched. */
export const isCounted = `NOT (${upheld}) AND (decision IS DISTINCT FROM 'rejected' OR touched_at IS NOT NULL)`;
export const isAnswered = 'response_at IS NOT NULL';
const waited = 'acted_at IS NOT NULL AND touched_at IS NOT NULL';

const answeredSql = `count(*) FILTER (WHERE ${isCounted} AND ${isAnswered}) AS answered_count,
  coalesce(sum(response_used_ms) FILTER (WHERE ${isCounted} AND ${isAnswered}), 0) AS answered_ms,
  count(*) FILTER (WHERE ${isCounted} AND NOT ${isAnswered}) AS unanswered_count,
  count(*) FILTER (WHERE ${upheld}) AS dispute_upheld,
  count(*) FILTER (WHERE ${rejected}) AS rejected_untouched`;

/** Leads handed off in the period whose agreement promises a first response. */
export const inCohort = (condition: string): Part =>
  inPeriod('handed_off_at', `NOT is_excluded AND response IS NOT NULL AND ${condition}`);

/** First responses as numbers with lists behind them. */
export const firstResponseFigures: Figures = {
  'first-response': {
    rows: 'lead',
    parts: {
      cohort: inCohort('true'),
      answered: inCohort(`${isCounted} AND ${isAnswered}`),
      unanswered: inCohort(`${isCounted} AND NOT (${isAnswered})`),
      counted: inCohort(isCounted),
      'dispute-upheld': inCohort(upheld),
      'rejected-untouched': inCohort(rejected),
      'left-out': inCohort(`NOT (${isCounted} AND ${isAnswered})`),
      waited: inCohort(`${isCounted} AND ${isAnswered} AND ${waited}`),
    },
  },
};

/** Counts first responses by SQL; gives what `tallyFirstResponse` would give over the same leads. */
export async function queryFirstResponse(
  query: ReportQuery,
  known: Known,
  asked: Asked,
  openTimeOn: OpenTimeOn,
): Promise<Readonly<Record<string, FirstResponseTally>>> {
  const values = new Values();
  const cohort = cohortOf(values, known, asked);
  const [rows, waiting] = await Promise.all([
    query<Row>(
      `SELECT ${groupOf(asked.by)} AS "group", count(*) AS lead_count,
        ${answeredSql},
        percentile_disc('{0.5,0.9}'::float8[]) WITHIN GROUP
          (ORDER BY CASE WHEN ${isAnswered} THEN response_used_ms::float8 ELSE 'Infinity' END) AS ranks,
        count(*) FILTER (WHERE ${isCounted} AND ${isAnswered} AND ${waited}) AS waited_count,
        coalesce(sum(round(extract(epoch FROM touched_at - acted_at) * 1000))
          FILTER (WHERE ${isCounted} AND ${isAnswered} AND ${waited}), 0) AS waited_ms
      FROM report_lead WHERE ${cohort} GROUP BY 1`,
      values.list,
    ),
    query<WaitingRow>(
      `SELECT ${groupOf(asked.by)} AS "group", response_used_ms AS used_ms, response_used_until AS used_until,
          response_runs_on AS runs_on
        FROM report_lead WHERE ${cohort} AND ${isCounted} AND NOT ${isAnswered}`,
      values.list,
    ),
  ]);
  const waitedMs = sumWaiting(waiting, known.asOf, openTimeOn);
  return Object.fromEntries(rows.map((row) => [row.group, tallyOf(row, waitedMs.get(row.group) ?? 0)]));
}

/** What averages are made of, without what it takes open hours to know. */
export type AnsweredTally = Pick<FirstResponseTally, 'answeredCount' | 'answeredMs' | 'unansweredCount' | 'leftOut'>;

type AnsweredRow = Pick<
  Row,
  'answered_count' | 'answered_ms' | 'unanswered_count' | 'dispute_upheld' | 'rejected_untouched'
> & { readonly place: number };

/** Counts first answers over periods that follow one another; undefined where nobody was handed off. */
export async function queryAnsweredOver(
  query: ReportQuery,
  known: Known,
  { edges, filter }: PeriodsAsked,
): Promise<readonly (AnsweredTally | undefined)[]> {
  if (edges.length < 2) return [];
  const values = new Values();
  const cohort = cohortOf(values, known, { from: edges[0]!, to: edges.at(-1)!, filter });
  const rows = await query<AnsweredRow>(
    `SELECT ${placeSql(values, 'handed_off_at', edges)} AS place, ${answeredSql} FROM report_lead WHERE ${cohort} GROUP BY 1`,
    values.list,
  );
  const found = new Map(rows.map((row) => [row.place, answeredOf(row)]));
  return edges.slice(1).map((_, place) => found.get(place));
}

const answeredOf = (row: Omit<AnsweredRow, 'place'>): AnsweredTally => ({
  answeredCount: Number(row.answered_count),
  answeredMs: Number(row.answered_ms),
  unansweredCount: Number(row.unanswered_count),
  leftOut: Object.fromEntries(
    [
      ['dispute-upheld', Number(row.dispute_upheld)] as const,
      ['rejected-untouched', Number(row.rejected_untouched)] as const,
    ].filter(([, count]) => count > 0),
  ),
});

function cohortOf(values: Values, known: Known, { from, to, filter }: Asked): string {
  const where = knownRows(values, known, filter);
  const [first, last] = [from, to].map((at) => `${values.add(new Date(at).toISOString())}::timestamptz`);
  return `${where} AND NOT is_excluded AND response IS NOT NULL AND handed_off_at >= ${first} AND handed_off_at < ${last}`;
}

/** Open time is counted by the calendars of the agreement, not by the database. */
function sumWaiting(
  rows: readonly WaitingRow[],
  asOf: number,
  openTimeOn: OpenTimeOn,
): ReadonlyMap<string, DurationMs> {
  const sums = new Map<string, DurationMs>();
  for (const { group, used_ms: usedMs, used_until: usedUntil, runs_on: runsOn } of rows) {
    const from = usedUntil.getTime();
    const moreMs = runsOn === null || from >= asOf ? 0 : openTimeOn(runsOn, from, asOf);
    sums.set(group, (sums.get(group) ?? 0) + Number(usedMs ?? 0) + moreMs);
  }
  return sums;
}

function tallyOf(row: Row, unansweredMs: DurationMs): FirstResponseTally {
  const [medianMs, p90Ms] = row.ranks.map((ms) => (Number.isFinite(ms) ? ms : 'not-reached')) as [
    FirstResponseTally['medianMs'],
    FirstResponseTally['p90Ms'],
  ];
  return {
    leadCount: Number(row.lead_count),
    ...answeredOf(row),
    unansweredMs,
    medianMs,
    p90Ms,
    waitedCount: Number(row.waited_count),
    waitedMs: Number(row.waited_ms),
  };
}
