import type { Instant } from '../domain/business-time/index.js';
import {
  correctionTurns,
  type CorrectionCause,
  type CorrectionsAsked,
  type CorrectionTally,
  type CorrectionTurn,
} from '../domain/reports/index.js';
import { anyOf, countParts, inPeriod, type Figures, type Part } from './figures.js';
import { knownRows, sqlEdges, Values } from './known-rows.js';
import type { Known, ReportQuery } from './ports.js';

const made = (condition?: string): Part => inPeriod('corrected_at', condition);

/** What counts corrections, and lists them. */
export const correctionFigures = {
  corrections: {
    rows: 'correction',
    parts: {
      made: made(),
      ...(Object.fromEntries(correctionTurns.map((turn) => [turn, made(`turn = '${turn}'`)])) as Record<
        CorrectionTurn,
        Part
      >),
      'of-period': inPeriod('judged_at'),
    },
  },
} as const satisfies Figures;

/** Counts corrections by SQL; gives what `tallyCorrections` would give over the same leads. */
export async function queryCorrections(
  query: ReportQuery,
  known: Known,
  asked: CorrectionsAsked,
): Promise<Readonly<Record<string, CorrectionTally>>> {
  const groups = await countParts(query, known, correctionFigures.corrections, asked);
  const counted = Object.entries(groups).map(([group, counts]) => [group, tallyOf(counts)] as const);
  return Object.fromEntries(counted.filter(([, { madeCount, ofPeriodCount }]) => madeCount + ofPeriodCount > 0));
}

const tallyOf = (counts: Readonly<Record<string, number>>): CorrectionTally => ({
  madeCount: counts['made']!,
  turnCounts: Object.fromEntries(correctionTurns.map((turn) => [turn, counts[turn]])) as CorrectionTally['turnCounts'],
  ofPeriodCount: counts['of-period']!,
});

/** A promise of which something else was said before, as a table names it. */
export interface Corrected {
  readonly leadId: string;
  readonly commitment: string;
  readonly n: number;
  readonly verdictBefore: string;
  readonly verdict: string;
  readonly wasDueAt: Instant | null;
  readonly dueAt: Instant | null;
  readonly judgedAt: Instant | null;
  readonly correctedAt: Instant;
  readonly cause: CorrectionCause;
  readonly reason: string | null;
  readonly actor: string | null;
}

type CorrectedRow = Pick<Corrected, 'commitment' | 'n' | 'verdict' | 'cause' | 'reason' | 'actor'> & {
  readonly lead_id: string;
  readonly verdict_before: string;
  readonly was_due_at: Date | null;
  readonly due_at: Date | null;
  readonly judged_at: Date | null;
  readonly corrected_at: Date;
};

/** Other verdicts first, then those that only moved; of either the last ones, made in the period or about it. */
export async function queryCorrected(
  query: ReportQuery,
  known: Known,
  { from, to, filter }: Pick<CorrectionsAsked, 'from' | 'to' | 'filter'>,
  countMax: number,
): Promise<readonly Corrected[]> {
  const values = new Values();
  const { parts } = correctionFigures.corrections;
  const where = knownRows(values, known, filter);
  const isLookedAt = anyOf(parts.made, parts['of-period'])(sqlEdges(values, { from, to }, known.asOf));
  const rows = await query<CorrectedRow>(
    `SELECT lead_id, clock AS commitment, n, verdict_before, verdict, was_due_at, due_at, judged_at, corrected_at,
        kind AS cause, reason, actor
      FROM report_correction WHERE ${where} AND (${isLookedAt})
      ORDER BY turn = 'moved', corrected_at DESC, lead_id, cycle, clock, n LIMIT ${values.add(countMax)}`,
    values.list,
  );
  return rows.map(({ commitment, n, verdict, cause, reason, actor, ...row }) => ({
    ...{ commitment, n, verdict, cause, reason, actor },
    leadId: row.lead_id,
    verdictBefore: row.verdict_before,
    wasDueAt: row.was_due_at?.getTime() ?? null,
    dueAt: row.due_at?.getTime() ?? null,
    judgedAt: row.judged_at?.getTime() ?? null,
    correctedAt: row.corrected_at.getTime(),
  }));
}
