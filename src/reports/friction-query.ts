import type { Instant } from '../domain/business-time/index.js';
import type { Asked, FrictionTally, LeadGrouping } from '../domain/reports/index.js';
import { inPeriod, partCounts, type Figures, type Part } from './figures.js';
import { groupOf, knownRows, sqlEdges, Values } from './known-rows.js';
import type { Known, ReportQuery } from './ports.js';

const disposed = (condition = 'true'): Part =>
  inPeriod('decided_at', `kind = 'disposition' AND NOT is_taken_back AND (${condition})`);

const NOTED = 'friction IS NOT NULL OR content_gap IS NOT NULL';

/** What counts notes of friction, and lists the dispositions behind. */
export const frictionFigures = {
  friction: {
    rows: 'decision',
    parts: {
      dispositions: disposed(),
      friction: disposed('friction IS NOT NULL'),
      'content-gap': disposed('content_gap IS NOT NULL'),
      noted: disposed(NOTED),
    },
  },
} as const satisfies Figures;

type Row = Pick<FrictionTally, 'reason' | 'route' | 'group'> &
  Readonly<Record<keyof (typeof frictionFigures)['friction']['parts'], string>>;

/** Counts notes of friction by SQL; gives what `tallyFriction` would give over the same leads, in order. */
export async function queryFriction(
  query: ReportQuery,
  known: Known,
  asked: Asked & { readonly by: LeadGrouping },
): Promise<readonly FrictionTally[]> {
  const values = new Values();
  const where = knownRows(values, known, asked.filter);
  const edges = sqlEdges(values, asked, known.asOf);
  const { parts } = frictionFigures.friction;
  const rows = await query<Row>(
    `SELECT coalesce(reason, route) AS reason, route, ${groupOf(asked.by)} AS "group", ${partCounts(parts, edges)}
    FROM report_decision WHERE ${where} AND ${parts.dispositions(edges)}
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    values.list,
  );
  return rows.map(({ reason, route, group, ...counts }) => ({
    reason,
    route,
    group,
    count: Number(counts.dispositions),
    frictionCount: Number(counts.friction),
    contentGapCount: Number(counts['content-gap']),
    notedCount: Number(counts.noted),
  }));
}

/** What one rep noted on one disposition, in their words. */
export interface FrictionNote {
  readonly leadId: string;
  readonly decidedAt: Instant;
  readonly reason: string;
  readonly source: string | null;
  readonly owner: string | null;
  readonly friction: string | null;
  readonly contentGap: string | null;
}

type NoteRow = Omit<FrictionNote, 'decidedAt'> & { readonly decidedAt: Date };

/** The latest notes of the period, the newest first. */
export async function queryFrictionNotes(
  query: ReportQuery,
  known: Known,
  asked: Asked,
  limit: number,
): Promise<readonly FrictionNote[]> {
  const values = new Values();
  const where = knownRows(values, known, asked.filter);
  const edges = sqlEdges(values, asked, known.asOf);
  const rows = await query<NoteRow>(
    `SELECT lead_id AS "leadId", decided_at AS "decidedAt", coalesce(reason, route) AS reason, source, owner, friction,
      content_gap AS "contentGap"
    FROM report_decision WHERE ${where} AND ${frictionFigures.friction.parts.noted(edges)}
    ORDER BY decided_at DESC, lead_id, decision_seq LIMIT ${limit}`,
    values.list,
  );
  return rows.map(({ decidedAt, ...note }) => ({ ...note, decidedAt: decidedAt.getTime() }));
}
