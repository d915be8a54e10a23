import type { DurationMs, Instant } from '../domain/business-time/index.js';
import {
  emptyCompliance,
  type Compliance,
  type ComplianceAsked,
  type ComplianceTally,
  type ShareTally,
} from '../domain/reports/index.js';
import { areSidesTallied, areTallied, talliedClocks, talliedSides, type TallyName } from './clock-tallies.js';
import { anyOf, inPeriod, isIn, rowsOf, type Figures, type Part } from './figures.js';
import { sqlEdges, groupOf, knownRows, Values } from './known-rows.js';
import type { Known, ReportQuery } from './ports.js';
import { distributionIn, spreadSql, type SpreadRow } from './spread-sql.js';

interface Row {
  readonly commitment: string;
  readonly group: string;
  readonly met: string;
  readonly breached: string;
  readonly corrected: string;
  readonly 'met-though-paused': string;
  readonly pending: string;
  readonly paused: string;
  readonly started: string;
  readonly 'started-and-decided': string;
}

interface TimesRow {
  readonly commitment: string;
  readonly group: string;
  readonly used: SpreadRow;
  readonly overshoot: SpreadRow;
  readonly overshoot_worst: string | null;
}

interface CancelledRow {
  readonly commitment: string;
  readonly group: string;
  readonly cause: string;
  readonly count: string;
}

const startedBeforeEnd = (verdict: string): Part => {
  return ({ to }) => `verdict = '${verdict}' AND started_at < ${to}`;
};

/** What is counted of the clocks of a commitment. */
const clockParts = {
  met: inPeriod('decided_at', `verdict = 'met'`),
  breached: inPeriod('decided_at', `verdict = 'breached'`),
  decided: inPeriod('decided_at'),
  corrected: inPeriod('decided_at', `verdict = 'met' AND is_corrected`),
  'met-though-paused': inPeriod('decided_at', `verdict = 'met' AND was_paused`),
  late: inPeriod('decided_at', `verdict = 'breached' AND overshoot_ms IS NOT NULL`),
  cancelled: inPeriod('used_until', 'cancelled_by IS NOT NULL'),
  pending: startedBeforeEnd('pending'),
  paused: startedBeforeEnd('paused'),
  'left-out': anyOf(
    inPeriod('used_until', 'cancelled_by IS NOT NULL'),
    startedBeforeEnd('pending'),
    startedBeforeEnd('paused'),
  ),
  started: inPeriod('started_at'),
  'started-and-decided': inPeriod('started_at', 'decided_at IS NOT NULL'),
} as const satisfies Record<string, Part>;

const tallied = [
  'met',
  'breached',
  'corrected',
  'met-though-paused',
  'pending',
  'paused',
  'started',
  'started-and-decided',
] as const satisfies readonly (keyof typeof clockParts)[];

/** Cycles of leads in which a side had a verdict. */
const cycleParts = {
  kept: () => 'NOT is_broken',
  broken: () => 'is_broken',
  decided: () => 'true',
} as const satisfies Record<string, Part>;

export const complianceFigures: Figures = {
  compliance: { rows: 'clock', parts: clockParts },
  'sla-compliance': { rows: 'lead-cycle', parts: cycleParts },
};

/** Counts every clock's verdict by SQL; gives what `tallyCompliance` would give over the same leads. */
export async function queryCompliance(query: ReportQuery, known: Known, asked: ComplianceAsked): Promise<Compliance> {
  const [counts, times] = await Promise.all([
    queryComplianceCounts(query, known, asked),
    queryTimes(query, known, asked),
  ]);
  const commitments: Record<string, Record<string, ComplianceTally>> = {};
  for (const [commitment, groups] of Object.entries(counts)) {
    for (const [group, tally] of Object.entries(groups)) {
      const row = times.find((one) => one.commitment === commitment && one.group === group);
      (commitments[commitment] ??= {})[group] = { ...tally, ...(row && timesOf(row)) };
    }
  }
  return commitments;
}

const timesOf = ({ used, overshoot, overshoot_worst: worst }: TimesRow) => ({
  used: distributionIn(used),
  overshoot: distributionIn(overshoot),
  overshootWorstMs: worst === null ? null : Number(worst),
});

