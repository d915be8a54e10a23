import {
  EPOCH_HOUR_OF_WEEK,
  HOURS_OF_WEEK,
  speedBins,
  type Asked,
  type HourTally,
  type SpeedAsked,
  type SpeedTally,
  type ZoneOffset,
} from '../domain/reports/index.js';
import { weekdays } from '../domain/business-time/civil-date.js';
import { partCounts, type Figure, type Figures, type Part } from './figures.js';
import { firstResponseFigures, inCohort, isAnswered, isCounted } from './first-response-query.js';
import { groupOf, knownRows, sqlEdges, Values } from './known-rows.js';
import type { Known, ReportAsked, ReportQuery, ReportSource } from './ports.js';

/** The part that counts a bin, by its place. */
export const binPart = (index: number): string => `bin-${index + 1}`;

function inBin(index: number): Part {
  const { untilMs } = speedBins[index]!;
  const afterMs = speedBins[index - 1]?.untilMs;
  const edges = [
    ...(afterMs === undefined ? [] : [`coalesce(response_used_ms, 0) > ${afterMs}`]),
    ...(Number.isFinite(untilMs) ? [`coalesce(response_used_ms, 0) <= ${untilMs}`] : []),
  ];
  return inCohort([isCounted, isAnswered, ...edges].join(' AND '));
}

/** What counts first answers by how fast they came, and lists their leads. */
export const speedFigures = {
  ...firstResponseFigures,
  speed: {
    rows: 'lead',
    parts: {
      cohort: inCohort('true'),
      ...(Object.fromEntries(speedBins.map((_, index) => [binPart(index), inBin(index)])) as Record<string, Part>),
      unanswered: inCohort(`${isCounted} AND NOT (${isAnswered})`),
      'left-out': inCohort(`NOT (${isCounted})`),
    },
  },
} satisfies Figures;

/** The part that counts an hour of the week, from 0 on Monday's first: `tue-09`. */
export const hourPart = (hourOfWeek: number): string =>
  `${weekdays[Math.floor(hourOfWeek / 24)]!}-${String(hourOfWeek % 24).padStart(2, '0')}`;

const hourFigure = (offsets: readonly ZoneOffset[]): Figure => ({
  rows: 'lead',
  parts: Object.fromEntries(
    Array.from({ length: HOURS_OF_WEEK }, (_, hour) => [
      hourPart(hour),
      inCohort(`${hourOfWeek('handed_off_at', offsets)} = ${hour}`),
    ]),
  ),
});

/** The same with the hours of the week, which only the agreement's zone knows. */
export const speedFiguresIn = (
  { offsetsOf }: Pick<ReportSource, 'offsetsOf'>,
  { governance, period }: Pick<ReportAsked, 'governance' | 'period'>,
): Figures => ({ ...speedFigures, hours: hourFigure(offsetsOf(governance.timeZone, period.from, period.to)) });

type Row = Readonly<Record<string, string>> & { readonly group: string };

/** Puts first answers into bins by SQL; gives what `tallySpeed` would give over the same leads. */
export async function querySpeed(
  query: ReportQuery,
  known: Known,
  asked: SpeedAsked,
): Promise<Readonly<Record<string, SpeedTally>>> {
  const values = new Values();
  const where = knownRows(values, known, asked.filter);
  const edges = sqlEdges(values, asked, known.asOf);
  const { parts } = speedFigures.speed;
  const rows = await query<Row>(
    `SELECT ${groupOf(asked.by)} AS "group", ${partCounts(parts, edges)}
      FROM report_lead WHERE ${where} AND ${parts.cohort(edges)} GROUP BY 1`,
    values.list,
  );
  return Object.fromEntries(rows.map((row) => [row.group, tallyOf(row)]));
}

const tallyOf = (row: Row): SpeedTally => ({
  leadCount: Number(row['cohort']),
  binCounts: Object.fromEntries(
    speedBins.map(({ bin }, index) => [bin, Number(row[binPart(index)])]),
  ) as SpeedTally['binCounts'],
  unansweredCount: Number(row['unanswered']),
  leftOutCount: Number(row['left-out']),
});

interface HourRow {
  readonly hour: number;
  readonly leads: string;
  /** Infinity: not reached. */
  readonly median: number;
}

/** Counts by hour of the week by SQL; gives what `tallyHours` would give over the same leads. */
export async function queryHours(
  query: ReportQuery,
  known: Known,
  asked: Omit<Asked, 'by'>,
  offsets: readonly ZoneOffset[],
): Promise<readonly HourTally[]> {
  const values = new Values();
  const where = knownRows(values, known, asked.filter);
  const cohort = speedFigures.speed.parts.cohort(sqlEdges(values, asked, known.asOf));
  const rows = await query<HourRow>(
    `SELECT ${hourOfWeek('handed_off_at', offsets)} AS hour, count(*) AS leads,
      percentile_disc(0.5) WITHIN GROUP
        (ORDER BY CASE WHEN ${isAnswered} THEN coalesce(response_used_ms, 0)::float8 ELSE 'Infinity' END) AS median
    FROM report_lead WHERE ${where} AND ${cohort} GROUP BY 1 ORDER BY 1`,
    values.list,
  );
  return rows.map(({ hour, leads, median }) => ({
    hourOfWeek: hour,
    leadCount: Number(leads),
    medianMs: Number.isFinite(median) ? median : 'not-reached',
  }));
}

/** The zone's clocks are those of the pinned release, handed in, and never those of the database. */
function hourOfWeek(at: string, offsets: readonly ZoneOffset[]): string {
  const ms = `extract(epoch FROM ${at}) * 1000`;
  const [first, ...others] = offsets;
  const cases = others.toReversed().map(({ from, offsetMs }) => `WHEN ${ms} >= ${from} THEN ${offsetMs}`);
  const offset = cases.length === 0 ? String(first!.offsetMs) : `CASE ${cases.join(' ')} ELSE ${first!.offsetMs} END`;
  return `((floor((${ms} + ${offset}) / 3600000)::bigint + ${EPOCH_HOUR_OF_WEEK}) % ${HOURS_OF_WEEK})::int`;
}
