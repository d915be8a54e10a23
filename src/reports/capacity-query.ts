import type { Instant } from '../domain/business-time/index.js';
import { sqlEdges, Values, type Span } from './known-rows.js';
import type { Known, ReportQuery } from './ports.js';

/** What a person was to be asked at most, as the directory was recorded. */
export interface Capacity {
  readonly person: string;
  readonly team: string | null;
  /** Open leads; null: no limit. */
  readonly capacity: number | null;
  /** Steps of the cadence a day; null: no limit. */
  readonly dailySteps: number | null;
  /** Of an absence at the report; null: here. */
  readonly awayUntil: Instant | null;
}

/** Every person of the directory as of the report; none if no directory had been recorded by then. */
export async function queryCapacities(query: ReportQuery, known: Known): Promise<readonly Capacity[]> {
  const values = new Values();
  const workspace = values.add(known.workspace);
  const asOf = `${values.add(new Date(known.asOf).toISOString())}::timestamptz`;
  const rows = await query<Omit<Capacity, 'awayUntil'> & { readonly away_until: Date | null }>(
    `WITH directory AS (SELECT after FROM audit_entry WHERE workspace = ${workspace} AND subject = 'directory'
        AND action = 'directory-saved' AND recorded_at <= ${asOf} ORDER BY id DESC LIMIT 1)
      SELECT person.id AS person, team, capacity, "dailySteps", max(absence.until) AS away_until
      FROM directory CROSS JOIN LATERAL jsonb_to_recordset(after -> 'people')
        AS person(id text, team text, capacity int, "dailySteps" int)
      LEFT JOIN LATERAL jsonb_to_recordset(after -> 'absences')
        AS absence(person text, "from" timestamptz, until timestamptz)
        ON absence.person = person.id AND absence."from" <= ${asOf} AND absence.until > ${asOf}
      GROUP BY 1, 2, 3, 4 ORDER BY person.id COLLATE "C"`,
    values.list,
  );
  return rows.map(({ away_until: awayUntil, ...row }) => ({ ...row, awayUntil: awayUntil?.getTime() ?? null }));
}

/** A change of what a person was to be asked at most. */
export interface CapacityChange {
  readonly changedAt: Instant;
  readonly person: string;
  readonly by: string;
  readonly capacityBefore: number | null;
  readonly capacity: number | null;
  readonly dailyStepsBefore: number | null;
  readonly dailySteps: number | null;
}

/** Changes of the capacities of people who were there before, recorded in `[from, to)` and by the report, in order. */
export async function queryCapacityChanges(
  query: ReportQuery,
  known: Known,
  span: Span,
): Promise<readonly CapacityChange[]> {
  const values = new Values();
  const workspace = values.add(known.workspace);
  const edges = sqlEdges(values, span, known.asOf);
  const people = (of: 'before' | 'after'): string =>
    `jsonb_to_recordset(${of} -> 'people') AS person_${of}(id text, capacity int, "dailySteps" int)`;
  const rows = await query<Omit<CapacityChange, 'changedAt'> & { readonly recorded_at: Date }>(
    `SELECT recorded_at, "by", changed.* FROM audit_entry CROSS JOIN LATERAL (
        SELECT id AS person, person_before.capacity AS "capacityBefore", person_after.capacity,
          person_before."dailySteps" AS "dailyStepsBefore", person_after."dailySteps"
        FROM ${people('before')} JOIN ${people('after')} USING (id)) AS changed
      WHERE workspace = ${workspace} AND subject = 'directory' AND action = 'directory-saved'
        AND recorded_at >= ${edges.from} AND recorded_at < ${edges.to} AND recorded_at <= ${edges.asOf}
        AND ("capacityBefore", "dailyStepsBefore") IS DISTINCT FROM (capacity, "dailySteps")
      ORDER BY audit_entry.id, person COLLATE "C"`,
    values.list,
  );
  return rows.map(({ recorded_at: at, ...row }) => ({ ...row, changedAt: at.getTime() }));
}