/** The same without times: for those, each clock has to be looked at. */
export async function queryComplianceCounts(
  query: ReportQuery,
  known: Known,
  asked: ComplianceAsked,
): Promise<Compliance> {
  const [rows, cancelled] = await Promise.all([
    queryVerdicts(query, known, asked),
    queryCancelled(query, known, asked),
  ]);
  const commitments: Record<string, Record<string, ComplianceTally>> = {};
  for (const row of rows) {
    const causes = cancelled.filter(({ commitment, group }) => commitment === row.commitment && group === row.group);
    (commitments[row.commitment] ??= {})[row.group] = tallyOf(row, causes);
  }
  return commitments;
}

const tallyOf = (row: Row, causes: readonly CancelledRow[]): ComplianceTally => ({
  met: Number(row.met),
  breached: Number(row.breached),
  corrected: Number(row.corrected),
  metThoughPaused: Number(row['met-though-paused']),
  cancelled: Object.fromEntries(causes.map(({ cause, count }) => [cause, Number(count)])),
  pending: Number(row.pending),
  paused: Number(row.paused),
  started: Number(row.started),
  startedAndDecided: Number(row['started-and-decided']),
  used: emptyCompliance.used,
  overshoot: emptyCompliance.overshoot,
  overshootWorstMs: null,
});

/** The clocks that are counted, and how many there are of a row: of single clocks, or of days where those can tell. */
function countedClocks(
  values: Values,
  known: Known,
  { filter, by, from, to }: ComplianceAsked,
  wanted?: readonly TallyName[],
) {
  if (areTallied(filter, by))
    return { from: talliedClocks(values, known, filter, { from, to }, wanted), weight: 'weight' };
  return { from: `(SELECT * FROM report_clock WHERE ${knownRows(values, known, filter)}) AS known`, weight: '1' };
}

/** Groups in which there is no clock at all are left out. */
function queryVerdicts(query: ReportQuery, known: Known, asked: ComplianceAsked): Promise<readonly Row[]> {
  const values = new Values();
  const { from, weight } = countedClocks(values, known, asked);
  const edges = sqlEdges(values, asked, known.asOf);
  const count = (part: keyof typeof clockParts): string =>
    `coalesce(sum(${weight}) FILTER (WHERE ${clockParts[part](edges)}), 0) AS "${part}"`;
  return query<Row>(
    `SELECT clock AS commitment, ${groupOf(asked.by)} AS "group", ${tallied.map(count).join(',\n')}
    FROM ${from} GROUP BY 1, 2 HAVING sum(${weight}) > 0`,
    values.list,
  );
}

function queryCancelled(query: ReportQuery, known: Known, asked: ComplianceAsked): Promise<readonly CancelledRow[]> {
  const values = new Values();
  const { from, weight } = countedClocks(values, known, asked, ['cancelled']);
  const edges = sqlEdges(values, asked, known.asOf);
  return query<CancelledRow>(
    `SELECT clock AS commitment, ${groupOf(asked.by)} AS "group", cancelled_by AS cause, sum(${weight}) AS count
      FROM ${from} WHERE ${clockParts.cancelled(edges)} GROUP BY 1, 2, 3 HAVING sum(${weight}) > 0`,
    values.list,
  );
}

function queryTimes(query: ReportQuery, known: Known, asked: ComplianceAsked): Promise<readonly TimesRow[]> {
  const values = new Values();
  const where = knownRows(values, known, asked.filter);
  const edges = sqlEdges(values, asked, known.asOf);
  return query<TimesRow>(
    `SELECT clock AS commitment, ${groupOf(asked.by)} AS "group",
      ${spreadSql('used_ms', `verdict = 'met'`)} AS used, ${spreadSql('overshoot_ms', `verdict = 'breached'`)} AS overshoot,
      max(overshoot_ms) FILTER (WHERE verdict = 'breached') AS overshoot_worst
    FROM report_clock WHERE ${where} AND ${clockParts.decided(edges)} GROUP BY 1, 2`,
    values.list,
  );
}

/** Lead-cycles of a party with a verdict in the period, and those of them without a breach, by SQL. */
export async function queryParties(
  query: ReportQuery,
  known: Known,
  asked: Pick<ComplianceAsked, 'from' | 'to' | 'filter'>,
): Promise<Readonly<Record<string, ShareTally>>> {
  const rows = await (areSidesTallied(asked.filter) ? querySides : queryCycles)(query, known, asked);
  return Object.fromEntries(
    rows.map(({ party, numerator, denominator }) => [
      party,
      { numerator: Number(numerator), denominator: Number(denominator), leftOut: {} },
    ]),
  );
}

