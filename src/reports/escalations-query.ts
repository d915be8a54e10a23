import type { Asked, EscalationTally } from '../domain/reports/index.js';
import { inPeriod, isIn, partCounts, type Figures } from './figures.js';
import { groupOf, knownRows, sqlEdges, Values } from './known-rows.js';
import type { Known, ReportQuery } from './ports.js';
import { distributionIn, spreadSql, type SpreadRow } from './spread-sql.js';

type Row = Pick<EscalationTally, 'commitment' | 'kind' | 'step' | 'group'> &
  Readonly<Record<keyof (typeof escalationFigures)['escalations']['parts'], string>> & { readonly answer: SpreadRow };

const fired = (condition?: string) => inPeriod('fired_at', condition);

/** What counts warnings and tiers, and lists them. */
export const escalationFigures = {
  escalations: {
    rows: 'escalation',
    parts: {
      fired: fired(),
      told: fired('told_count > 0'),
      skipped: fired('is_skipped'),
      shadow: fired('is_shadow'),
      acknowledged: fired('is_acknowledged'),
      moved: fired('is_moved'),
      unmoved: fired('NOT is_moved'),
      answered: fired('answered_ms IS NOT NULL'),
    },
  },
} as const satisfies Figures;

/** Counts warnings and tiers by SQL; gives what `tallyEscalations` would give over the same leads, in order. */
export async function queryEscalations(
  query: ReportQuery,
  known: Known,
  asked: Asked,
): Promise<readonly EscalationTally[]> {
  const values = new Values();
  const where = knownRows(values, known, asked.filter);
  const edges = sqlEdges(values, asked, known.asOf);
  const rows = await query<Row>(
    `SELECT clock AS commitment, kind, step, ${groupOf(asked.by)} AS "group",
      ${partCounts(escalationFigures.escalations.parts, edges)}, ${spreadSql('answered_ms')} AS answer
    FROM report_escalation WHERE ${where} AND ${isIn('fired_at', edges)}
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
