import { emptySpread, type Spread } from '../domain/reports/index.js';

/** A spread as PostgreSQL gives it: numbers inside JSON, however large. */
export interface SpreadRow {
  readonly count: number;
  readonly sum: number | null;
  readonly ranks: readonly [number, number] | null;
}

/** The times between two instants of the rows that a condition holds for, as one JSON value. */
export function spreadSql(from: string, to: string, condition: string): string {
  const ms = `round(extract(epoch FROM ${to} - ${from}) * 1000)::float8`;
  const counted = `FILTER (WHERE ${condition} AND ${from} IS NOT NULL AND ${to} IS NOT NULL)`;
  return `json_build_object('count', count(*) ${counted}, 'sum', sum(${ms}) ${counted},
    'ranks', percentile_disc('{0.5,0.9}'::float8[]) WITHIN GROUP (ORDER BY ${ms}) ${counted})`;
}

export const spreadIn = ({ count, sum, ranks }: SpreadRow): Spread =>
  count === 0 || ranks === null ? emptySpread : { count, sumMs: sum ?? 0, medianMs: ranks[0], p90Ms: ranks[1] };