type Period = Pick<ComplianceAsked, 'from' | 'to' | 'filter'>;

interface SideRow {
  readonly party: string;
  readonly numerator: string;
  readonly denominator: string;
}

/** A cycle counts by its first verdict in the period, and is broken by its first miss. */
function querySides(query: ReportQuery, known: Known, asked: Period): Promise<readonly SideRow[]> {
  const values = new Values();
  const rows = talliedSides(values, known, asked.filter, asked);
  const edges = sqlEdges(values, asked, known.asOf);
  const first = (tally: string): string =>
    `coalesce(sum(weight) FILTER (WHERE tally = '${tally}' AND ${isIn('at', edges)}
      AND (before_at IS NULL OR before_at < ${edges.from})), 0)`;
  return query<SideRow>(
    `SELECT * FROM (SELECT party, ${first('verdict-of-side')} - ${first('miss-of-side')} AS numerator,
        ${first('verdict-of-side')} AS denominator FROM ${rows} GROUP BY 1) AS side WHERE denominator > 0`,
    values.list,
  );
}

/** With a filter that only some clocks of a cycle pass, cycles have to be looked at one by one. */
function queryCycles(query: ReportQuery, known: Known, asked: Period): Promise<readonly SideRow[]> {
  const values = new Values();
  const edges = sqlEdges(values, asked, known.asOf);
  return query<SideRow>(
    `SELECT party, count(*) FILTER (WHERE ${cycleParts.kept()}) AS numerator, count(*) AS denominator
      FROM ${rowsOf(values, 'lead-cycle', known, asked.filter, edges)} GROUP BY 1`,
    values.list,
  );
}

/** A breach that was made good, as late as few others. */
export interface LateAnswer {
  readonly leadId: string;
  readonly cycle: number;
  readonly clock: string;
  readonly n: number;
  readonly owner: string | null;
  readonly dueAt: Instant;
  readonly completedAt: Instant;
  readonly overshootMs: DurationMs;
}

/** The breaches of the period that were made good the latest, the worst first. */
export async function queryLatest(
  query: ReportQuery,
  known: Known,
  asked: Pick<ComplianceAsked, 'from' | 'to' | 'filter'>,
  countMax: number,
): Promise<readonly LateAnswer[]> {
  const values = new Values();
  const where = knownRows(values, known, asked.filter);
  const edges = sqlEdges(values, asked, known.asOf);
  const rows = await query<Omit<LateAnswer, 'dueAt' | 'completedAt' | 'overshootMs'> & LateRow>(
    `SELECT lead_id AS "leadId", cycle, clock, n, owner, due_at, completed_at, overshoot_ms FROM report_clock
      WHERE ${where} AND ${clockParts.late(edges)}
      ORDER BY overshoot_ms DESC, lead_id, cycle, clock, n LIMIT ${countMax}`,
    values.list,
  );
  return rows.map(({ due_at: dueAt, completed_at: completedAt, overshoot_ms: overshootMs, ...row }) => ({
    ...row,
    dueAt: dueAt.getTime(),
    completedAt: completedAt.getTime(),
    overshootMs: Number(overshootMs),
  }));
}

interface LateRow {
  readonly due_at: Date;
  readonly completed_at: Date;
  readonly overshoot_ms: string;
}

/** Of how many leads each person had a verdict in the period. */
export async function queryLeadCounts(
  query: ReportQuery,
  known: Known,
  asked: Pick<ComplianceAsked, 'from' | 'to' | 'filter'>,
): Promise<Readonly<Record<string, number>>> {
  const values = new Values();
  const where = knownRows(values, known, asked.filter);
  const edges = sqlEdges(values, asked, known.asOf);
  const rows = await query<{ owner: string; count: string }>(
    `SELECT ${groupOf('owner')} AS owner, count(DISTINCT lead_id) AS count FROM report_clock
      WHERE ${where} AND ${clockParts.decided(edges)} GROUP BY 1`,
    values.list,
  );
  return Object.fromEntries(rows.map(({ owner, count }) => [owner, Number(count)]));
}
