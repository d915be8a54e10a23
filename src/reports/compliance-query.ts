import type {
  Compliance,
  ComplianceAsked,
  ComplianceTally,
  Distribution,
  ShareTally,
} from '../domain/reports/index.js';
import { anyOf, inPeriod, rowsOf, type Figures, type Part } from './figures.js';
import { sqlEdges, groupOf, knownRows, Values } from './known-rows.js';
import type { Known, ReportQuery } from './ports.js';

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
  readonly used: Spread;
  readonly overshoot: Spread;
}

interface Spread {
  readonly count: number;
  readonly ranks: readonly [number, number, number] | null;
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
  used: distributionOf(row.used),
  overshoot: distributionOf(row.overshoot),
});

const distributionOf = ({ count, ranks }: Spread): Distribution => ({
  count,
  medianMs: ranks?.[0] ?? null,
  p90Ms: ranks?.[1] ?? null,
  p95Ms: ranks?.[2] ?? null,
});

function queryVerdicts(query: ReportQuery, known: Known, asked: ComplianceAsked): Promise<readonly Row[]> {
  const values = new Values();
  const where = knownRows(values, known, asked.filter);
  const edges = sqlEdges(values, asked, known.asOf);
  const count = (part: keyof typeof clockParts): string =>
    `count(*) FILTER (WHERE ${clockParts[part](edges)}) AS "${part}"`;
  const spread = (column: string, condition: string): string =>
    `json_build_object('count', count(${column}) FILTER (WHERE ${condition}),
      'ranks', percentile_disc('{0.5,0.9,0.95}'::float8[]) WITHIN GROUP (ORDER BY ${column}) FILTER (WHERE ${condition}))`;
  return query<Row>(
    `SELECT clock AS commitment, ${groupOf(asked.by)} AS "group",
      ${tallied.map(count).join(',\n')},
      ${spread('used_ms', clockParts.met(edges))} AS used,
      ${spread('overshoot_ms', clockParts.breached(edges))} AS overshoot
    FROM report_clock WHERE ${where} GROUP BY 1, 2`,
    values.list,
  );
}

function queryCancelled(query: ReportQuery, known: Known, asked: ComplianceAsked): Promise<readonly CancelledRow[]> {
  const values = new Values();
  const where = knownRows(values, known, asked.filter);
  const edges = sqlEdges(values, asked, known.asOf);
  return query<CancelledRow>(
    `SELECT clock AS commitment, ${groupOf(asked.by)} AS "group", cancelled_by AS cause, count(*) AS count
      FROM report_clock
      WHERE ${where} AND ${clockParts.cancelled(edges)} GROUP BY 1, 2, 3`,
    values.list,
  );
}

/** Lead-cycles of a party with a verdict in the period, and those of them without a breach, by SQL. */
export async function queryParties(
  query: ReportQuery,
  known: Known,
  asked: Pick<ComplianceAsked, 'from' | 'to' | 'filter'>,
): Promise<Readonly<Record<string, ShareTally>>> {
  const values = new Values();
  const edges = sqlEdges(values, asked, known.asOf);
  const rows = await query<{ party: string; numerator: string; denominator: string }>(
    `SELECT party, count(*) FILTER (WHERE ${cycleParts.kept()}) AS numerator, count(*) AS denominator
      FROM ${rowsOf(values, 'lead-cycle', known, asked.filter, edges)} GROUP BY 1`,
    values.list,
  );
  return Object.fromEntries(
    rows.map(({ party, numerator, denominator }) => [
      party,
      { numerator: Number(numerator), denominator: Number(denominator), leftOut: {} },
    ]),
  );
}
