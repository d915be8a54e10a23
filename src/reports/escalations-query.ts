import type { Asked, EscalationTally } from '../domain/reports/index.js';
import { groupOf, knownRows, Values } from './known-rows.js';
import type { Known, ReportQuery } from './ports.js';
import { distributionIn, spreadOf, type Spread } from './spread.js';

type Row = Pick<EscalationTally, 'commitment' | 'kind' | 'step' | 'group'> & {
  readonly fired: string;
  readonly told: string;
  readonly skipped: string;
  readonly shadow: string;
  readonly acknowledged: string;
  readonly moved: string;
  readonly unmoved: string;
  readonly answer: Spread;
};

/** Counts warnings and tiers by SQL; gives what `tallyEscalations` would give over the same leads, in order. */
export async function queryEscalations(
  query: ReportQuery,
  known: Known,
  { from, to, filter, by }: Asked,
): Promise<readonly EscalationTally[]> {
  const values = new Values();
  const where = knownRows(values, known, filter);
  const rows = await query<Row>(
    `SELECT clock AS commitment, kind, step, ${groupOf(by)} AS "group", count(*) AS fired,
      count(*) FILTER (WHERE told_count > 0) AS told,
      count(*) FILTER (WHERE is_skipped) AS skipped,
      count(*) FILTER (WHERE is_shadow) AS shadow,
      count(*) FILTER (WHERE is_acknowledged) AS acknowledged,
      count(*) FILTER (WHERE is_moved) AS moved,
      count(*) FILTER (WHERE NOT is_moved) AS unmoved,
      ${spreadOf('answered_ms')} AS answer
    FROM report_escalation
    WHERE ${where} AND fired_at >= ${values.addInstant(from)} AND fired_at < ${values.addInstant(to)}
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2 DESC, 3, 4`,
    values.list,
  );
  return rows.map(tallyOf);
}

const tallyOf = ({ commitment, kind, step, group, answer, ...counts }: Row): EscalationTally => ({
  commitment,
  kind,
  step,
  group,
  firedCount: Number(counts.fired),
  toldCount: Number(counts.told),
  skippedCount: Number(counts.skipped),
  shadowCount: Number(counts.shadow),
  acknowledgedCount: Number(counts.acknowledged),
  movedCount: Number(counts.moved),
  unmovedCount: Number(counts.unmoved),
  answer: distributionIn(answer),
});
