import type { Instant } from '../domain/business-time/index.js';
import type { ShareTally } from '../domain/reports/index.js';
import { inPeriod, type Figures, type Part } from './figures.js';
import { knownRows, sqlEdges, Values, type Span } from './known-rows.js';
import type { Known, ReportQuery } from './ports.js';

/** Counts weeks with a word of sales by SQL; gives what `tallyWeeklyFeedback` would give over the same reviews. */
export async function queryWeeklyFeedback(query: ReportQuery, known: Known, { from, to }: Span): Promise<ShareTally> {
  const { values, asOf, where } = ofAgreement(known);
  const edges = sqlEdges(values, { from, to }, known.asOf);
  const [row] = await query<{ numerator: string; denominator: string }>(
    `SELECT count(*) AS denominator, count(*) FILTER (WHERE EXISTS (
        SELECT FROM review_event AS event WHERE event.workspace = review.workspace AND event.review_id = review.id
          AND event.type = 'word-given' AND event.recorded_at <= ${asOf})) AS numerator
      FROM review WHERE ${where} AND kind = 'weekly' AND period_to > ${edges.from} AND period_to <= ${edges.to}`,
    values.list,
  );
  return { numerator: Number(row?.numerator), denominator: Number(row?.denominator), leftOut: {} };
}

/** What somebody of sales said of the leads' quality, in a review. */
export interface SalesWord {
  readonly review: string;
  readonly by: string;
  readonly at: Instant;
  readonly text: string;
}

/** The words that were given in `[from, to)`, the oldest first. */
export async function querySalesWords(
  query: ReportQuery,
  known: Known,
  { from, to }: Span,
): Promise<readonly SalesWord[]> {
  const { values, asOf, where } = ofAgreement(known);
  const edges = sqlEdges(values, { from, to }, known.asOf);
  const rows = await query<Omit<SalesWord, 'at'> & { readonly at: Date }>(
    `SELECT review.id AS review, event."by", event.at, event.detail ->> 'text' AS text
      FROM review JOIN review_event AS event ON event.workspace = review.workspace AND event.review_id = review.id
      WHERE ${where} AND event.type = 'word-given' AND event.recorded_at <= ${asOf}
        AND event.at >= ${edges.from} AND event.at < ${edges.to}
      ORDER BY event.at, review.id, event.seq`,
    values.list,
  );
  return rows.map(({ at, ...word }) => ({ ...word, at: at.getTime() }));
}

/** Reviews of the agreement that were known as of the report. */
function ofAgreement({ workspace, agreement, asOf }: Known) {
  const values = new Values();
  const at = `${values.add(new Date(asOf).toISOString())}::timestamptz`;
  const where = [
    `review.workspace = ${values.add(workspace)}`,
    `review.agreement_name = ${values.add(agreement)}`,
    `review.recorded_at <= ${at}`,
  ];
  return { values, asOf: at, where: where.join(' AND ') };
}

/** Leads that sales disqualified in the period for one reason, and how many of them with notes. */
export interface ReasonCount {
  readonly cause: 'rejected' | 'disposed';
  readonly reason: string | null;
  readonly count: number;
  readonly withNotesCount: number;
}

const causes = ['rejected', 'disposed'] as const;

/** The part that counts those with notes. */
export const withNotesPart = (cause: ReasonCount['cause']): string => `${cause}-with-notes`;

const disqualifiedBy = (cause: ReasonCount['cause'], condition: string): Part =>
  inPeriod('outcome_at', `outcome = 'disqualified' AND outcome_cause = '${cause}' AND ${condition}`);

/** Whom sales disqualified, as numbers with lists behind them. */
export const disqualifiedFigures: Figures = {
  disqualified: {
    rows: 'cycle',
    parts: Object.fromEntries(
      causes.flatMap((cause) => [
        [cause, disqualifiedBy(cause, 'true')],
        [withNotesPart(cause), disqualifiedBy(cause, 'has_notes')],
      ]),
    ),
  },
};

/** Outcomes of the period by which sales disqualified a lead, by reason; the most frequent first. */
export async function queryDisqualified(
  query: ReportQuery,
  known: Known,
  asked: Span & { readonly filter: Parameters<typeof knownRows>[2] },
): Promise<readonly ReasonCount[]> {
  const values = new Values();
  const where = knownRows(values, known, asked.filter);
  const isIn = inPeriod('outcome_at', `outcome = 'disqualified' AND outcome_cause IN ('rejected', 'disposed')`);
  const rows = await query<{ cause: ReasonCount['cause']; reason: string | null; count: string; noted: string }>(
    `SELECT outcome_cause AS cause, reason, count(*) AS count, count(*) FILTER (WHERE has_notes) AS noted
      FROM report_cycle WHERE ${where} AND ${isIn(sqlEdges(values, asked, known.asOf))}
      GROUP BY 1, 2 ORDER BY count(*) DESC, 1, 2`,
    values.list,
  );
  return rows.map(({ cause, reason, count, noted }) => ({
    cause,
    reason,
    count: Number(count),
    withNotesCount: Number(noted),
  }));
}
