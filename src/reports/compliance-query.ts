import type {
  Compliance,
  ComplianceAsked,
  ComplianceTally,
  Distribution,
  ShareTally,
} from '../domain/reports/index.js';
import { groupOf, knownRows, Values } from './known-rows.js';
import type { Known, ReportQuery } from './ports.js';

interface Row {
  readonly commitment: string;
  readonly group: string;
  readonly met: string;
  readonly breached: string;
  readonly corrected: string;
  readonly met_though_paused: string;
  readonly pending: string;
  readonly paused: string;
  readonly started: string;
  readonly started_and_decided: string;
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
  metThoughPaused: Number(row.met_though_paused),
  cancelled: Object.fromEntries(causes.map(({ cause, count }) => [cause, Number(count)])),
  pending: Number(row.pending),
  paused: Number(row.paused),
  started: Number(row.started),
  startedAndDecided: Number(row.started_and_decided),
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
  const [from, to] = edges(values, asked);
  const isIn = (at: string): string => `${at} >= ${from} AND ${at} < ${to}`;
  const isMet = `verdict = 'met' AND ${isIn('decided_at')}`;
  const isBreached = `verdict = 'breached' AND ${isIn('decided_at')}`;
  const spread = (column: string, condition: string): string =>
    `json_build_object('count', count(${column}) FILTER (WHERE ${condition}),
      'ranks', percentile_disc('{0.5,0.9,0.95}'::float8[]) WITHIN GROUP (ORDER BY ${column}) FILTER (WHERE ${condition}))`;
  return query<Row>(
    `SELECT clock AS commitment, ${groupOf(asked.by)} AS "group",
      count(*) FILTER (WHERE ${isMet}) AS met,
      count(*) FILTER (WHERE ${isBreached}) AS breached,
      count(*) FILTER (WHERE ${isMet} AND is_corrected) AS corrected,
      count(*) FILTER (WHERE ${isMet} AND was_paused) AS met_though_paused,
      count(*) FILTER (WHERE verdict = 'pending' AND started_at < ${to}) AS pending,
      count(*) FILTER (WHERE verdict = 'paused' AND started_at < ${to}) AS paused,
      count(*) FILTER (WHERE ${isIn('started_at')}) AS started,
      count(*) FILTER (WHERE ${isIn('started_at')} AND decided_at IS NOT NULL) AS started_and_decided,
      ${spread('used_ms', isMet)} AS used,
      ${spread('overshoot_ms', isBreached)} AS overshoot
    FROM report_clock WHERE ${where} GROUP BY 1, 2`,
    values.list,
  );
}

function queryCancelled(query: ReportQuery, known: Known, asked: ComplianceAsked): Promise<readonly CancelledRow[]> {
  const values = new Values();
  const where = knownRows(values, known, asked.filter);
  const [from, to] = edges(values, asked);
  return query<CancelledRow>(
    `SELECT clock AS commitment, ${groupOf(asked.by)} AS "group", cancelled_by AS cause, count(*) AS count
      FROM report_clock
      WHERE ${where} AND cancelled_by IS NOT NULL AND used_until >= ${from} AND used_until < ${to} GROUP BY 1, 2, 3`,
    values.list,
  );
}

const edges = (values: Values, { from, to }: ComplianceAsked): readonly [string, string] => [
  `${values.add(new Date(from).toISOString())}::timestamptz`,
  `${values.add(new Date(to).toISOString())}::timestamptz`,
];

/** Lead-cycles of a party with a verdict in the period, and those of them without a breach, by SQL. */
export async function queryParties(
  query: ReportQuery,
  known: Known,
  asked: Pick<ComplianceAsked, 'from' | 'to' | 'filter'>,
): Promise<Readonly<Record<string, ShareTally>>> {
  const values = new Values();
  const where = knownRows(values, known, asked.filter);
  const [from, to] = edges(values, asked);
  const rows = await query<{ party: string; numerator: string; denominator: string }>(
    `SELECT party, count(*) FILTER (WHERE NOT is_broken) AS numerator, count(*) AS denominator
      FROM (SELECT party, lead_id, cycle, bool_or(verdict = 'breached') AS is_broken FROM report_clock
        WHERE ${where} AND decided_at >= ${from} AND decided_at < ${to} GROUP BY 1, 2, 3) AS lead_cycle GROUP BY 1`,
    values.list,
  );
  return Object.fromEntries(
    rows.map(({ party, numerator, denominator }) => [
      party,
      { numerator: Number(numerator), denominator: Number(denominator), leftOut: {} },
    ]),
  );
}
